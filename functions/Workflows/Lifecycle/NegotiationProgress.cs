using Workflows.Approvals;
using Workflows.Inquiries;
using Workflows.Quotations;
using Workflows.Trade;

namespace Workflows.Lifecycle;

/// <summary>What a negotiation remembers besides the deal. Times are UTC.</summary>
internal sealed record NegotiationProgress
{
    /// <summary>Versions of the offer that were put in.</summary>
    public int Versions { get; init; }

    /// <summary>Counter-offers of the buyer.</summary>
    public int Rounds { get; init; }

    /// <summary>The offer that waits for its approval; null when none does.</summary>
    public PendingOffer? Pending { get; init; }

    /// <summary>What was approved last; null before.</summary>
    public ApprovedTerms? Approved { get; init; }

    /// <summary>When the buyer is reminded of the present offer; null when that was done, or is not to be.</summary>
    public DateTimeOffset? RemindAt { get; init; }

    /// <summary>The first-response clock that <see cref="NextStage"/> belongs to.</summary>
    public FirstResponsePlan? Clock { get; init; }

    /// <summary>What happens next on that clock while no person has answered.</summary>
    public FirstResponseStage NextStage { get; init; }

    /// <summary>Owners who did not respond in time: each has the deal once at the most.</summary>
    public IReadOnlyList<StaffId> Late { get; init; } = [];

    /// <summary>The same with the deal's present clock: a new owner's begins at its first stage.</summary>
    public NegotiationProgress WithClock(FirstResponsePlan clock) =>
        Clock == clock ? this : this with { Clock = clock, NextStage = FirstResponseStage.Nudge };
}

/// <summary>What happens on the first-response clock, in order.</summary>
internal enum FirstResponseStage
{
    /// <summary>The owner is reminded.</summary>
    Nudge,

    /// <summary>The manager is notified.</summary>
    Escalate,

    /// <summary>Another owner is looked for.</summary>
    Reassign,

    /// <summary>Nothing more.</summary>
    None,
}

/// <summary>An offer that waits for its approval.</summary>
internal sealed record PendingOffer(PricedQuotation Priced, ApprovalId Approval);

/// <summary>What a negotiation decides: the deal's changes, its own progress, and what is to be done.</summary>
/// <param name="Effects">In order.</param>
internal sealed record NegotiationDecision(
    DealChanges Changes, NegotiationProgress Progress, IReadOnlyList<NegotiationEffect> Effects);

/// <summary>Something that the orchestration does because of a decision.</summary>
internal abstract record NegotiationEffect
{
    /// <summary>Prices a draft, which is then decided on.</summary>
    public sealed record Price(PriceInput Input) : NegotiationEffect;

    /// <summary>Starts an approval, whose outcome is then decided on.</summary>
    public sealed record AskForApproval(ApprovalInput Request) : NegotiationEffect;

    /// <summary>Ends an approval that no longer matters.</summary>
    public sealed record Supersede(ApprovalId Approval) : NegotiationEffect;

    /// <summary>Asks the assignment rule for another owner.</summary>
    public sealed record AssignAnother(StaffId Late, IReadOnlyList<StaffId> Except) : NegotiationEffect;
}
