using Workflows.Orders;
using Workflows.Quotations;

namespace Workflows.Lifecycle;

/// <summary>
/// What may be told to a deal as it stands. The door asks before it raises a signal, so that people get an answer at
/// once; the orchestration asks again, because it alone knows the present state.
/// </summary>
public static class DealRules
{
    /// <summary>Why a signal is refused, for people; null when it is taken.</summary>
    public static string? Refusal(Deal deal, DealSignal signal, DateTimeOffset now) => signal switch
    {
        _ when deal.HasEnded => $"The deal has ended: {deal.Stage}.",
        QuotationOffered => CannotQuote(deal),
        BuyerAnswered answered => CannotAnswer(deal, answered.Answer, now),
        MilestoneReached reached => CannotReach(deal, reached.Milestone.Kind),
        HandedOver handed when handed.To == deal.Owner => $"{handed.To} owns the deal already.",
        GivenUp when HasReached(deal, MilestoneKind.Shipped) =>
            "The goods are shipped: the deal can no longer be cancelled. Ask to write off what is not paid.",
        _ => null,
    };

    /// <summary>Whether the order passed that milestone.</summary>
    public static bool HasReached(Deal deal, MilestoneKind kind) =>
        deal.Milestones.Any(milestone => milestone.Kind == kind);

    private static string? CannotQuote(Deal deal) => deal switch
    {
        { Accepted: not null } => "The buyer has accepted a quotation already.",
        { Stage: Stage.Received or Stage.Qualified } => "The inquiry has no owner yet.",
        _ => null,
    };

    private static string? CannotAnswer(Deal deal, BuyerAnswer answer, DateTimeOffset now) => deal switch
    {
        { Accepted: not null } => "The buyer has accepted a quotation already.",
        { Quotation: null } => "No quotation has been sent yet.",
        { Quotation: var quotation } when quotation.Number != answer.Quotation =>
            $"The answer is to {answer.Quotation}, but the present quotation is {quotation.Number}.",
        { QuotationStatus: QuotationStatus.PendingApproval } =>
            "The quotation waits for approval; the buyer does not have it yet.",
        { QuotationStatus: not QuotationStatus.Sent } =>
            $"The quotation is {deal.QuotationStatus.ToString()!.ToLowerInvariant()}: send a new version.",
        { Quotation: var quotation } when quotation.ValidUntil < now =>
            "The quotation has expired: send a new version.",
        _ => null,
    };

    private static string? CannotReach(Deal deal, MilestoneKind kind)
    {
        if (deal.Order is null)
        {
            return "There is no confirmed order yet.";
        }

        if (HasReached(deal, kind))
        {
            return $"{kind} is recorded already.";
        }

        MilestoneKind? before = kind switch
        {
            MilestoneKind.Shipped => MilestoneKind.Produced,
            MilestoneKind.DocumentsSent or MilestoneKind.Delivered => MilestoneKind.Shipped,
            _ => null,
        };
        return before is { } first && !HasReached(deal, first)
            ? $"{first} must be recorded before {kind}."
            : deal.Holds.FirstOrDefault(hold => hold.Milestone == kind)?.Reason;
    }
}
