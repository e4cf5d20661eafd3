using System.Text;

namespace Workflows.Platform;

/// <summary>
/// The limits of a row, checked by every store before it writes, so that what one home accepts the other keeps too.
/// Source: "Understanding the Table service data model" of the Azure Storage REST reference.
/// </summary>
public static class TableRules
{
    /// <summary>Rows of one batch.</summary>
    public const int MaxBatch = 100;

    /// <summary>Rows of one page.</summary>
    public const int MaxPageSize = 1000;

    /// <summary>Bytes of a partition or row key in UTF-16.</summary>
    public const int MaxKeyBytes = 1024;

    /// <summary>Bytes of one text (UTF-16) or binary value.</summary>
    public const int MaxValueBytes = 64 * 1024;

    /// <summary>Properties besides the keys and the timestamp.</summary>
    public const int MaxProperties = 252;

    /// <summary>Bytes of a whole row.</summary>
    public const int MaxRowBytes = 1024 * 1024;

    /// <summary>Bytes of a batch on the wire, as JSON.</summary>
    public const int MaxBatchBytes = 4 * 1024 * 1024;

    private static readonly DateTimeOffset FirstTime = new(1601, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Refuses a table name that Table Storage would refuse.</summary>
    /// <exception cref="ArgumentException">It is not 3 to 63 letters and digits that start with a letter.</exception>
    public static void ThrowIfInvalidTable(string table)
    {
        if (table.Length is < 3 or > 63 || !char.IsAsciiLetter(table[0]) || !table.All(char.IsAsciiLetterOrDigit))
        {
            throw new ArgumentException(
                $"'{table}' is not a table name: 3 to 63 letters and digits, a letter first.", nameof(table));
        }
    }

    /// <summary>Refuses a key that Table Storage would refuse.</summary>
    /// <exception cref="ArgumentException">It is over 1 KiB or has a forbidden character.</exception>
    public static void ThrowIfInvalidKey(string key, string name)
    {
        ArgumentNullException.ThrowIfNull(key, name);
        if (key.Length * 2 > MaxKeyBytes)
        {
            throw new ArgumentException("A key is at most 1 KiB (512 characters).", name);
        }

        foreach (var c in key)
        {
            if (c is '/' or '\\' or '#' or '?' || char.IsControl(c))
            {
                throw new ArgumentException("A key must not hold / \\ # ? or control characters.", name);
            }
        }
    }

    /// <summary>Refuses a batch that Table Storage would refuse.</summary>
    /// <exception cref="ArgumentException">
    /// It is empty, too long, of several partitions, names a row twice, is too large, or a row breaks a limit.
    /// </exception>
    public static void ThrowIfInvalidBatch(string table, IReadOnlyList<TableOperation> operations)
    {
        ThrowIfInvalidTable(table);
        if (operations.Count is < 1 or > MaxBatch)
        {
            throw new ArgumentException("A batch holds 1 to 100 operations.", nameof(operations));
        }

        if (operations.Count > 1)
        {
            if (operations.Any(operation => operation.Row.PartitionKey != operations[0].Row.PartitionKey))
            {
                throw new ArgumentException("A batch stays within one partition.", nameof(operations));
            }

            if (operations.DistinctBy(operation => operation.Row.RowKey).Count() != operations.Count)
            {
                throw new ArgumentException("A batch names a row once.", nameof(operations));
            }
        }

        foreach (var operation in operations)
        {
            ThrowIfInvalidRow(operation.Row);
        }

        // JSON makes at most three of a byte; few batches need a closer look.
        if (operations.Count > 1
            && operations.Sum(operation => operation.Row.Size()) > MaxBatchBytes / 3
            && operations.Sum(operation => SizeOnWire(operation.Row)) > MaxBatchBytes)
        {
            throw new ArgumentException("A batch is at most 4 MiB as JSON.", nameof(operations));
        }
    }

    /// <summary>
    /// The first key after all keys with that prefix, for a range's upper bound; null when there is none.
    /// </summary>
    public static string? After(string prefix)
    {
        var last = prefix.Length - 1;
        while (last >= 0 && prefix[last] == char.MaxValue)
        {
            last--;
        }

        return last < 0 ? null : prefix[..last] + (char)(prefix[last] + 1);
    }

    /// <summary>With the headers of its part of the request; what is not ASCII is escaped, bytes are base64.</summary>
    private static int SizeOnWire(TableRow row) => 1024 + row.Properties.Sum(property =>
        64 + property.Key.Length + property.Value switch
        {
            string text => text.Sum(c => char.IsAsciiLetterOrDigit(c) || c is ' ' or '.' or ',' or '-' or ':' ? 1 : 6),
            byte[] bytes => (bytes.Length + 2) / 3 * 4,
            _ => 0,
        });

    private static void ThrowIfInvalidRow(TableRow row)
    {
        ThrowIfInvalidKey(row.PartitionKey, nameof(row.PartitionKey));
        ThrowIfInvalidKey(row.RowKey, nameof(row.RowKey));
        if (row.Properties.Count > MaxProperties)
        {
            throw new ArgumentException("A row holds at most 252 properties.", nameof(row));
        }

        foreach (var (name, value) in row.Properties)
        {
            if (!IsPropertyName(name))
            {
                throw new ArgumentException($"'{name}' is not a property name.", nameof(row));
            }

            if (value is string text && Encoding.Unicode.GetByteCount(text) > MaxValueBytes
                || value is byte[] bytes && bytes.Length > MaxValueBytes)
            {
                throw new ArgumentException($"Property {name} is over 64 KiB.", nameof(row));
            }

            if (value is DateTimeOffset time && time < FirstTime)
            {
                throw new ArgumentException($"Property {name} is before the year 1601.", nameof(row));
            }
        }

        if (row.Size() > MaxRowBytes)
        {
            throw new ArgumentException("A row is at most 1 MiB.", nameof(row));
        }
    }

    private static bool IsPropertyName(string name) =>
        name.Length is > 0 and <= 255
        && (char.IsLetter(name[0]) || name[0] == '_')
        && name.All(c => char.IsLetterOrDigit(c) || c == '_')
        && name is not ("PartitionKey" or "RowKey" or "Timestamp");
}
