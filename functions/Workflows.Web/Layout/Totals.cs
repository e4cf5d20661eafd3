using Workflows.Trade;

namespace Workflows.Web.Layout;

/// <summary>Sums that keep each currency apart.</summary>
internal static class Totals
{
    /// <summary>One sum per currency, the largest first.</summary>
    public static IReadOnlyList<Money> Of(IEnumerable<Money> amounts) =>
    [
        .. amounts.GroupBy(amount => amount.Currency)
            .Select(group => group.Aggregate((sum, amount) => sum + amount))
            .Where(sum => sum.Amount != 0)
            .OrderByDescending(sum => sum.Amount),
    ];

    /// <summary>Sums in a line, without minor units: for heads of lists, where the eye compares.</summary>
    public static string Line(IEnumerable<Money> amounts) => string.Join(" · ", Of(amounts).Select(Round));

    /// <summary>Such as <c>USD 1,235</c>.</summary>
    public static string Round(Money amount) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{amount.Currency.Code} {amount.Amount:N0}");
}
