using System.Globalization;
using Workflows.Platform;
using Workflows.Policies;
using Workflows.Trade;

namespace Workflows.Quotations;

/// <summary>
/// The list price that each item was last offered at, in table <c>ListPrices</c>: a partition an item, unit and
/// currency. An offer that goes out keeps its own, unless they are lower and no approver has seen that: so list prices
/// cannot sink unnoticed, a little with each offer (docs/decisions/0072-an-unknown-value-passes-no-check.md).
/// </summary>
internal static class ListPrices
{
    private const string Table = "ListPrices";
    private const string Row = "last";
    private const string Price = "Price";

    /// <summary>What the items of a draft were last offered at, by line; null where they were not.</summary>
    public static async Task<IReadOnlyList<decimal?>> BeforeAsync(
        ITableStore tables, QuotationDraft draft, CancellationToken cancellation)
    {
        var before = new Dictionary<string, decimal?>(StringComparer.Ordinal);
        foreach (var key in draft.Lines.Select(line => KeyOf(line, draft.Currency)).Distinct())
        {
            before[key] = (await tables.GetAsync(Table, key, Row, cancellation))?.Text(Price) is { } price
                ? decimal.Parse(price, CultureInfo.InvariantCulture)
                : null;
        }

        return [.. draft.Lines.Select(line => before[KeyOf(line, draft.Currency)])];
    }

    /// <summary>Keeps the list prices of an offer that went out. A second run writes the same.</summary>
    public static async Task KeepAsync(
        ITableStore tables, Quotation quotation, Policy policy, CancellationToken cancellation)
    {
        if (quotation.EffectiveDiscountPercent <= policy.Approvals.SalesDiscountPercent)
        {
            return;
        }

        // Of two lines of one item the dearer counts.
        foreach (var item in quotation.Draft.Lines.GroupBy(line => KeyOf(line, quotation.Draft.Currency)))
        {
            var price = item.Max(line => line.ListPrice).ToString(CultureInfo.InvariantCulture);
            await tables.UpsertAsync(
                Table, new TableRow(item.Key, Row) { [Price] = price, ["Quotation"] = quotation.Number }, cancellation);
        }
    }

    private static string KeyOf(QuotationLine line, Currency currency) => Sha256Hex.Upper(
        $"{line.Sku.Trim()}\n{line.Unit.Trim()}\n{currency}".Normalize().ToUpperInvariant());
}
