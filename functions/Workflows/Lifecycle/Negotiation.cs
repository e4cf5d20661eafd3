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

    /// <summary>
    /// Whether a signal takes back what an approver is asked: another offer, none, or the buyer's yes or no to the one
    /// they hold.
    /// </summary>
    public static bool TakesBack(DealSignal signal) => signal is QuotationOffered or GivenUp or Discarded
        or BuyerAnswered { Answer.Kind: BuyerAnswerKind.Accepted or BuyerAnswerKind.Rejected };

    /// <summary>Decides on a draft that was priced: it is sent, refused, or needs an approval.</summary>
    public static NegotiationDecision Decide(
        DealState state, NegotiationProgress progress, PricedQuotation priced, DateTimeOffset now)
    {
        var (quotation, decision) = (priced.Quotation, priced.Decision);
        var changes = new DealChanges(state, now);
        progress = Resume(changes, progress, priced);
        Show(changes, quotation, QuotationStatus.PendingApproval);
        changes.Note(quotation.OfferedBy, new QuotationPriced(
            quotation.Number, quotation.Total, quotation.Draft.DiscountPercent, decision.Reasons));
        if (priced.Warnings.Count > 0)
        {
            changes.Note(StaffId.System, new DeliveryQuestioned(priced.Warnings));
        }

        switch (decision.Outcome)
        {
            case DiscountOutcome.Refused:
                Refuse(changes, quotation, StaffId.System, string.Join(" ", decision.Reasons));
                return new NegotiationDecision(changes, progress, []);
            case DiscountOutcome.NeedsApproval when !IsCovered(state, progress, quotation):
                return AskForApproval(changes, progress, priced);
            case DiscountOutcome.NeedsApproval:
                changes.Note(StaffId.System, new ApprovalNotNeeded(quotation.Number));
                break;
        }

        return Send(changes, progress, priced);
    }

    /// <summary>
    /// What must be dated again after an approval: an offer that goes out then, and a first-response clock that
    /// runs on. Null when nothing must.
    /// </summary>
    public static PriceInput? DatesAt(DealState state, NegotiationProgress progress, ApprovalOutcome outcome)
    {
        var (priced, paused) = (progress.Pending!.Priced, PausedClockOf(state));
        return state.FreezesOffers && (outcome.Verdict == ApprovalVerdict.Approved || paused is not null)
            ? new PriceInput(
                state.Deal.Id, priced.Quotation.Version, priced.Quotation.Draft, priced.Quotation.OfferedBy, priced,
                paused, CountryOf(state))
            : null;
    }

    /// <summary>Decides on the outcome of the pending offer's approval.</summary>
    public static NegotiationDecision Decide(
        DealState state, NegotiationProgress progress, ApprovalOutcome outcome, DateTimeOffset now)
    {
        var changes = new DealChanges(state, now);
        var (priced, approval) = progress.Pending!;
        var decided = Resume(changes, progress with { Pending = null }, priced);
        if (outcome.Verdict != ApprovalVerdict.Approved)
        {
            Refuse(changes, priced.Quotation, outcome.DecidedBy, outcome.Comment);
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

    /// <summary>The buyer's yes could not be kept: nobody knows any more what payment terms it was given to.</summary>
    public static DealChanges Reopen(DealState state, DateTimeOffset now)
    {
        var changes = new DealChanges(state, now);
        var terms = changes.Deal.Quotation!.Draft.PaymentTerms;
        changes.Deal = changes.Deal with { Accepted = null, QuotationStatus = QuotationStatus.Declined };
        changes.MoveTo(Stage.Negotiating, StaffId.System, new OfferedTermsMissing(terms));
        return changes;
    }

    private static string? CountryOf(DealState state) => state.FreezesOffers ? state.Deal.Inquiry.Buyer.Country : null;

    private static bool IsCovered(DealState state, NegotiationProgress progress, Quotation quotation) =>
        progress.Approved is { } approved
        && (state.Terms.Revision is null ? approved.CoversAtFirst(quotation) : approved.Covers(quotation));

    private static NegotiationDecision Offer(
        DealChanges changes, NegotiationProgress progress, QuotationOffered offered)
    {
        var (free, effects) = DropApproval(changes, progress);
        var next = free with { Versions = free.Versions + 1 };
        var input = new PriceInput(
            changes.Deal.Id, next.Versions, offered.Draft, offered.By, Paused: PausedClockOf(changes.State),
            Country: CountryOf(changes.State));
        return new NegotiationDecision(changes, next, [.. effects, new NegotiationEffect.Price(input)]);
    }

    private static NegotiationDecision TakeAnswer(
        DealChanges changes, NegotiationProgress progress, BuyerAnswered answered)
    {
        var answer = answered.Answer;
        if (answer.Kind == BuyerAnswerKind.Counter)
        {
            return Counter(changes, progress, answered);
        }

        // What the buyer holds is answered: a newer version goes out no more.
        var (free, effects) = DropApproval(changes, progress);
        changes.Deal = changes.Deal with { Unsent = null };
        if (answer.Kind == BuyerAnswerKind.Accepted)
        {
            changes.Deal = changes.Deal with { Accepted = answer, QuotationStatus = QuotationStatus.Accepted };
            changes.Note(answered.By, new QuotationAccepted(answer.Quotation, answer.Comment));
        }
        else
        {
            changes.Deal = changes.Deal with { QuotationStatus = QuotationStatus.Declined };
            changes.Lose(answered.By, new QuotationDeclined(answer.Quotation, answer.Comment));
        }

        return new NegotiationDecision(changes, free, effects);
    }

    private static NegotiationDecision Counter(
        DealChanges changes, NegotiationProgress progress, BuyerAnswered answered)
    {
        var (answer, rounds) = (answered.Answer, progress.Rounds + 1);
        changes.EndOffer(QuotationStatus.Declined);
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
        if (changes.State.FreezesOffers && changes.Deal.FirstHumanReplyAt is null)
        {
            changes.State = changes.State with { PausedSince = changes.Now };
        }

        changes.Note(StaffId.System, new DiscountApprovalRequested(
            id, quotation.Number, quotation.JudgedDiscountPercent));
        return new NegotiationDecision(
            changes,
            progress with { Pending = new PendingOffer(priced, id) },
            [new NegotiationEffect.AskForApproval(request)]);
    }

    private static void Refuse(DealChanges changes, Quotation quotation, StaffId who, string? reason)
    {
        Show(changes, quotation, QuotationStatus.Refused);
        changes.Note(who, new QuotationRefused(quotation.Number, reason));
        changes.Notify(QuotationNoticeKind.DiscountRefused, quotation, reason);
    }

    // What the buyer holds stands until the next one goes out.
    private static void Show(DealChanges changes, Quotation quotation, QuotationStatus status)
    {
        var stands = changes.State.FreezesOffers && changes.Deal.QuotationStatus == QuotationStatus.Sent;
        changes.Deal = stands && status != QuotationStatus.Sent
            ? changes.Deal with { Unsent = new UnsentQuotation(quotation, status) }
            : changes.Deal with { Quotation = quotation, QuotationStatus = status, Unsent = null };
    }

    private static PausedClock? PausedClockOf(DealState state) =>
        state is { PausedSince: { } since, FirstResponse: { } clock } ? new PausedClock(clock, since) : null;

    // A clock that has stood runs on at the stage at which it was stopped.
    private static NegotiationProgress Resume(
        DealChanges changes, NegotiationProgress progress, PricedQuotation priced)
    {
        if (priced.Clock is not { } clock)
        {
            return progress;
        }

        changes.State = changes.State.WithClock(clock, changes.Now) with { PausedSince = null };
        return progress with { Clock = clock };
    }

    private static NegotiationDecision Send(
        DealChanges changes, NegotiationProgress progress, PricedQuotation priced)
    {
        var quotation = priced.Quotation;
        Show(changes, quotation, QuotationStatus.Sent);
        changes.MoveTo(
            Stage.Quoted,
            quotation.OfferedBy,
            new QuotationSent(quotation.Number, quotation.ValidUntil) { ValidOn = quotation.ValidOn });
        changes.CountFirstResponse();
        changes.CountMessage(FactKind.Answered);
        changes.Count(FactKind.Quoted, quotation.Number, quotation.Total, percent: null);
        changes.Notify(QuotationNoticeKind.Offer, quotation, reason: null);
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
