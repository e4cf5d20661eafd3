using Workflows.Approvals;
using Workflows.Facts;
using Workflows.Inquiries;
using Workflows.Lifecycle;
using Workflows.Lifecycle.Timeline;
using Workflows.Quotations;
using Workflows.Trade;

namespace Workflows.Tests.Lifecycle;

/// <summary>What a negotiation waits for, and what happens when nobody acts.</summary>
public sealed class NegotiationClockTests
{
    private static readonly NegotiationProgress Fresh = new NegotiationProgress().WithClock(Given.Clock);
    private static readonly NegotiationProgress Answered = Fresh with { NextStage = FirstResponseStage.None };
    private static readonly PendingOffer Pending =
        new(Given.Priced(DiscountOutcome.NeedsApproval), new ApprovalId("A1"));

    [Theory]
    [InlineData(FirstResponseStage.Nudge, 1)]
    [InlineData(FirstResponseStage.Escalate, 2)]
    [InlineData(FirstResponseStage.Reassign, 3)]
    internal void An_unanswered_deal_waits_on_its_owners_clock(FirstResponseStage step, int hours)
    {
        var (waiting, timer) = Next(Given.Assigned, Fresh with { NextStage = step });
        Assert.Equal(
            (NegotiationTimer.FirstResponse, "mei", Given.Now.AddHours(hours)),
            (timer, waiting.Whom, waiting.Until!.Value));
    }

    [Fact]
    public void The_clock_stands_while_an_approval_is_pending()
    {
        var pending = Fresh with { Pending = Pending };
        var (waiting, timer) = NegotiationClock.Next(Frozen(Given.Assigned), pending, Given.Now);
        Assert.Equal((NegotiationTimer.None, "approver", null), (timer, waiting.Whom, waiting.Until));
    }

    [Fact]
    public void Deals_that_began_before_go_on_with_a_clock_that_runs_while_an_approval_is_pending()
    {
        var (waiting, timer) = Next(Given.Assigned, Fresh with { Pending = Pending });
        Assert.Equal((NegotiationTimer.FirstResponse, "approver"), (timer, waiting.Whom));
    }

    [Fact]
    public void What_the_buyer_holds_is_recalled_and_ends_while_a_new_version_waits()
    {
        var deal = Given.Quoted with { FirstHumanReplyAt = Given.Now };
        var (waiting, timer) = NegotiationClock.Next(Frozen(deal), Answered with { Pending = Pending }, Given.Now);
        Assert.Equal(
            (NegotiationTimer.QuotationExpiry, WaitingFor.DiscountApproval, Given.Quotation.ValidUntil),
            (timer, waiting.For, waiting.Until!.Value));
    }

    [Fact]
    public void A_pending_approval_is_waited_for_without_end_once_the_clock_is_over()
    {
        var (waiting, timer) = Next(Given.Assigned, Answered with { Pending = Pending });
        Assert.Equal((NegotiationTimer.None, (DateTimeOffset?)null), (timer, waiting.Until));
    }

    [Fact]
    public void A_sent_quotation_is_recalled_once_and_then_waits_for_its_end()
    {
        var sent = Given.Quoted with { FirstHumanReplyAt = Given.Now };
        var remindAt = Given.Now.AddDays(11);

        var (reminder, before) = Next(sent, Fresh with { RemindAt = remindAt });
        var (end, after) = Next(sent, Fresh with { RemindAt = null });
        Assert.Equal((NegotiationTimer.BuyerReminder, remindAt), (before, reminder.Until!.Value));
        Assert.Equal(
            (NegotiationTimer.QuotationExpiry, Given.Quotation.ValidUntil), (after, end.Until!.Value));
    }

    [Fact]
    public void Without_an_offer_silence_is_counted_from_the_last_sign_of_life()
    {
        var (waiting, timer) = Next(Given.Assigned with { FirstHumanReplyAt = Given.Now }, Fresh);
        Assert.Equal((NegotiationTimer.Silence, Given.Now.AddDays(45)), (timer, waiting.Until!.Value));
    }

    [Fact]
    public void A_wait_for_the_same_thing_keeps_its_beginning()
    {
        var since = Given.Now.AddDays(-2);
        var waited = Given.Assigned with
        {
            Waiting = new Waiting(WaitingFor.FirstResponse, "mei", since, Until: null, Then: null),
        };
        Assert.Equal(since, Next(waited, Fresh).Waiting.Since);
    }

