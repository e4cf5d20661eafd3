using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Workflows.Inquiries;
using Workflows.Platform;
using Workflows.Trade;
using Workflows.Web.Hosting.Problems;

namespace Workflows.Web.Hosting.Requests;

/// <summary>A record that was read generously.</summary>
/// <param name="Value">Null when a member that it needs could not be read.</param>
/// <param name="Unread">What was left out.</param>
/// <param name="Errors">What is wrong, when there is no value.</param>
internal sealed record GenerousReading<T>(
    T? Value, IReadOnlyList<UnreadValue> Unread, IReadOnlyList<ProblemError> Errors) where T : class;

/// <summary>
/// Reads a record out of another system's document. Its sender mends nothing, so nothing is refused for a member that
/// the record can do without: each value is brought to our grammar first, what is blank counts as absent, and what
/// cannot be read is left out and kept as text. What remains is read by <see cref="StrictJson"/>.
/// </summary>
internal sealed class GenerousJson
{
    private const int TextKept = 200;

    private readonly List<UnreadValue> _unread = [];

    private GenerousJson()
    {
    }

    /// <param name="element">The part of the document.</param>
    /// <param name="pointer">Where it stands in the whole.</param>
    public static GenerousReading<T> Read<T>(JsonElement element, string pointer) where T : class
    {
        var reader = new GenerousJson();
        var record = element.ValueKind == JsonValueKind.Object
            ? JsonSerializer.SerializeToElement(
                reader.ReadRecord(element, WebJson.Options.GetTypeInfo(typeof(T)), path: ""))
            : element;
        var value = StrictJson.TryRead<T>(record, pointer, out var errors);
        return new GenerousReading<T>(value, reader._unread, errors);
    }

    private JsonObject ReadRecord(JsonElement value, JsonTypeInfo type, string path)
    {
        var record = new JsonObject();
        foreach (var member in type.Properties)
        {
            if (value.TryGetProperty(member.Name, out var given) && !IsBlank(given)
                && ReadMember(given, member, path.Length == 0 ? member.Name : $"{path}.{member.Name}") is { } read)
            {
                record[member.Name] = read;
            }
        }

        foreach (var member in type.Properties.Where(member => !record.ContainsKey(member.Name)))
        {
            if (RequestMembers.StandInsOf(member).FirstOrDefault(record.ContainsKey) is { } standIn)
            {
                record[member.Name] = record[standIn]!.DeepClone();
            }
        }

        return record;
    }

    private JsonNode? ReadMember(JsonElement given, JsonPropertyInfo member, string path)
    {
        var type = Nullable.GetUnderlyingType(member.PropertyType) ?? member.PropertyType;
        if (ReadValue(given, type, RequestMembers.RulesOf(member), path) is { } read)
        {
            return read;
        }

        if (member.IsRequired && RequestMembers.StandInsOf(member).Count == 0)
        {
            // The strict reader says what is wrong with it.
            return JsonNode.Parse(given.GetRawText());
        }

        LeaveOut(path, given);
        return null;
    }

    private JsonNode? ReadValue(JsonElement given, Type type, RuleAttribute[] rules, string path)
    {
        if (type == typeof(Money))
        {
            return GenerousScalar.ReadMoney(given, rules);
        }

        if (Scalars.Find(type) is { } scalar)
        {
            return GenerousScalar.Read(given, type, scalar, rules);
        }

        var structure = WebJson.Options.GetTypeInfo(type);
        return (structure.Kind, given.ValueKind) switch
        {
            (JsonTypeInfoKind.Enumerable, JsonValueKind.Array) =>
                ReadElements(given.EnumerateArray(), structure.ElementType!, path),
            (JsonTypeInfoKind.Enumerable, JsonValueKind.Object) =>
                ReadElements([given], structure.ElementType!, path),
            (JsonTypeInfoKind.Object, JsonValueKind.Object) => ReadRecord(given, structure, path),
            _ => null,
        };
    }

    private JsonArray ReadElements(IEnumerable<JsonElement> given, Type type, string path)
    {
        var elements = new JsonArray();
        foreach (var (index, element) in given.Index())
        {
            var at = $"{path}[{index + 1}]";
            if (elements.Count < BodyLimits.Elements && ReadValue(element, type, [], at) is { } read)
            {
                elements.Add(read);
            }
            else if (!IsBlank(element))
            {
                LeaveOut(at, element);
            }
        }

        return elements;
    }

    private void LeaveOut(string path, JsonElement given)
    {
        if (_unread.Count < UnreadValue.Most)
        {
            var text = given.ValueKind == JsonValueKind.String ? given.GetString()! : given.GetRawText();
            _unread.Add(new UnreadValue(
                path, text.WithoutMarks(keepJoiners: true).WithoutControls().ShortenedLine(TextKept)));
        }
    }

    private static bool IsBlank(JsonElement given) =>
        given.ValueKind == JsonValueKind.Null
        || given.ValueKind == JsonValueKind.String && !VisibleText.IsIn(given.GetString()!);
}
