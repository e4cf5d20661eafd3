using Workflows.Approvals;
using Workflows.Facts;
using Workflows.Inquiries;
using Workflows.Platform;
using Workflows.Quotations;
using Workflows.Trade;

namespace Workflows.Lifecycle;

/// <summary>
/// From the first response to the buyer's yes: offers, approvals of discounts, answers, counter-offers, silence.
/// </summary>
internal sealed class Negotiation(DealProcess process)
{
    private readonly List<StaffId> _late = [];
    private FirstResponsePlan _firstResponse = process.FirstResponse!;
    private FirstResponseStage _nextStep = FirstResponseStage.Nudge;
    private OfferInApproval? _inApproval;
    private ApprovedTerms? _approved;
    private DateTimeOffset? _remindAt;
    private int _versions;
    private int _rounds;

    private enum FirstResponseStage
    {
        Nudge,
        Escalate,
        Reassign,
        None,
    }

    private Deal Deal => process.Deal;

    /// <summary>Runs until the buyer accepts or the deal has ended.</summary>
    /// <returns>Whether the buyer accepted.</returns>
    public async Task<bool> WinAsync()
    {
        process.ShowLife();
        while (!Deal.HasEnded && Deal.Accepted is null)
        {
            var (waiting, whenTimeIsUp) = Next();
            var signal = await process.WaitAsync(waiting, _inApproval?.Decision);
            if (_inApproval is { Decision.IsCompleted: true } decided)
            {
                await TakeDecisionAsync(decided);
            }

            if (signal is not null)
            {
                process.ShowLife();
                await TakeAsync(signal);
            }
            else if (process.Now >= waiting.Until)
            {
                await whenTimeIsUp();
            }
        }

        return Deal.Accepted is not null;
    }

    /// <summary>The buyer's yes could not be kept: other terms are wanted.</summary>
    public void Reopen(StaffId who, string why)
    {
        process.Deal = Deal with { Accepted = null, QuotationStatus = QuotationStatus.Declined };
        process.MoveTo(Stage.Negotiating, who, "Back to negotiation", why);
    }

    private (Waiting Waiting, Func<Task> WhenTimeIsUp) Next()
    {
        if (_firstResponse != process.FirstResponse)
        {
            (_firstResponse, _nextStep) = (process.FirstResponse!, FirstResponseStage.Nudge);
        }

        if (Deal.FirstHumanReplyAt is null && _nextStep != FirstResponseStage.None)
        {
            var (due, then) = _nextStep switch
            {
                FirstResponseStage.Nudge => (_firstResponse.NudgeAt, "The owner is reminded"),
                FirstResponseStage.Escalate => (_firstResponse.EscalateAt, "The manager is told"),
                _ => (_firstResponse.ReassignAt, "Another owner takes over"),
            };
            return (
                Wait(_inApproval is null ? "the first response" : ApprovalText, ActingPerson, due, then),
                FirstResponseIsLateAsync);
        }

        if (_inApproval is not null)
        {
            return (Wait(ApprovalText, "approver", until: null, then: null), () => Task.CompletedTask);
        }

        if (Deal is { QuotationStatus: QuotationStatus.Sent, Quotation: { } quotation })
        {
            return _remindAt is { } remindAt
                ? (Wait("the buyer's answer", "buyer", remindAt, "The buyer is reminded"), RemindBuyerAsync)
                : (Wait("the buyer's answer", "buyer", quotation.ValidUntil, "The quotation expires"), ExpireAsync);
        }

        var silence = process.LastSign + TimeSpan.FromDays(process.Terms.SilenceDays);
        return (Wait("a quotation", Deal.Owner?.Value ?? "owner", silence, "The deal counts as lost"), GoSilentAsync);
    }

    private string ApprovalText =>
        $"approval of {DealTexts.Percent(_inApproval!.Priced.Quotation.Draft.DiscountPercent)} discount";

    private string ActingPerson => _inApproval is null ? Deal.Owner?.Value ?? "owner" : "approver";

