using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Workflows.Trade;
using Workflows.Web.Problems;

namespace Workflows.Web.Requests;

/// <summary>Walks a JSON value along the members of a record type and notes everything that does not fit.</summary>
internal sealed class ShapeCheck(bool ignoreUnknown)
{
    private readonly List<ProblemError> _shape = [];
    private readonly List<ProblemError> _sense = [];

    /// <summary>What is not of the right JSON type, unknown or missing.</summary>
    public IReadOnlyList<ProblemError> ShapeErrors => _shape;

    /// <summary>What is, but makes no sense.</summary>
    public IReadOnlyList<ProblemError> SemanticErrors => _sense;

    public void Check(JsonElement value, Type type, string pointer = "") => Check(value, type, pointer, [], nullable: false);

    private void Check(JsonElement value, Type type, string pointer, IReadOnlyList<RuleAttribute> rules, bool nullable)
    {
        if (_shape.Count + _sense.Count >= BodyLimits.Errors)
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
                _shape.Add(new(pointer, ProblemType.WrongType.Slug, "Must not be null."));
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
            CheckScalar(value, scalar, pointer, rules);
        }
        else
        {
            CheckStructure(value, WebJson.Options.GetTypeInfo(type), pointer);
        }
    }

    private void CheckScalar(JsonElement value, Scalar scalar, string pointer, IReadOnlyList<RuleAttribute> rules)
    {
        if (!scalar.Fits(value))
        {
            _shape.Add(new(pointer, ProblemType.WrongType.Slug, $"Must be {scalar.Expected}."));
            return;
        }

        if (scalar.ValidationError(value) is { } validationError)
        {
            _sense.Add(new(pointer, validationError.Type.Slug, validationError.Detail));
            return;
        }

        IReadOnlyList<RuleAttribute> applied =
            scalar.IsText && !rules.Any(rule => rule is TextRuleAttribute) ? [.. rules, LineAttribute.Default] : rules;
        foreach (var rule in applied)
        {
            if (rule.ValidationError(value) is { } broken)
            {
                _sense.Add(new(pointer, broken.Type.Slug, broken.Detail));
                return;
            }
        }
    }

    private void CheckMoney(JsonElement value, string pointer, IReadOnlyList<RuleAttribute> rules)
    {
        var before = _shape.Count + _sense.Count;
        CheckStructure(value, WebJson.Options.GetTypeInfo(typeof(MoneyShape)), pointer);
        if (_shape.Count + _sense.Count > before)
        {
            return;
        }

        var amount = value.GetProperty("amount");
        if (MoneyShape.ValidationError(amount.GetString()!, value.GetProperty("currency").GetString()!) is { } validationError)
        {
            _sense.Add(new(pointer + "/amount", validationError.Type.Slug, validationError.Detail));
            return;
        }

        foreach (var broken in rules.Select(rule => rule.ValidationError(amount)).OfType<ValidationError>())
        {
            _sense.Add(new(pointer + "/amount", broken.Type.Slug, broken.Detail));
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
            _shape.Add(new(pointer, ProblemType.WrongType.Slug, "Must be an object."));
            return;
        }

        foreach (var member in value.EnumerateObject())
        {
            var at = $"{pointer}/{Escape(member.Name)}";
            if (type.Properties.FirstOrDefault(property => property.Name == member.Name) is { } known)
            {
                Check(member.Value, known.PropertyType, at, RulesOf(known), IsNullable(known));
            }
            else if (!ignoreUnknown && _shape.Count < BodyLimits.Errors)
            {
                _shape.Add(new(at, ProblemType.UnknownMember.Slug, "Is not known here."));
            }
        }

        foreach (var property in type.Properties)
        {
            if (property.IsRequired && !value.TryGetProperty(property.Name, out _))
            {
                _shape.Add(new($"{pointer}/{property.Name}", ProblemType.MissingMember.Slug, "Is missing."));
            }
        }
    }

    private void CheckElements(JsonElement value, Type elementType, string pointer)
    {
        if (value.ValueKind != JsonValueKind.Array)
        {
            _shape.Add(new(pointer, ProblemType.WrongType.Slug, "Must be an array."));
            return;
        }

        if (value.GetArrayLength() > BodyLimits.Elements)
        {
            _sense.Add(new(pointer, ProblemType.OutOfRange.Slug, $"Holds at most {BodyLimits.Elements} elements."));
            return;
        }

        var index = 0;
        foreach (var element in value.EnumerateArray())
        {
            Check(element, elementType, $"{pointer}/{index++}", [], nullable: false);
        }
    }

    private static bool IsNullable(JsonPropertyInfo property) =>
        property.AssociatedParameter?.IsNullable ?? property.IsSetNullable;

    private static RuleAttribute[] RulesOf(JsonPropertyInfo property) =>
        [.. RulesOf(property.AssociatedParameter?.AttributeProvider), .. RulesOf(property.AttributeProvider)];

    private static IEnumerable<RuleAttribute> RulesOf(ICustomAttributeProvider? member) =>
        member?.GetCustomAttributes(typeof(RuleAttribute), inherit: true).Cast<RuleAttribute>() ?? [];

    private static string Escape(string name) =>
        (name.Length > 64 ? name[..64] : name).Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
}
