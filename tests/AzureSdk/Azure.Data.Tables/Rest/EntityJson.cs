using System.Globalization;
using System.Text.Json;

namespace Azure.Data.Tables;

/// <summary>Entities as OData JSON: what JSON cannot tell apart carries its type beside it.</summary>
internal static class EntityJson
{
    private const string TypeSuffix = "@odata.type";

    public static byte[] Write(IDictionary<string, object> entity)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            foreach (var (name, value) in entity)
            {
                // Kept by the service; it takes neither.
                if (name is not (TableEntity.ETagName or nameof(ITableEntity.Timestamp)))
                {
                    WriteProperty(writer, name, value);
                }
            }

            writer.WriteEndObject();
        }

        return buffer.ToArray();
    }

    public static T Read<T>(JsonElement json) where T : class, ITableEntity
    {
        var entity = Activator.CreateInstance<T>();
        var bag = entity as IDictionary<string, object>
            ?? throw new NotSupportedException("This stand-in reads entities that are dictionaries, such as TableEntity.");
        foreach (var property in json.EnumerateObject())
        {
            if (property.Name == "odata.metadata" || property.Name.EndsWith(TypeSuffix, StringComparison.Ordinal))
            {
                continue;
            }

            var type = json.TryGetProperty(property.Name + TypeSuffix, out var annotation) ? annotation.GetString() : null;
            bag[property.Name] = property.Name == nameof(ITableEntity.Timestamp)
                ? ParseTime(property.Value)
                : ReadValue(property.Value, type);
        }

        return entity;
    }

    private static void WriteProperty(Utf8JsonWriter writer, string name, object value)
    {
        switch (value)
        {
            case null:
                writer.WriteNull(name);
                break;
            case string text:
                writer.WriteString(name, text);
                break;
            case bool flag:
                writer.WriteBoolean(name, flag);
                break;
            case int number:
                writer.WriteNumber(name, number);
                break;
            case long number:
                writer.WriteString(name, number.ToString(CultureInfo.InvariantCulture));
                writer.WriteString(name + TypeSuffix, "Edm.Int64");
                break;
            case double number:
                writer.WriteNumber(name, number);
                writer.WriteString(name + TypeSuffix, "Edm.Double");
                break;
            case DateTimeOffset time:
                writer.WriteString(name, time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffffffZ", CultureInfo.InvariantCulture));
                writer.WriteString(name + TypeSuffix, "Edm.DateTime");
                break;
            case Guid guid:
                writer.WriteString(name, guid);
                writer.WriteString(name + TypeSuffix, "Edm.Guid");
                break;
            case byte[] bytes:
                writer.WriteBase64String(name, bytes);
                writer.WriteString(name + TypeSuffix, "Edm.Binary");
                break;
            default:
                throw new NotSupportedException($"Not supported type {value.GetType()}");
        }
    }

    private static object ReadValue(JsonElement value, string type) => type switch
    {
        "Edm.Binary" => value.GetBytesFromBase64(),
        "Edm.DateTime" => ParseTime(value),
        "Edm.Guid" => value.GetGuid(),
        "Edm.Int64" => long.Parse(value.GetString(), CultureInfo.InvariantCulture),
        "Edm.Double" => double.Parse(value.GetString(), CultureInfo.InvariantCulture),
        _ => value.ValueKind switch
        {
            JsonValueKind.String => value.GetString(),
            JsonValueKind.Number when value.TryGetInt32(out var small) => small,
            JsonValueKind.Number when value.TryGetInt64(out var large) => large,
            JsonValueKind.Number => value.GetDouble(),
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            _ => null,
        },
    };

    private static DateTimeOffset ParseTime(JsonElement value) =>
        DateTimeOffset.Parse(value.GetString(), CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind);
}
