using System.Collections;
using System.Reflection;
using System.Text.Json;
using Workflows.Policies;
using Workflows.Trade;

namespace Workflows.Tests.Policies;

/// <summary>The published schema and the records are written by hand; these facts keep them the same.</summary>
public class PolicySchemaTests
{
    private readonly JsonElement _schema = JsonDocument.Parse(PolicyLoader.SchemaDocument).RootElement;

    [Fact]
    public void Schema_and_records_agree_member_by_member() => Agree(typeof(Policy), _schema, "Policy");

    [Fact]
    public void Schema_names_its_dialect() =>
        Assert.Equal("https://json-schema.org/draft/2020-12/schema", _schema.GetProperty("$schema").GetString());

    private void Agree(Type type, JsonElement rule, string path)
    {
        rule = Resolve(rule);
        type = Nullable.GetUnderlyingType(type) ?? type;
        var kind = rule.GetProperty("type").GetString();
        if (type.IsEnum)
        {
            Assert.True(kind == "string", path);
            Assert.Equal(
                Enum.GetNames(type), rule.GetProperty("enum").EnumerateArray().Select(name => name.GetString()));
        }
        else if (type == typeof(string)
            || type == typeof(StaffId)
            || type == typeof(Currency)
            || type == typeof(DateOnly)
            || type == typeof(TimeOnly))
        {
            Assert.True(kind == "string", path);
        }
        else if (type == typeof(int) || type == typeof(decimal) || type == typeof(bool))
        {
            var expected = type == typeof(int) ? "integer" : type == typeof(bool) ? "boolean" : "number";
            Assert.True(kind == expected, $"{path}: {kind}, not {expected}");
        }
        else if (type.IsGenericType && type.IsAssignableTo(typeof(IEnumerable)))
        {
            var isMap = type.GetGenericTypeDefinition() == typeof(IReadOnlyDictionary<,>);
            Assert.True(kind == (isMap ? "object" : "array"), path);
            Agree(
                type.GetGenericArguments()[^1], rule.GetProperty(isMap ? "additionalProperties" : "items"),
                path + "[]");
        }
        else
        {
            AgreeOnMembers(type, rule, path);
        }
    }

    private void AgreeOnMembers(Type type, JsonElement rule, string path)
    {
        Assert.False(rule.GetProperty("additionalProperties").GetBoolean(), path);
        var members = type.GetConstructors().MaxBy(constructor => constructor.GetParameters().Length)!.GetParameters();
        var properties = rule.GetProperty("properties")
            .EnumerateObject()
            .Where(member => member.Name != "$schema")
            .ToList();
        Assert.Equal(
            members.Select(NameOf).Order(StringComparer.Ordinal),
            properties.Select(member => member.Name).Order(StringComparer.Ordinal));

        var nullability = new NullabilityInfoContext();
        var required = members.Where(member => nullability.Create(member).WriteState != NullabilityState.Nullable)
            .Select(NameOf);
        Assert.Equal(
            required.Order(StringComparer.Ordinal),
            rule.GetProperty("required").EnumerateArray().Select(
                name => name.GetString()!).Order(StringComparer.Ordinal));
        foreach (var member in members.Where(_ => type != typeof(Money)))
        {
            Agree(
                member.ParameterType, rule.GetProperty("properties").GetProperty(NameOf(member)),
                $"{path}.{member.Name}");
        }
    }

    private JsonElement Resolve(JsonElement rule) => rule.TryGetProperty("$ref", out var reference)
        ? _schema.GetProperty("$defs").GetProperty(reference.GetString()!["#/$defs/".Length..])
        : rule;

    private static string NameOf(ParameterInfo member) => JsonNamingPolicy.CamelCase.ConvertName(member.Name!);
}