    private Waiting Wait(string what, string whom, DateTimeOffset? until, string? then) =>
        new(what, whom, Deal.Waiting is { } before && before.For == what ? before.Since : process.Now, until, then);

    private async Task TakeAsync(DealSignal signal)
    {
        switch (signal)
        {
            case QuotationOffered offered:
                await OfferAsync(offered);
                break;
            case BuyerAnswered { Answer.Kind: BuyerAnswerKind.Accepted } answered:
                process.Deal = Deal with { Accepted = answered.Answer, QuotationStatus = QuotationStatus.Accepted };
                process.Note(answered.By, $"The buyer accepted {answered.Answer.Quotation}", answered.Answer.Comment);
                break;
            case BuyerAnswered { Answer.Kind: BuyerAnswerKind.Rejected } answered:
                process.Deal = Deal with { QuotationStatus = QuotationStatus.Declined };
                process.Count(FactKind.DealLost, note: answered.Answer.Comment);
                process.End(
                    Stage.Lost, answered.By, "The buyer declined", answered.Answer.Comment ?? "no reason given");
                break;
            case BuyerAnswered answered:
                Counter(answered);
                break;
            case GivenUp given:
                DropApproval();
                Intake.GiveUp(process, given);
                break;
        }
    }

    private async Task OfferAsync(QuotationOffered offered)
    {
        DropApproval();
        var version = ++_versions;
        var priced = await PriceQuotation.CallAsync(
            process.Context, new PriceInput(Deal.Id, version, offered.Draft, offered.By));
        process.Deal = Deal with { Quotation = priced.Quotation, QuotationStatus = QuotationStatus.PendingApproval };
        process.Note(
            offered.By,
            $"Quotation {priced.Quotation.Number}: {priced.Quotation.Total}, "
                + $"{DealTexts.Percent(offered.Draft.DiscountPercent)} discount",
            string.Join(" ", priced.Decision.Reasons));
        if (priced.Warnings.Count > 0)
        {
            process.Note(StaffId.System, "The delivery term wants a second look", string.Join(" ", priced.Warnings));
        }

        switch (priced.Decision.Outcome)
        {
            case DiscountOutcome.Refused:
                Refuse(priced.Quotation, StaffId.System, string.Join(" ", priced.Decision.Reasons));
                break;
            case DiscountOutcome.NeedsApproval when _approved?.Covers(priced.Quotation) != true:
                AskForApproval(priced, offered.By);
                break;
            case DiscountOutcome.NeedsApproval:
                process.Note(
                    StaffId.System, "No new approval needed", "The terms are no worse than the ones approved before");
                Send(priced);
                break;
            default:
                Send(priced);
                break;
        }
    }

    private void AskForApproval(PricedQuotation priced, StaffId requester)
    {
        var request = DiscountApproval.For(Deal, process.NextApprovalId(), priced, requester);
        process.Deal = Deal with { Approvals = [.. Deal.Approvals, request.Id] };
        process.Note(StaffId.System, "Discount approval asked for", request.Subject.Heading());
        var decision = Approval.CallAsync(process.Context, request, new SubOrchestrationCallOptions(request.Id.Value));
        _inApproval = new OfferInApproval(priced, request.Id, decision);
    }

    private async Task TakeDecisionAsync(OfferInApproval offer)
    {
        _inApproval = null;
        var outcome = await offer.Decision;
        if (outcome.Verdict == ApprovalVerdict.Approved)
        {
            _approved = ApprovedTerms.Of(offer.Priced.Quotation);
            process.Note(outcome.DecidedBy, "Discount approved", outcome.Comment);
            Send(offer.Priced);
            return;
        }

        var why = outcome.Verdict == ApprovalVerdict.Expired
            ? "Nobody decided in time"
            : outcome.Comment ?? "no reason given";
        Refuse(offer.Priced.Quotation, outcome.DecidedBy, why);
    }

