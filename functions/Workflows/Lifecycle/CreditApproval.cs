using Workflows.Approvals;
using Workflows.Approvals.Kinds;
using Workflows.Credit;
using Workflows.Trade;

namespace Workflows.Lifecycle;

/// <summary>The request for credit that the rules do not clear.</summary>
internal static class CreditApproval
{
    public static ApprovalInput For(Deal deal, ApprovalId id, CreditDecision decision, Money total)
    {
        var (buyer, quotation) = (deal.Inquiry.Buyer, deal.Quotation!);
        return new ApprovalInput(
            id,
            deal.Id,
            new CreditSubject(
                new ApprovalBuyer(buyer.Name, buyer.Company, buyer.Country),
                total,
                quotation.Draft.PaymentTerms,
                decision.Exposure.Total,
                decision.Limit,
                decision.OverBy,
                decision.Reasons),
            deal.Owner ?? quotation.OfferedBy,
            deal.Qualification!.Region,
            deal.PolicyVersion);
    }
}
