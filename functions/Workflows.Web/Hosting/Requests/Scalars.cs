using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;
using Workflows.Trade;
using Workflows.Web.Hosting.Problems;

namespace Workflows.Web.Hosting.Requests;

/// <summary>How one kind of plain value is written, in JSON and in a form.</summary>
/// <param name="Expected">For a person.</param>
/// <param name="IsText">Whether the rules of text apply to it.</param>
/// <param name="IsQuoted">Whether JSON writes it in quotes.</param>
/// <param name="Fits">Whether a text is one at all.</param>
/// <param name="ValidationError">What is wrong with the value itself, or null.</param>
/// <param name="Read">The value of a text that is right.</param>
internal sealed record Scalar(
    string Expected, bool IsText, bool IsQuoted, Func<string, bool> Fits,
    Func<string, ValidationError?> ValidationError, Func<string, object> Read)
{
    /// <summary>A JSON value's text, or null when it has another type.</summary>
    public string? TextOf(JsonElement value) => (IsQuoted, value.ValueKind) switch
    {
        (true, JsonValueKind.String) => value.GetString(),
        (false, JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False) => value.GetRawText(),
        _ => null,
    };
}

/// <summary>
/// The plain values that records may hold, each with its exact grammar: the framework's parsers take more than we want.
/// </summary>
internal static class Scalars
{
    private const int MaxDecimals = 6;
    private const int MaxDigits = 15;

    private static readonly FrozenDictionary<Type, Scalar> Known = new Dictionary<Type, Scalar>
    {
        [typeof(string)] = Quoted("a text", _ => null, text => text) with { IsText = true },
        [typeof(bool)] = Bare("true or false", text => text is "true" or "false", _ => null, text => text == "true"),
        [typeof(int)] = Bare(
            "a whole number", IsWholeNumber, text => int.TryParse(text, Invariant, out _) ? null : TooBig,
            text => int.Parse(text, Invariant)),
        [typeof(long)] = Bare(
            "a whole number", IsWholeNumber, text => long.TryParse(text, Invariant, out _) ? null : TooBig,
            text => long.Parse(text, Invariant)),
        [typeof(decimal)] = Bare("a number", IsNumber, DecimalError, text => decimal.Parse(text, Invariant)),
        [typeof(DateOnly)] = Quoted(
            "a date as text", text => TimeGrammar.IsDate(text) ? null : NotADate,
            text => DateOnly.ParseExact(text, "yyyy-MM-dd", Invariant)),
        [typeof(DateTimeOffset)] = Quoted(
            "a time as text", text => TimeGrammar.IsTime(text) ? null : NotATime,
            text => TimeGrammar.TryParseTime(text, out var time) ? time : default),
        [typeof(Currency)] = Quoted(
            "a currency code as text", text => Currency.TryParse(text, out _) ? null : MoneyShape.NotACurrency,
            text => Currency.Parse(text)),
    }.ToFrozenDictionary();

    private static CultureInfo Invariant => CultureInfo.InvariantCulture;

    private static ValidationError TooBig { get; } = new(ProblemType.OutOfRange, "Is too large a number.");

    private static ValidationError NotADate { get; } = new(
        ProblemType.DateInvalid, TimeGrammar.DateExpected);

    private static ValidationError NotATime { get; } = new(
        ProblemType.DateInvalid, "Write an RFC 3339 time with its offset, such as 2026-03-08T02:30:00Z.");

    private static ValidationError NotAnId { get; } = new(ProblemType.TextInvalid, "An id has 1 to 200 characters.");

    /// <summary>The scalar of a type; null when it is a structure.</summary>
    public static Scalar? Find(Type type)
    {
        if (Known.TryGetValue(type, out var scalar))
        {
            return scalar;
        }

        if (type.IsEnum)
        {
            return Quoted(
                "one of the known values as text",
                text => Enum.GetNames(type).Contains(text, StringComparer.OrdinalIgnoreCase)
                    ? null
                    : new(ProblemType.ChoiceInvalid, $"Must be one of {string.Join(", ", Enum.GetNames(type))}."),
                text => Enum.Parse(type, text, ignoreCase: true));
        }

        return IsId(type) ? IdOf(type) : null;
    }

    private static bool IsId(Type type) =>
        type.GetInterfaces().Any(face => face.IsGenericType && face.GetGenericTypeDefinition() == typeof(IId<>));

    private static Scalar IdOf(Type type)
    {
        var id = Quoted(
            "an id as text", text => text is { Length: > 0 and <= 200 } ? null : NotAnId,
            text => Activator.CreateInstance(type, text)!);
        return id with { IsText = true };
    }

    private static Scalar Quoted(string expected, Func<string, ValidationError?> error, Func<string, object> read) =>
        new(expected, IsText: false, IsQuoted: true, _ => true, error, read);

    private static Scalar Bare(
        string expected, Func<string, bool> fits, Func<string, ValidationError?> error, Func<string, object> read) =>
        new(expected, IsText: false, IsQuoted: false, fits, error, read);

    private static bool IsWholeNumber(string text) => IsNumber(text) && text.AsSpan().IndexOfAny(".eE") < 0;

    /// <summary>A number as JSON writes it.</summary>
    private static bool IsNumber(string text)
    {
        var digits = text.AsSpan().TrimStart('-');
        var exponent = digits.IndexOfAny('e', 'E');
        var mantissa = exponent < 0 ? digits : digits[..exponent];
        var point = mantissa.IndexOf('.');
        var whole = point < 0 ? mantissa : mantissa[..point];
        return text.Length - digits.Length <= 1 && IsDigits(whole) && (whole.Length == 1 || whole[0] != '0')
            && (point < 0 || IsDigits(mantissa[(point + 1)..]))
            && (exponent < 0 || IsDigits(digits[(exponent + 1)..].TrimStart("+-")));
    }

    private static bool IsDigits(ReadOnlySpan<char> text) =>
        text.Length > 0 && text.IndexOfAnyExceptInRange('0', '9') < 0;

    /// <summary>What is written is judged: a decimal silently drops digits that it has no room for.</summary>
    private static ValidationError? DecimalError(string text)
    {
        var token = text.AsSpan().TrimStart('-');
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
