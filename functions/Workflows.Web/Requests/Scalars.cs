using System.Collections.Frozen;
using System.Text.Json;
using Workflows.Trade;
using Workflows.Web.Problems;

namespace Workflows.Web.Requests;

/// <summary>How one kind of plain value is written in JSON.</summary>
/// <param name="Expected">For a person.</param>
/// <param name="IsText">Whether the rules of text apply to it.</param>
/// <param name="Fits">Whether the JSON type is right.</param>
/// <param name="ValidationError">What is wrong with the value itself, or null.</param>
internal sealed record Scalar(
    string Expected, bool IsText, Func<JsonElement, bool> Fits, Func<JsonElement, ValidationError?> ValidationError);

/// <summary>The plain values that records may hold, each with its exact grammar: the framework's parsers take more than we want.</summary>
internal static class Scalars
{
    private const int MaxDecimals = 6;
    private const int MaxDigits = 15;

    private static readonly FrozenDictionary<Type, Scalar> Known = new Dictionary<Type, Scalar>
    {
        [typeof(string)] = new("a text", IsText: true, IsString, _ => null),
        [typeof(bool)] = new("true or false", IsText: false, value => value.ValueKind is JsonValueKind.True or JsonValueKind.False, _ => null),
        [typeof(int)] = new("a whole number", IsText: false, IsWholeNumber, value => value.TryGetInt32(out _) ? null : TooBig),
        [typeof(long)] = new("a whole number", IsText: false, IsWholeNumber, value => value.TryGetInt64(out _) ? null : TooBig),
        [typeof(decimal)] = new("a number", IsText: false, value => value.ValueKind == JsonValueKind.Number, DecimalObjection),
        [typeof(DateOnly)] = new("a date as text", IsText: false, IsString, value => TimeGrammar.IsDate(value.GetString()!) ? null : NotADate),
        [typeof(DateTimeOffset)] = new("a time as text", IsText: false, IsString, value => TimeGrammar.IsTime(value.GetString()!) ? null : NotATime),
        [typeof(Currency)] = new("a currency code as text", IsText: false, IsString,
            value => Currency.TryParse(value.GetString(), out _) ? null : MoneyShape.NotACurrency),
    }.ToFrozenDictionary();

    private static ValidationError TooBig { get; } = new(ProblemType.OutOfRange, "Is too large a number.");

    private static ValidationError NotADate { get; } = new(ProblemType.DateInvalid, "Write a date that exists as YYYY-MM-DD.");

    private static ValidationError NotATime { get; } = new(ProblemType.DateInvalid, "Write an RFC 3339 time with its offset, such as 2026-03-08T02:30:00Z.");

    /// <summary>The scalar of a type; null when it is a structure.</summary>
    public static Scalar? Find(Type type)
    {
        if (Known.TryGetValue(type, out var scalar))
        {
            return scalar;
        }

        if (type.IsEnum)
        {
            return new("one of the known values as text", IsText: false, IsString, value =>
                Enum.GetNames(type).Contains(value.GetString(), StringComparer.OrdinalIgnoreCase)
                    ? null
                    : new(ProblemType.ChoiceInvalid, $"Must be one of {string.Join(", ", Enum.GetNames(type))}."));
        }

        return type.GetInterfaces().Any(face => face.IsGenericType && face.GetGenericTypeDefinition() == typeof(IId<>))
            ? new("an id as text", IsText: true, IsString, value => value.GetString() is { Length: > 0 and <= 200 } ? null : NotAnId)
            : null;
    }

    private static ValidationError NotAnId { get; } = new(ProblemType.TextInvalid, "An id has 1 to 200 characters.");

    private static bool IsString(JsonElement value) => value.ValueKind == JsonValueKind.String;

    private static bool IsWholeNumber(JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && value.GetRawText().AsSpan().IndexOfAny(".eE") < 0;

    /// <summary>The raw token is judged: a decimal silently drops digits that it has no room for.</summary>
    private static ValidationError? DecimalObjection(JsonElement value)
    {
        var token = value.GetRawText().AsSpan().TrimStart('-');
        var point = token.IndexOf('.');
        if (token.IndexOfAny('e', 'E') >= 0)
        {
            return new(ProblemType.OutOfRange, "Write the number without an exponent.");
        }

        return (point < 0 ? token.Length : point) > MaxDigits || (point >= 0 && token.Length - point - 1 > MaxDecimals)
            ? new(ProblemType.OutOfRange, $"At most {MaxDigits} digits and {MaxDecimals} decimals.")
            : null;
    }
}
