using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Workflows.Policies;

/// <summary>
/// Checks a document against the published schema, so that what is published is what is enforced. Knows the part of
/// JSON Schema draft 2020-12 that our schema uses, and refuses a schema that uses more.
/// </summary>
internal sealed class SchemaCheck(JsonElement schema)
{
    private static readonly TimeSpan PatternTimeout = TimeSpan.FromSeconds(1);

    private readonly List<PolicyError> _errors = [];

    /// <summary>Everything in which the document differs from the schema.</summary>
    /// <exception cref="NotSupportedException">The schema uses a keyword that is not known here.</exception>
    public static IReadOnlyList<PolicyError> Check(JsonElement document, JsonElement schema)
    {
        var check = new SchemaCheck(schema);
        check.Check(document, schema, "");
        return check._errors;
    }

    private void Check(JsonElement value, JsonElement rule, string path)
    {
        if (rule.TryGetProperty("type", out var type) && !IsOfType(value, type.GetString()!))
        {
            Refuse(path, $"must be {Article(type.GetString()!)}, but is {Article(NameOf(value))}.");
            return;
        }

        foreach (var keyword in rule.EnumerateObject())
        {
            CheckKeyword(value, rule, keyword, path);
        }
    }

    private void CheckKeyword(JsonElement value, JsonElement rule, JsonProperty keyword, string path)
    {
        var wanted = keyword.Value;
        switch (keyword.Name)
        {
            case "type" or "$schema" or "$id" or "$defs" or "title" or "description" or "additionalProperties":
                break;
            case "$ref":
                Check(value, Definition(wanted.GetString()!), path);
                break;
            case "required":
                foreach (
                    var name in wanted.EnumerateArray().Where(name => !value.TryGetProperty(name.GetString()!, out _)))
                {
                    Refuse(Join(path, name.GetString()!), "is missing.");
                }

                break;
            case "properties":
                CheckMembers(value, rule, path);
                break;
            case "propertyNames":
                CheckMap(value, wanted, rule.GetProperty("additionalProperties"), path);
                break;
            case "items":
                CheckItems(value, wanted, path);
                break;
            case "minItems" when value.GetArrayLength() < wanted.GetInt32():
                Refuse(path, $"must hold at least {wanted}.");
                break;
            case "maxItems" when value.GetArrayLength() > wanted.GetInt32():
                Refuse(path, $"must hold at most {wanted}.");
                break;
            case "uniqueItems" when value.EnumerateArray()
                .DistinctBy(item => item.GetRawText())
                .Count() < value.GetArrayLength():
                Refuse(path, "must not name anything twice.");
                break;
            case "enum" when wanted.EnumerateArray().All(choice => choice.GetString() != value.GetString()):
                Refuse(path, $"must be one of {string.Join(", ", wanted.EnumerateArray())}.");
                break;
            case "pattern" when !Matches(value.GetString()!, wanted.GetString()!):
                Refuse(path, rule.TryGetProperty("description", out var meant)
                    ? $"is not in the right form: {meant}"
                    : $"must match {wanted}.");
                break;
            case "minLength" when value.GetString()!.Length < wanted.GetInt32():
                Refuse(path, $"must have at least {wanted} characters.");
                break;
            case "maxLength" when value.GetString()!.Length > wanted.GetInt32():
                Refuse(path, $"must have at most {wanted} characters.");
                break;
            case "minimum" when value.GetDouble() < wanted.GetDouble():
                Refuse(path, $"must be at least {wanted}.");
                break;
            case "maximum" when value.GetDouble() > wanted.GetDouble():
                Refuse(path, $"must be at most {wanted}.");
                break;
            case "exclusiveMinimum" when value.GetDouble() <= wanted.GetDouble():
                Refuse(path, $"must be above {wanted}.");
                break;
            case "minItems" or "maxItems" or "uniqueItems" or "enum" or "pattern" or "minLength" or "maxLength"
                or "minimum" or "maximum" or "exclusiveMinimum":
                break;
            default:
                throw new NotSupportedException($"The schema uses {keyword.Name}, which is not known here.");
        }
    }

    private void CheckMembers(JsonElement value, JsonElement rule, string path)
    {
        var known = rule.GetProperty("properties");
        foreach (var member in value.EnumerateObject())
        {
            if (known.TryGetProperty(member.Name, out var inner))
            {
                Check(member.Value, inner, Join(path, member.Name));
            }
            else
            {
                Refuse(Join(path, member.Name), "is not known here." + Suggestion(member.Name, known));
            }
        }
    }

    private void CheckMap(JsonElement value, JsonElement names, JsonElement values, string path)
    {
        foreach (var member in value.EnumerateObject())
        {
            using var name = JsonDocument.Parse(JsonSerializer.Serialize(member.Name));
            Check(name.RootElement, names, Join(path, member.Name));
            Check(member.Value, values, Join(path, member.Name));
        }
    }

    private void CheckItems(JsonElement value, JsonElement rule, string path)
    {
        var index = 0;
        foreach (var item in value.EnumerateArray())
        {
            Check(item, rule, Join(path, (index++).ToString(CultureInfo.InvariantCulture)));
        }
    }

    private JsonElement Definition(string reference) =>
        schema.GetProperty("$defs").GetProperty(reference["#/$defs/".Length..]);

    private void Refuse(string path, string message) => _errors.Add(new PolicyError(path, message));

    private static string Suggestion(string name, JsonElement known) =>
        known.EnumerateObject().FirstOrDefault(
            member => member.Name.Equals(
                name, StringComparison.OrdinalIgnoreCase)) is { Value.ValueKind: not JsonValueKind.Undefined } close
            ? $" Do you mean \"{close.Name}\"?"
            : "";

    private static bool IsOfType(JsonElement value, string type) => type switch
    {
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
        "number" => value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out _),
        _ => NameOf(value) == type,
    };

    private static string NameOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "object",
        JsonValueKind.Array => "array",
        JsonValueKind.String => "string",
        JsonValueKind.Number => "number",
        JsonValueKind.True or JsonValueKind.False => "boolean",
        _ => "null",
    };

    private static string Article(string type) => type switch
    {
        "null" => type,
        "object" or "array" or "integer" => "an " + type,
        _ => "a " + type,
    };

    // ECMAScript's $ is the end of the text; .NET's lets a line break follow.
    private static bool Matches(string text, string pattern) =>
        Regex.IsMatch(
            text, pattern.EndsWith('$') ? pattern[..^1] + @"\z" : pattern, RegexOptions.CultureInvariant,
            PatternTimeout);

    private static string Join(string path, string name) =>
        path + "/" + name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
}