    [Fact]
    public void A_late_first_response_is_reminded_then_escalated_then_another_owner_is_looked_for()
    {
        var reminded = WhenTimeIsUp(Given.Assigned, Fresh, NegotiationTimer.FirstResponse);
        Assert.Equal([new ResponseReminded()], EventsOf(reminded));
        Assert.Equal(
            (InquiryNoticeKind.Nudge, Given.Clock.EscalateAt),
            reminded.Changes.Notices.Select(notice => (notice.Kind, notice.DueAt!.Value)).Single());

        var escalated = WhenTimeIsUp(Given.Assigned, reminded.Progress, NegotiationTimer.FirstResponse);
        Assert.Equal([new ResponseEscalated(Given.Clock.EscalateAt)], EventsOf(escalated));

        var reassigned = WhenTimeIsUp(Given.Assigned, escalated.Progress, NegotiationTimer.FirstResponse);
        var assign = Assert.IsType<NegotiationEffect.AssignAnother>(Assert.Single(reassigned.Effects));
        Assert.Equal(Given.Mei, assign.Late);
        Assert.Equal([Given.Mei], assign.Except);
        Assert.Equal(FirstResponseStage.None, reassigned.Progress.NextStage);
    }

    [Fact]
    public void A_clock_that_a_handover_has_stopped_does_nothing()
    {
        var handedOver = Given.Assigned.State() with { FirstResponse = new(Given.Now, Given.Now, Given.Now) };
        var decision = NegotiationClock.Decide(handedOver, Fresh, NegotiationTimer.FirstResponse, Given.Now);
        Assert.Empty(decision.Changes.Entries);
    }

    [Fact]
    public void A_deal_is_taken_from_a_late_owner_or_stays_when_nobody_else_can_have_it()
    {
        var other = new Assignment(Given.Hanna, "least load", Given.Hanna, Given.Clock);
        var taken = NegotiationClock.Decide(Given.Assigned.State(), Given.Mei, other, Given.Now);
        Assert.Equal([new OwnerRelieved(Given.Mei)], taken.Entries.Select(entry => entry.What));
        Assert.Equal(InquiryNoticeKind.Reassigned, Assert.Single(taken.Notices).Kind);

        var nobody = other with { Owner = null, Reason = "nobody is free" };
        var kept = NegotiationClock.Decide(Given.Assigned.State(), Given.Mei, nobody, Given.Now);
        Assert.Equal([new OwnerKept(Given.Mei, "nobody is free")], kept.Entries.Select(entry => entry.What));
        Assert.Empty(kept.Notices);
    }

    [Fact]
    public void The_buyer_is_reminded_once()
    {
        var decision = WhenTimeIsUp(
            Given.Quoted, Answered with { RemindAt = Given.Now }, NegotiationTimer.BuyerReminder);
        Assert.Equal([new BuyerReminded(Given.Quotation.Number)], EventsOf(decision));
        Assert.Equal(QuotationNoticeKind.ExpiryReminder, Assert.Single(decision.Changes.Offers).Kind);
        Assert.Null(decision.Progress.RemindAt);
    }

    [Fact]
    public void A_quotation_lapses_into_negotiation_and_the_silence_begins()
    {
        var end = Given.Now.AddDays(14);
        var decision = NegotiationClock.Decide(
            Given.Quoted.State(), Answered, NegotiationTimer.QuotationExpiry, end);
        Assert.Equal(
            (Stage.Negotiating, QuotationStatus.Expired),
            (decision.Changes.Deal.Stage, decision.Changes.Deal.QuotationStatus));
        Assert.Equal(end, decision.Changes.State.LastSign);
        Assert.Equal([new QuotationLapsed(Given.Quotation.Number)], EventsOf(decision));
    }

    [Fact]
    public void Silence_loses_the_deal()
    {
        var decision = WhenTimeIsUp(Given.Assigned, Answered, NegotiationTimer.Silence);
        Assert.Equal(Stage.Lost, decision.Changes.Deal.Stage);
        Assert.Equal([new DealWentSilent(45)], EventsOf(decision));
        Assert.Equal(FactKind.DealLost, Assert.Single(decision.Changes.Facts).Kind);
    }

    private static DealState Frozen(Deal given) => given.State() with
    {
        Terms = given.State().Terms with { Revision = DealTerms.FreezesOffers },
    };

    private static (Waiting Waiting, NegotiationTimer Timer) Next(Deal given, NegotiationProgress progress) =>
        NegotiationClock.Next(given.State(), progress, Given.Now);

    private static NegotiationDecision WhenTimeIsUp(
        Deal given, NegotiationProgress progress, NegotiationTimer timer) =>
        NegotiationClock.Decide(given.State(), progress, timer, Given.Now);

    private static IReadOnlyList<DealEvent> EventsOf(NegotiationDecision decision) =>
        [.. decision.Changes.Entries.Select(entry => entry.What)];
}
