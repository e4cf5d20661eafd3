using System.Globalization;
using System.Text;

namespace Workflows.Platform;

/// <summary>
/// A flat bag of typed properties under two keys. Values are text, whole numbers (32 and 64 bit), floating numbers,
/// truth values, times (kept as UTC), GUIDs and bytes; there is no decimal in Table Storage, so money is kept as text.
/// Nulls are not kept.
/// </summary>
public sealed class TableRow
{
    private readonly Dictionary<string, object> _properties = new(StringComparer.Ordinal);

    /// <summary>An empty row.</summary>
    public TableRow(string partitionKey, string rowKey)
    {
        PartitionKey = partitionKey;
        RowKey = rowKey;
    }

    /// <summary>The partition: rows that change together, and the unit of cheap queries.</summary>
    public string PartitionKey { get; }

    /// <summary>Unique within the partition.</summary>
    public string RowKey { get; }

    /// <summary>Version of the row as read; null on a row that was never stored.</summary>
    public string? ETag { get; init; }

    /// <summary>When the row was last written, UTC, as read.</summary>
    public DateTimeOffset? Timestamp { get; init; }

    /// <summary>The properties by name, case-sensitive.</summary>
    public IReadOnlyDictionary<string, object> Properties => _properties;

    /// <summary>Reads a value, or sets one; null removes it.</summary>
    /// <exception cref="ArgumentException">The value is of a type that a row cannot keep.</exception>
    public object? this[string name]
    {
        get => _properties.GetValueOrDefault(name);
        set
        {
            if (value is null)
            {
                _properties.Remove(name);
                return;
            }

            _properties[name] = value switch
            {
                string or int or long or double or bool or Guid or byte[] => value,
                DateTimeOffset time => time.ToUniversalTime(),
                decimal number => number.ToString(CultureInfo.InvariantCulture),
                Enum choice => choice.ToString(),
                _ =>
                    throw new ArgumentException($"A row cannot keep a {value.GetType().Name} ({name}).", nameof(value)),
            };
        }
    }

    /// <summary>Text, or null when there is none.</summary>
    public string? Text(string name) => (string?)this[name];

    /// <summary>Text that must be there.</summary>
    /// <exception cref="KeyNotFoundException">It is not.</exception>
    public string RequiredText(string name) => (string)Required(name);

    /// <summary>A whole number, or null.</summary>
    public long? WholeNumber(string name) =>
        this[name] switch { null => null, int small => small, var large => (long)large };

    /// <summary>A truth value; false when there is none.</summary>
    public bool Flag(string name) => this[name] is true;

    /// <summary>A time in UTC, or null.</summary>
    public DateTimeOffset? Time(string name) => (DateTimeOffset?)this[name];

    /// <summary>A decimal that was kept as text, or null.</summary>
    public decimal? Number(string name) =>
        Text(name) is { } text ? decimal.Parse(text, NumberStyles.Number, CultureInfo.InvariantCulture) : null;

    /// <summary>An enum that was kept by name, or null.</summary>
    public T? Choice<T>(string name) where T : struct, Enum => Text(name) is { } text ? Enum.Parse<T>(text) : null;

    /// <summary>A value that must be there.</summary>
    /// <exception cref="KeyNotFoundException">It is not.</exception>
    public object Required(string name) =>
        this[name] ?? throw new KeyNotFoundException($"Row '{PartitionKey}' / '{RowKey}' has no {name}.");

    /// <summary>The row's approximate size in bytes, as Table Storage counts it against 1 MiB.</summary>
    public int Size() => 2 * (PartitionKey.Length + RowKey.Length) + _properties.Sum(property =>
        8 + 2 * property.Key.Length + property.Value switch
        {
            string text => 4 + Encoding.Unicode.GetByteCount(text),
            byte[] bytes => 4 + bytes.Length,
            bool => 1,
            int => 4,
            Guid => 16,
            _ => 8,
        });
}
