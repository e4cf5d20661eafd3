using Workflows.Inquiries;
using Workflows.Lifecycle.Timeline;
using Workflows.Quotations;
using Workflows.Trade;

namespace Workflows.Lifecycle;

/// <summary>What a negotiation does by itself when its wait is over.</summary>
internal enum NegotiationTimer
{
    /// <summary>Nothing: it waits without end.</summary>
    None,

    /// <summary>The first response is late.</summary>
    FirstResponse,

    /// <summary>The buyer has not answered the quotation.</summary>
    BuyerReminder,

    /// <summary>The quotation's validity is over.</summary>
    QuotationExpiry,

    /// <summary>Neither buyer nor sales did anything.</summary>
    Silence,
}

/// <summary>What a negotiation waits for, and what happens when nobody acts in time. Pure.</summary>
internal static class NegotiationClock
{
    /// <summary>What the deal waits for now, and which timer runs meanwhile.</summary>
    public static (Waiting Waiting, NegotiationTimer Timer) Next(
        DealState state, NegotiationProgress progress, DateTimeOffset now)
    {
        var (deal, clock) = (state.Deal, state.FirstResponse!);
        var owner = deal.Owner?.Value ?? "owner";
        var stands = state.FreezesOffers && progress.Pending is not null;
        if (deal.FirstHumanReplyAt is null && progress.NextStage != FirstResponseStage.None && !stands)
        {
            var (due, then) = progress.NextStage switch
            {
                FirstResponseStage.Nudge => (clock.NudgeAt, WaitingThen.RemindOwner),
                FirstResponseStage.Escalate => (clock.EscalateAt, WaitingThen.NotifyManager),
                _ => (clock.ReassignAt, WaitingThen.Reassign),
            };
            return progress.Pending is { } unsent
                ? (Since(ApprovalOf(unsent, due, then)), NegotiationTimer.FirstResponse)
                : (Wait(WaitingFor.FirstResponse, owner, due, then), NegotiationTimer.FirstResponse);
        }

        if (deal is { QuotationStatus: QuotationStatus.Sent, Quotation: { } quotation })
        {
            var (until, then, timer) = progress.RemindAt is { } remindAt
                ? (remindAt, WaitingThen.RemindBuyer, NegotiationTimer.BuyerReminder)
                : (quotation.ValidUntil, WaitingThen.ExpireQuotation, NegotiationTimer.QuotationExpiry);
            return (
                progress.Pending is { } newer
                    ? Since(ApprovalOf(newer, until, then))
                    : Wait(WaitingFor.BuyerAnswer, "buyer", until, then),
                timer);
        }

        if (progress.Pending is { } pending)
        {
            return (Since(ApprovalOf(pending, until: null, then: null)), NegotiationTimer.None);
        }

        var silentAt = state.LastSign + TimeSpan.FromDays(state.Terms.SilenceDays);
        return (Wait(WaitingFor.Quotation, owner, silentAt, WaitingThen.CountAsLost), NegotiationTimer.Silence);

        Waiting Wait(WaitingFor what, string whom, DateTimeOffset until, WaitingThen then) =>
            Since(new Waiting(what, whom, now, until, then));

        Waiting Since(Waiting waiting) =>
            deal.Waiting is { } before && before.IsFor(waiting) ? waiting with { Since = before.Since } : waiting;

        Waiting ApprovalOf(PendingOffer offer, DateTimeOffset? until, WaitingThen? then) =>
            new(WaitingFor.DiscountApproval, "approver", now, until, then)
            {
                DiscountPercent = offer.Priced.Quotation.JudgedDiscountPercent,
            };
    }

    /// <summary>Decides what happens when the time is up.</summary>
    public static NegotiationDecision Decide(
        DealState state, NegotiationProgress progress, NegotiationTimer timer, DateTimeOffset now)
    {
        var changes = new DealChanges(state, now);
        switch (timer)
        {
            // A handover in the same moment began another clock.
            case NegotiationTimer.FirstResponse when progress.Clock == state.FirstResponse:
                return RespondLate(changes, progress);
            case NegotiationTimer.BuyerReminder:
                changes.Note(StaffId.System, new BuyerReminded(state.Deal.Quotation!.Number));
                changes.Notify(QuotationNoticeKind.ExpiryReminder, state.Deal.Quotation, reason: null);
                return new NegotiationDecision(changes, progress with { RemindAt = null }, []);
            case NegotiationTimer.QuotationExpiry:
                changes.ShowLife();
                changes.EndOffer(QuotationStatus.Expired);
                changes.MoveTo(
                    Stage.Negotiating, StaffId.System, new QuotationLapsed(state.Deal.Quotation!.Number));
                changes.Notify(QuotationNoticeKind.Expired, state.Deal.Quotation, reason: null);
                break;
            case NegotiationTimer.Silence:
                changes.Lose(StaffId.System, new DealWentSilent(state.Terms.SilenceDays));
                break;
        }

        return new NegotiationDecision(changes, progress, []);
    }

    /// <summary>Decides on what the assignment rule said when the owner did not respond.</summary>
    /// <param name="state">The deal, the new owner taken over if there is one.</param>
    public static DealChanges Decide(DealState state, StaffId late, Assignment assignment, DateTimeOffset now)
    {
        var changes = new DealChanges(state, now);
        if (assignment.Owner is null)
        {
            changes.Note(StaffId.System, new OwnerKept(late, assignment.Reason));
            return changes;
        }

        changes.Note(StaffId.System, new OwnerRelieved(late));
        changes.Notify(InquiryNoticeKind.Reassigned, assignment.FirstResponse.EscalateAt);
        return changes;
    }

    private static NegotiationDecision RespondLate(DealChanges changes, NegotiationProgress progress)
    {
        var clock = progress.Clock!;
        var next = progress with { NextStage = progress.NextStage + 1 };
        switch (progress.NextStage)
        {
            case FirstResponseStage.Nudge:
                changes.Note(StaffId.System, new ResponseReminded());
                changes.Notify(InquiryNoticeKind.Nudge, clock.EscalateAt);
                return new NegotiationDecision(changes, next, []);
            case FirstResponseStage.Escalate:
                changes.Note(StaffId.System, new ResponseEscalated(clock.EscalateAt));
                changes.Notify(InquiryNoticeKind.Escalate, clock.ReassignAt);
                return new NegotiationDecision(changes, next, []);
            default:
                // Every owner has the deal once at the most; then it stays, and the silence is counted.
                var owner = changes.Deal.Owner!.Value;
                IReadOnlyList<StaffId> late = [.. progress.Late, owner];
                return new NegotiationDecision(
                    changes, next with { Late = late }, [new NegotiationEffect.AssignAnother(owner, late)]);
        }
    }
}
