using Workflows.Policies;
using Workflows.Trade;

namespace Workflows.Quotations;

/// <summary>Something about a draft.</summary>
/// <param name="Path">JSON pointer into the draft, such as <c>/lines/0/quantity</c>.</param>
/// <param name="IsWarning">Worth reading, but no reason to refuse.</param>
public sealed record DraftFinding(string Path, string Message, bool IsWarning);

/// <summary>What a draft must be before it is priced. All findings at once.</summary>
public static class QuotationRules
{
    private const int MostLines = 200;
    private const decimal Largest = 1_000_000_000m;

    /// <summary>Checks a draft; it may be priced when every finding is a warning.</summary>
    public static IReadOnlyList<DraftFinding> Check(QuotationDraft draft, Policy policy)
    {
        var findings = new List<DraftFinding>();
        void Refuse(bool wrong, string pointer, string message)
        {
            if (wrong)
            {
                findings.Add(new DraftFinding(pointer, message, IsWarning: false));
            }
        }

        var lines = draft.Lines ?? [];
        Refuse(lines.Count is 0 or > MostLines, "/lines", $"A quotation has 1 to {MostLines} lines.");
        for (var i = 0; i < Math.Min(lines.Count, MostLines); i++)
        {
            findings.AddRange(CheckLine(lines[i], $"/lines/{i}", draft.Currency));
        }

        Refuse(
            draft.DiscountPercent is < 0 or >= 100 || HasMoreThan(2, draft.DiscountPercent),
            "/discountPercent", "The discount is 0 to below 100 per cent, with at most 2 decimals.");
        Refuse(
            draft.Currency.Code is null || policy.Company.ToBase(Money.Zero(draft.Currency)) is null,
            "/currency", "The policy has no rate for this currency.");
        Refuse(
            string.IsNullOrWhiteSpace(draft.Delivery?.Place) || draft.Delivery.Place.Length > 100,
            "/delivery/place", "A delivery term names its place, in at most 100 characters.");
        Refuse(
            draft.PaymentTerms is null || policy.FindTerms(draft.PaymentTerms) is null,
            "/paymentTerms", $"One of {string.Join(", ", policy.PaymentTerms.Select(terms => terms.Code))}.");
        Refuse(
            draft.ValidityDays is { } days && (days < 1 || days > policy.Quotations.MaxValidityDays),
            "/validityDays", $"1 to {policy.Quotations.MaxValidityDays} days.");
        Refuse(draft.Note?.Length > 4000, "/note", "At most 4,000 characters.");
        if (findings.Count > 0)
        {
            return findings;
        }

        var list = QuotationPricing.ListTotal(draft);
        Refuse(
            (list - list.Percent(draft.DiscountPercent)).Amount <= 0,
            "/lines", "The total after discount is above zero.");
        return [.. findings, .. DeliveryRules.Check(draft, policy)];
    }

    private static IEnumerable<DraftFinding> CheckLine(QuotationLine line, string pointer, Currency currency)
    {
        var decimals = (currency.Code is null ? 0 : currency.MinorUnits) + Money.PriceDecimals;
        DraftFinding? Unless(bool holds, string member, string message) =>
            holds ? null : new DraftFinding($"{pointer}/{member}", message, IsWarning: false);

        return new[]
        {
            Unless(IsText(line.Sku, 64), "sku", "1 to 64 characters."),
            Unless(IsText(line.Description, 500), "description", "1 to 500 characters."),
            Unless(IsText(line.Unit, 20), "unit", "1 to 20 characters."),
            Unless(
                line.Quantity is > 0 and <= Largest && !HasMoreThan(6, line.Quantity),
                "quantity", "Above zero, at most 1,000,000,000, with at most 6 decimals."),
            Unless(
                line.ListPrice is > 0 and <= Largest && !HasMoreThan(decimals, line.ListPrice),
                "listPrice", "Above zero, at most 1,000,000,000, with at most 4 decimals below the minor unit."),
            Unless(
                line.UnitCost is null or >= 0 and <= Largest,
                "unitCost", "Zero or more, at most 1,000,000,000; leave it out when it is unknown."),
        }.OfType<DraftFinding>();
    }

    private static bool IsText(string? text, int longest) => !string.IsNullOrWhiteSpace(text) && text.Length <= longest;

    private static bool HasMoreThan(int decimals, decimal value) => decimal.Round(value, decimals) != value;
}
