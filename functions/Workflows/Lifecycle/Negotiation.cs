using Workflows.Approvals;
using Workflows.Facts;
using Workflows.Inquiries;
using Workflows.Lifecycle.Timeline;
using Workflows.Orders;
using Workflows.Quotations;
using Workflows.Trade;

namespace Workflows.Lifecycle;

/// <summary>
/// From the first response to the buyer's yes: what offers, approvals of discounts and the buyer's answers make of a
/// deal. Pure; <see cref="NegotiationProcess"/> carries the decisions out, <see cref="NegotiationClock"/> decides what
/// happens when nobody acts.
/// </summary>
internal static class Negotiation
{
    /// <summary>Decides on a signal that <see cref="DealRules"/> lets through.</summary>
    public static NegotiationDecision Decide(
        DealState state, NegotiationProgress progress, DealSignal signal, DateTimeOffset now)
    {
        var changes = new DealChanges(state, now);
        changes.ShowLife();
        return signal switch
        {
            QuotationOffered offered => Offer(changes, progress, offered),
            BuyerAnswered answered => TakeAnswer(changes, progress, answered),
            GivenUp given => GiveUp(changes, progress, given),
            Discarded discarded => Discard(changes, progress, discarded),
            _ => new NegotiationDecision(changes, progress, []),
        };
    }

    /// <summary>Whether a signal takes back what an approver is asked: another offer, or none.</summary>
    public static bool TakesBack(DealSignal signal) => signal is QuotationOffered or GivenUp or Discarded;

    /// <summary>Decides on a draft that was priced: it is sent, refused, or needs an approval.</summary>
    public static NegotiationDecision Decide(
        DealState state, NegotiationProgress progress, PricedQuotation priced, DateTimeOffset now)
    {
        var (quotation, decision) = (priced.Quotation, priced.Decision);
        var changes = new DealChanges(state, now);
        changes.Deal = changes.Deal with
        {
            Quotation = quotation,
            QuotationStatus = QuotationStatus.PendingApproval,
        };
        changes.Note(quotation.OfferedBy, new QuotationPriced(
            quotation.Number, quotation.Total, quotation.Draft.DiscountPercent, decision.Reasons));
        if (priced.Warnings.Count > 0)
        {
            changes.Note(StaffId.System, new DeliveryQuestioned(priced.Warnings));
        }

        switch (decision.Outcome)
        {
            case DiscountOutcome.Refused:
                Refuse(changes, StaffId.System, string.Join(" ", decision.Reasons));
                return new NegotiationDecision(changes, progress, []);
            case DiscountOutcome.NeedsApproval when !IsCovered(state, progress, quotation):
                return AskForApproval(changes, progress, priced);
            case DiscountOutcome.NeedsApproval:
                changes.Note(StaffId.System, new ApprovalNotNeeded(quotation.Number));
                break;
        }

        return Send(changes, progress, priced);
    }

    /// <summary>Decides on the outcome of the pending offer's approval.</summary>
    public static NegotiationDecision Decide(
        DealState state, NegotiationProgress progress, ApprovalOutcome outcome, DateTimeOffset now)
    {
        var changes = new DealChanges(state, now);
        var (priced, approval) = progress.Pending!;
        var decided = progress with { Pending = null };
        if (outcome.Verdict != ApprovalVerdict.Approved)
        {
            Refuse(changes, outcome.DecidedBy, outcome.Comment);
            return new NegotiationDecision(changes, decided, []);
        }

        changes.Note(outcome.DecidedBy, new DiscountApproved(approval, outcome.Comment));
        return Send(changes, decided with { Approved = ApprovedTerms.Of(priced.Quotation) }, priced);
    }

    /// <summary>The buyer's yes could not be kept, because credit was not granted: other terms are wanted.</summary>
    public static DealChanges Reopen(DealState state, ApprovalOutcome refused, DateTimeOffset now)
    {
        var changes = new DealChanges(state, now);
        changes.Deal = changes.Deal with { Accepted = null, QuotationStatus = QuotationStatus.Declined };
        changes.MoveTo(Stage.Negotiating, refused.DecidedBy, new NegotiationReopened(refused.Comment));
        return changes;
    }

    private static bool IsCovered(DealState state, NegotiationProgress progress, Quotation quotation) =>
        progress.Approved is { } approved
        && (state.Terms.Revision is null ? approved.CoversAtFirst(quotation) : approved.Covers(quotation));

    private static NegotiationDecision Offer(
        DealChanges changes, NegotiationProgress progress, QuotationOffered offered)
    {
        var (free, effects) = DropApproval(changes, progress);
        var next = free with { Versions = free.Versions + 1 };
        var input = new PriceInput(changes.Deal.Id, next.Versions, offered.Draft, offered.By);
        return new NegotiationDecision(changes, next, [.. effects, new NegotiationEffect.Price(input)]);
    }

