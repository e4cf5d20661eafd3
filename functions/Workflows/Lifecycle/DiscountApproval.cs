using System.Globalization;
using Workflows.Approvals;
using Workflows.Quotations;
using Workflows.Trade;

namespace Workflows.Lifecycle;

/// <summary>What a manager must see to allow a discount.</summary>
internal static class DiscountApproval
{
    public static ApprovalRequest For(
        Deal deal, ApprovalId id, PricedQuotation priced, StaffId requester)
    {
        var quotation = priced.Quotation;
        var percent = DealTexts.Percent(quotation.Draft.DiscountPercent);
        return new ApprovalRequest(
            id,
            deal.Id,
            ApprovalKind.Discount,
            $"{percent} discount on {quotation.Number} for {DealTexts.BuyerName(deal.Inquiry)}",
            [
                new("Buyer", DealTexts.BuyerLine(deal.Inquiry)),
                new("Quotation", $"{quotation.Number}, {quotation.Draft.Delivery}"),
                new("List total", quotation.ListTotal.ToString()),
                new("Discount", $"{percent} ({quotation.Discount})"),
                new("Total", quotation.Total.ToString()),
                new(
                    "Margin",
                    quotation.MarginPercent is { } margin ? margin.ToString(
                        "0.0", CultureInfo.InvariantCulture) + "%" : "unknown"),
                new("Payment terms", quotation.Draft.PaymentTerms),
                new("Why a decision", string.Join(" ", priced.Decision.Reasons)),
                new("Note", quotation.Draft.Note ?? "–"),
            ],
            requester,
            priced.Levels,
            deal.Qualification!.Region,
            deal.PolicyVersion);
    }
}

/// <summary>Terms that were approved: others that are no worse need no new approval.</summary>
internal sealed record ApprovedTerms(decimal DiscountPercent, decimal? MarginPercent, Money Total)
{
    public static ApprovedTerms Of(Quotation quotation) =>
        new(quotation.Draft.DiscountPercent, quotation.MarginPercent, quotation.Total);

    /// <summary>Whether a quotation is no worse: no higher discount, no lower margin, no larger total.</summary>
    public bool Covers(Quotation quotation) =>
        quotation.Total.Currency == Total.Currency
        && quotation.Draft.DiscountPercent <= DiscountPercent
        && quotation.Total <= Total
        && (MarginPercent is null ? quotation.MarginPercent is null : quotation.MarginPercent >= MarginPercent);
}