    private void Refuse(Quotation quotation, StaffId who, string why)
    {
        process.Deal = Deal with { QuotationStatus = QuotationStatus.Refused };
        process.Note(who, $"Quotation {quotation.Number} refused", why);
        process.Tell(QuotationNoticeKind.DiscountRefused, why);
    }

    private void Send(PricedQuotation priced)
    {
        process.Deal = Deal with { QuotationStatus = QuotationStatus.Sent };
        process.MoveTo(
            Stage.Quoted, priced.Quotation.OfferedBy, $"Quotation {priced.Quotation.Number} sent",
            $"valid until {DealTexts.Day(DateOnly.FromDateTime(priced.Quotation.ValidUntil.UtcDateTime))}");
        StageIndependentSignals.CountFirstResponse(process);
        process.Count(FactKind.Quoted, priced.Quotation.Total, key: priced.Quotation.Number);
        _remindAt = priced.RemindAt > process.Now ? priced.RemindAt : null;
        process.Tell(QuotationNoticeKind.Offer);
    }

    private void Counter(BuyerAnswered answered)
    {
        process.Deal = Deal with { QuotationStatus = QuotationStatus.Declined };
        var price = answered.Answer.CounterPrice is { } wanted ? $": {wanted}" : "";
        process.MoveTo(
            Stage.Negotiating, answered.By, $"The buyer made a counter-offer{price}", answered.Answer.Comment);
        if (++_rounds == process.Terms.MaxRounds)
        {
            process.Note(StaffId.System, $"The manager is told: {_rounds} counter-offers");
            process.Tell(InquiryNoticeKind.ManyRounds);
        }
    }

    private async Task FirstResponseIsLateAsync()
    {
        switch (_nextStep++)
        {
            case FirstResponseStage.Nudge:
                process.Note(StaffId.System, "The owner was reminded of the first response");
                process.Tell(InquiryNoticeKind.Nudge, _firstResponse.EscalateAt);
                break;
            case FirstResponseStage.Escalate:
                process.Note(
                    StaffId.System,
                    $"The manager was told: no response by {DealTexts.Moment(_firstResponse.EscalateAt)}");
                process.Tell(InquiryNoticeKind.Escalate, _firstResponse.ReassignAt);
                break;
            default:
                await ReassignAsync();
                break;
        }
    }

    private async Task ReassignAsync()
    {
        // Everybody has it once at the most; then it stays, and the silence is counted.
        var late = Deal.Owner!.Value;
        _late.Add(late);
        var assignment = await Intake.AssignAsync(process, [.. _late], process.Now);
        if (assignment.Owner is null)
        {
            process.Note(StaffId.System, $"Stays with {late}", assignment.Reason);
            return;
        }

        process.Note(StaffId.System, $"Taken from {late}", "No first response in time");
        process.Tell(InquiryNoticeKind.Reassigned, assignment.FirstResponse.EscalateAt);
    }

    private Task RemindBuyerAsync()
    {
        _remindAt = null;
        process.Note(StaffId.System, "The buyer was reminded of the quotation");
        process.Tell(QuotationNoticeKind.ExpiryReminder);
        return Task.CompletedTask;
    }

    private Task ExpireAsync()
    {
        process.ShowLife();
        process.Deal = Deal with { QuotationStatus = QuotationStatus.Expired };
        process.MoveTo(Stage.Negotiating, StaffId.System, $"Quotation {Deal.Quotation!.Number} expired");
        process.Tell(QuotationNoticeKind.Expired);
        return Task.CompletedTask;
    }

    private Task GoSilentAsync()
    {
        Intake.GiveUp(
            process, new GivenUp("", StaffId.System, $"No sign of life for {process.Terms.SilenceDays} days"));
        return Task.CompletedTask;
    }

    private void DropApproval()
    {
        if (_inApproval is { } offer)
        {
            process.Supersede(offer.Id);
            process.Note(StaffId.System, $"Approval {offer.Id} no longer stands");
            _inApproval = null;
        }
    }

    private sealed record OfferInApproval(PricedQuotation Priced, ApprovalId Id, Task<ApprovalOutcome> Decision);
}