    private static NegotiationDecision TakeAnswer(
        DealChanges changes, NegotiationProgress progress, BuyerAnswered answered)
    {
        var answer = answered.Answer;
        switch (answer.Kind)
        {
            case BuyerAnswerKind.Accepted:
                changes.Deal = changes.Deal with { Accepted = answer, QuotationStatus = QuotationStatus.Accepted };
                changes.Note(answered.By, new QuotationAccepted(answer.Quotation, answer.Comment));
                return new NegotiationDecision(changes, progress, []);
            case BuyerAnswerKind.Rejected:
                changes.Deal = changes.Deal with { QuotationStatus = QuotationStatus.Declined };
                changes.Lose(answered.By, new QuotationDeclined(answer.Quotation, answer.Comment));
                return new NegotiationDecision(changes, progress, []);
            default:
                return Counter(changes, progress, answered);
        }
    }

    private static NegotiationDecision Counter(
        DealChanges changes, NegotiationProgress progress, BuyerAnswered answered)
    {
        var (answer, rounds) = (answered.Answer, progress.Rounds + 1);
        changes.Deal = changes.Deal with { QuotationStatus = QuotationStatus.Declined };
        changes.MoveTo(
            Stage.Negotiating,
            answered.By,
            new CounterOffered(answer.Quotation, answer.CounterPrice, answer.Comment));
        if (rounds == changes.State.Terms.MaxRounds)
        {
            changes.Note(StaffId.System, new RoundsEscalated(rounds));
            changes.Notify(InquiryNoticeKind.ManyRounds, dueAt: null);
        }

        return new NegotiationDecision(changes, progress with { Rounds = rounds }, []);
    }

    private static NegotiationDecision GiveUp(DealChanges changes, NegotiationProgress progress, GivenUp given)
    {
        var (free, effects) = DropApproval(changes, progress);
        changes.Lose(given.By, new DealLost(given.Reason));
        return new NegotiationDecision(changes, free, effects);
    }

    private static NegotiationDecision Discard(
        DealChanges changes, NegotiationProgress progress, Discarded discarded)
    {
        var (free, effects) = DropApproval(changes, progress);
        changes.Discard(discarded);
        return new NegotiationDecision(changes, free, effects);
    }

    private static NegotiationDecision AskForApproval(
        DealChanges changes, NegotiationProgress progress, PricedQuotation priced)
    {
        var (quotation, id) = (priced.Quotation, DealNumbering.NextApproval(changes.Deal));
        var request = DiscountApproval.For(changes.Deal, id, priced, quotation.OfferedBy);
        changes.Deal = changes.Deal with { Approvals = [.. changes.Deal.Approvals, id] };
        changes.Note(StaffId.System, new DiscountApprovalRequested(
            id, quotation.Number, quotation.Draft.DiscountPercent));
        return new NegotiationDecision(
            changes,
            progress with { Pending = new PendingOffer(priced, id) },
            [new NegotiationEffect.AskForApproval(request)]);
    }

    private static void Refuse(DealChanges changes, StaffId who, string? reason)
    {
        changes.Deal = changes.Deal with { QuotationStatus = QuotationStatus.Refused };
        changes.Note(who, new QuotationRefused(changes.Deal.Quotation!.Number, reason));
        changes.Notify(QuotationNoticeKind.DiscountRefused, reason);
    }

    private static NegotiationDecision Send(
        DealChanges changes, NegotiationProgress progress, PricedQuotation priced)
    {
        var quotation = priced.Quotation;
        changes.Deal = changes.Deal with { QuotationStatus = QuotationStatus.Sent };
        changes.MoveTo(
            Stage.Quoted, quotation.OfferedBy, new QuotationSent(quotation.Number, quotation.ValidUntil));
        changes.CountFirstResponse();
        changes.CountMessage(FactKind.Answered);
        changes.Count(FactKind.Quoted, quotation.Number, quotation.Total, percent: null);
        changes.Notify(QuotationNoticeKind.Offer, reason: null);
        DateTimeOffset? remindAt = priced.RemindAt > changes.Now ? priced.RemindAt : null;
        return new NegotiationDecision(changes, progress with { RemindAt = remindAt }, []);
    }

    private static (NegotiationProgress Progress, IReadOnlyList<NegotiationEffect> Effects) DropApproval(
        DealChanges changes, NegotiationProgress progress)
    {
        if (progress.Pending is not { Approval: var approval })
        {
            return (progress, []);
        }

        changes.Note(StaffId.System, new ApprovalSuperseded(approval));
        return (progress with { Pending = null }, [new NegotiationEffect.Supersede(approval)]);
    }
}
