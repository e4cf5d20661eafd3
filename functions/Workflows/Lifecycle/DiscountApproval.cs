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
                quotation.Draft.Note)
            {
                Terms = quotation.Terms,
                EffectiveDiscountPercent = quotation.EffectiveDiscountPercent,
            },
            requester,
            deal.Qualification!.Region,
            deal.PolicyVersion);
    }
}
