using Workflows.Approvals;
using Workflows.Credit;
using Workflows.Trade;

namespace Workflows.Lifecycle;

/// <summary>What somebody must see to grant credit.</summary>
internal static class CreditApproval
{
    public static ApprovalRequest For(Deal deal, ApprovalId id, CreditDecision decision, Money total)
    {
        return new ApprovalRequest(
            id,
            deal.Id,
            ApprovalKind.Credit,
            $"Credit of {decision.OverBy} over the limit for {DealTexts.BuyerName(deal.Inquiry)}",
            [
                new("Buyer", DealTexts.BuyerLine(deal.Inquiry)),
                new("This order", $"{total}, {deal.Quotation!.Draft.PaymentTerms}"),
                new("Exposure with it", decision.Exposure.Total.ToString()),
                new("Limit", decision.Limit.ToString()),
                new("Over by", decision.OverBy.ToString()),
                new("Why a decision", string.Join("; ", decision.Reasons)),
            ],
            deal.Owner ?? deal.Quotation.OfferedBy,
            decision.Levels,
            deal.Qualification!.Region,
            deal.PolicyVersion);
    }
}
