using Workflows.Orders;
using Workflows.Quotations;

namespace Workflows.Lifecycle;

/// <summary>
/// Which signals a deal takes as it stands. The service asks before it sends a signal, so that people get an answer at
/// once; the orchestration asks again, because it alone knows the present state.
/// </summary>
public static class DealRules
{
    /// <summary>Why a signal is refused; null when it is taken.</summary>
    public static DealRefusal? Refusal(Deal deal, DealSignal signal, DateTimeOffset now) => signal switch
    {
        BuyerWrote or Reinstated when CanBeReinstated(deal) => null,
        _ when deal.HasEnded => new DealRefusal.Ended(deal.Stage),
        Reinstated => new DealRefusal.NotRejected(),
        Discarded when deal.Accepted is not null => new DealRefusal.AlreadyAccepted(),
        QuotationOffered => CannotQuote(deal),
        BuyerAnswered answered => CannotAnswer(deal, answered.Answer, now),
        MilestoneReached reached => CannotReach(deal, reached.Milestone.Kind),
        HandedOver handed when handed.To == deal.Owner => new DealRefusal.AlreadyOwner(handed.To),
        GivenUp when HasReached(deal, MilestoneKind.Shipped) => new DealRefusal.AlreadyShipped(),
        _ => null,
    };

    /// <summary>Whether the deal was rejected, and still waits for a person who lets it go on.</summary>
    public static bool CanBeReinstated(Deal deal) =>
        deal is { Stage: Stage.Rejected, Waiting.For: WaitingFor.Reinstatement };

    /// <summary>Whether the order passed that milestone.</summary>
    public static bool HasReached(Deal deal, MilestoneKind kind) =>
        deal.Milestones.Any(milestone => milestone.Kind == kind);

    private static DealRefusal? CannotQuote(Deal deal) => deal switch
    {
        { Accepted: not null } => new DealRefusal.AlreadyAccepted(),
        { Stage: Stage.Received or Stage.Qualified } => new DealRefusal.NoOwner(),
        _ => null,
    };

    private static DealRefusal? CannotAnswer(Deal deal, BuyerAnswer answer, DateTimeOffset now) => deal switch
    {
        { Accepted: not null } => new DealRefusal.AlreadyAccepted(),
        { Quotation: null } => new DealRefusal.NoQuotation(),
        { Unsent: { } unsent } when unsent.Quotation.Number == answer.Quotation =>
            new DealRefusal.QuotationNotOpen(unsent.Status),
        { Quotation: var quotation } when quotation.Number != answer.Quotation =>
            new DealRefusal.OtherQuotation(answer.Quotation, quotation.Number),
        { QuotationStatus: { } status and not QuotationStatus.Sent } => new DealRefusal.QuotationNotOpen(status),
        { Quotation: var quotation } when quotation.ValidUntil < now =>
            new DealRefusal.QuotationNotOpen(QuotationStatus.Expired),
        _ => null,
    };

    private static DealRefusal? CannotReach(Deal deal, MilestoneKind kind)
    {
        if (deal.Order is null)
        {
            return new DealRefusal.NoOrder();
        }

        if (HasReached(deal, kind))
        {
            return new DealRefusal.MilestoneAlreadyReached(kind);
        }

        MilestoneKind? before = kind switch
        {
            MilestoneKind.Shipped => MilestoneKind.Produced,
            MilestoneKind.DocumentsSent or MilestoneKind.Delivered => MilestoneKind.Shipped,
            _ => null,
        };
        if (before is { } first && !HasReached(deal, first))
        {
            return new DealRefusal.MilestoneMissing(first, kind);
        }

        return deal.Holds.Any(hold => hold.Milestone == kind) ? new DealRefusal.MilestoneHeld(kind) : null;
    }
}
