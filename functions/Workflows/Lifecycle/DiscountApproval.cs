using Workflows.Approvals;
using Workflows.Approvals.Kinds;
using Workflows.Quotations;
using Workflows.Trade;

namespace Workflows.Lifecycle;

/// <summary>Asks for a discount that sales may not give by themselves.</summary>
internal static class DiscountApproval
{
    public static ApprovalInput For(Deal deal, ApprovalId id, PricedQuotation priced, StaffId requester)
    {
        var (buyer, quotation) = (deal.Inquiry.Buyer, priced.Quotation);
        return new ApprovalInput(
            id,
            deal.Id,
            new DiscountSubject(
                new ApprovalBuyer(buyer.Name, buyer.Company, buyer.Country),
                quotation.Number,
                quotation.Draft.Delivery,
                quotation.ListTotal,
                quotation.Draft.DiscountPercent,
                quotation.Discount,
                quotation.Total,
                quotation.MarginPercent,
                quotation.Draft.PaymentTerms,
                priced.Decision.Reasons,
                quotation.Draft.Note),
            requester,
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
