using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Workflows.Platform;
using Workflows.Trade;
using Workflows.Web.Hosting.Problems;

namespace Workflows.Web.Hosting.Requests;

/// <summary>Walks a JSON value along the members of a record type and notes everything that does not fit.</summary>
internal sealed class ShapeCheck(bool ignoreUnknown)
{
    public RequestErrors Errors { get; } = new();

    public void Check(JsonElement value, Type type, string pointer = "") =>
        Check(value, type, pointer, [], nullable: false);

    private void Check(JsonElement value, Type type, string pointer, IReadOnlyList<RuleAttribute> rules, bool nullable)
    {
        if (Errors.IsFull)
        {
            return;
        }

        if (Nullable.GetUnderlyingType(type) is { } underlying)
        {
            type = underlying;
            nullable = true;
        }

        if (value.ValueKind == JsonValueKind.Null)
        {
            if (!nullable)
            {
                Errors.AddShape(pointer, ProblemType.WrongType, "Must not be null.");
            }

            return;
        }

        if (type == typeof(JsonElement))
        {
            return;
        }

        if (type == typeof(Money))
        {
            CheckMoney(value, pointer, rules);
        }
        else if (Scalars.Find(type) is { } scalar)
        {
            Errors.Accepts(scalar, scalar.TextOf(value), pointer, rules);
        }
        else
        {
            CheckStructure(value, WebJson.Options.GetTypeInfo(type), pointer);
        }
    }

    private void CheckMoney(JsonElement value, string pointer, IReadOnlyList<RuleAttribute> rules)
    {
        var before = Errors.Count;
        CheckStructure(value, WebJson.Options.GetTypeInfo(typeof(MoneyShape)), pointer);
        if (Errors.Count == before)
        {
            Errors.AcceptsAmount(
                value.GetProperty("amount").GetString()!, value.GetProperty("currency").GetString()!, pointer, rules);
        }
    }

    private void CheckStructure(JsonElement value, JsonTypeInfo type, string pointer)
    {
        if (type.Kind == JsonTypeInfoKind.Enumerable)
        {
            CheckElements(value, type.ElementType!, pointer);
            return;
        }

        if (value.ValueKind != JsonValueKind.Object)
        {
            Errors.AddShape(pointer, ProblemType.WrongType, "Must be an object.");
            return;
        }

        foreach (var member in value.EnumerateObject())
        {
            var at = $"{pointer}/{Escape(member.Name)}";
            if (type.Properties.FirstOrDefault(property => property.Name == member.Name) is { } known)
            {
                Check(
                    member.Value, known.PropertyType, at, RequestMembers.RulesOf(known),
                    RequestMembers.IsNullable(known));
            }
            else if (!ignoreUnknown && !Errors.IsFull)
            {
                Errors.AddShape(at, ProblemType.UnknownMember, "Is not known here.");
            }
        }

        foreach (var property in type.Properties)
        {
            if (property.IsRequired && !value.TryGetProperty(property.Name, out _))
            {
                Errors.AddShape($"{pointer}/{property.Name}", ProblemType.MissingMember, "Is missing.");
            }
        }
    }

    private void CheckElements(JsonElement value, Type elementType, string pointer)
    {
        if (value.ValueKind != JsonValueKind.Array)
        {
            Errors.AddShape(pointer, ProblemType.WrongType, "Must be an array.");
            return;
        }

        if (value.GetArrayLength() > BodyLimits.Elements)
        {
            Errors.AddSense(pointer, new(ProblemType.OutOfRange, $"Holds at most {BodyLimits.Elements} elements."));
            return;
        }

        var index = 0;
        foreach (var element in value.EnumerateArray())
        {
            Check(element, elementType, $"{pointer}/{index++}", [], nullable: false);
        }
    }

    private static string Escape(string name) =>
        name.Beginning(64)
            .Replace("~", "~0", StringComparison.Ordinal)
            .Replace("/", "~1", StringComparison.Ordinal);
}
