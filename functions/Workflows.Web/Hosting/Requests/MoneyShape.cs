using Workflows.Trade;
using Workflows.Web.Hosting.Problems;

namespace Workflows.Web.Hosting.Requests;

/// <summary>Money as it is written, and the exact grammar of its amount.</summary>
internal sealed record MoneyShape([Line(64)] string Amount, Currency Currency)
{
    private const int MaxDigits = 15;

    public static ValidationError NotACurrency { get; } = new(
        ProblemType.CurrencyInvalid, "Write an ISO 4217 code in use, such as USD.");

    /// <summary>
    /// What is wrong with an amount in a currency, or null. Digits, and a point with at most the minor unit's places.
    /// </summary>
    /// <param name="finer">How many places more a price has.</param>
    public static ValidationError? ValidationError(string amount, string code, int finer)
    {
        if (!Currency.TryParse(code, out var currency))
        {
            return NotACurrency;
        }

        var point = amount.IndexOf('.', StringComparison.Ordinal);
        var whole = point < 0 ? amount : amount[..point];
        var places = point < 0 ? null : amount[(point + 1)..];
        if (!IsDigits(whole) || (whole.Length > 1 && whole[0] == '0') || (places is not null && !IsDigits(places)))
        {
            return new(ProblemType.MoneyInvalid, "Write digits, and a point for decimals, such as 1234.50.");
        }

        var most = currency.MinorUnits + finer;
        if (places?.Length > most)
        {
            var what = finer > 0 ? "A price in " : "";
            return new(ProblemType.MoneyScale, $"{what}{currency.Code} takes at most {most} decimals.");
        }

        return whole.Length > MaxDigits
            ? new(ProblemType.OutOfRange, $"At most {MaxDigits} digits before the point.")
            : null;
    }

    private static bool IsDigits(string text) => text.Length > 0 && text.All(char.IsAsciiDigit);
}
