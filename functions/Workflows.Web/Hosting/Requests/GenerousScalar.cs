using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Workflows.Platform;
using Workflows.Trade;

namespace Workflows.Web.Hosting.Requests;

/// <summary>
/// Plain values as other systems write them, brought to our grammar: numbers with an exponent or in quotes, texts that
/// are numbers, codes with a region or in other case. Null is what cannot be read.
/// </summary>
internal static class GenerousScalar
{
    private const int Decimals = 6;

    public static JsonNode? Read(JsonElement given, Type type, Scalar scalar, RuleAttribute[] rules)
    {
        if (TextOf(given) is not { } sent)
        {
            return null;
        }

        var text = type == typeof(string) ? TextRuleOf(rules).Normalised(sent)
            : type == typeof(bool) ? BooleanOf(Plain(sent))
            : type == typeof(int) || type == typeof(long) || type == typeof(decimal) ? NumberOf(Plain(sent))
            : Plain(sent);
        if (text is null || !new RequestErrors().Accepts(scalar, text, pointer: "", rules))
        {
            return null;
        }

        return scalar.IsQuoted ? JsonValue.Create(text) : JsonNode.Parse(text);
    }

    /// <summary>An amount with its currency; zeros that its minor unit has no place for are left out.</summary>
    public static JsonObject? ReadMoney(JsonElement given, RuleAttribute[] rules)
    {
        if (given.ValueKind != JsonValueKind.Object
            || !given.TryGetProperty("amount", out var amount) || TextOf(amount) is not { } number
            || !given.TryGetProperty("currency", out var currency) || TextOf(currency) is not { } code
            || NumberOf(Plain(number)) is not { } text)
        {
            return null;
        }

        code = Plain(code).ToUpperInvariant();
        return Currency.TryParse(code, out _) && new RequestErrors().AcceptsAmount(text, code, pointer: "", rules)
            ? new JsonObject { ["amount"] = text, ["currency"] = code }
            : null;
    }

    private static string? TextOf(JsonElement given) => given.ValueKind switch
    {
        JsonValueKind.String => given.GetString(),
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => given.GetRawText(),
        _ => null,
    };

    private static RuleAttribute TextRuleOf(RuleAttribute[] rules) =>
        rules.FirstOrDefault(rule => rule is TextRuleAttribute) ?? LineAttribute.Default;

    private static string Plain(string text) => text.WithoutMarks(keepJoiners: false).Trim();

    // A separator of thousands may be another country's decimal point: such a number is for a person to read.
    private static string? NumberOf(string text) =>
        decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? decimal.Round(number, Decimals, MidpointRounding.AwayFromZero)
                .ToString("0.######", CultureInfo.InvariantCulture)
            : null;

    private static string? BooleanOf(string text) => text.ToUpperInvariant() switch
    {
        "TRUE" or "YES" or "Y" or "1" => "true",
        "FALSE" or "NO" or "N" or "0" => "false",
        _ => null,
    };
}
