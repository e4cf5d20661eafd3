using Workflows.Approvals;
using Workflows.Facts;
using Workflows.Inquiries;
using Workflows.Lifecycle;
using Workflows.Lifecycle.Timeline;
using Workflows.Quotations;
using Workflows.Trade;

namespace Workflows.Tests.Lifecycle;

/// <summary>Given a deal, when a signal or an answer comes, then these changes and effects.</summary>
public sealed class NegotiationTests
{
    private static readonly NegotiationProgress Fresh = new();
    private static readonly ApprovalId First = new($"{Given.Assigned.Id}-A1");
    private static readonly PendingOffer Pending = new(Given.Priced(DiscountOutcome.NeedsApproval), First);

    [Fact]
    public void An_offer_is_priced_as_the_next_version()
    {
        var decision = When(
            Given.Assigned, Fresh with { Versions = 2 }, new QuotationOffered("s1", Given.Mei, Given.Draft));

        var price = Assert.IsType<NegotiationEffect.Price>(Assert.Single(decision.Effects));
        Assert.Equal((3, Given.Mei), (price.Input.Version, price.Input.By));
        Assert.Equal(3, decision.Progress.Versions);
        Assert.Empty(decision.Changes.Entries);
    }

    [Fact]
    public void An_offer_voids_the_pending_approval_before_it_is_priced()
    {
        var decision = When(
            Given.Assigned, Fresh with { Pending = Pending }, new QuotationOffered("s1", Given.Mei, Given.Draft));

        Assert.Equal(new NegotiationEffect.Supersede(First), decision.Effects[0]);
        Assert.IsType<NegotiationEffect.Price>(decision.Effects[1]);
        Assert.Null(decision.Progress.Pending);
        Assert.Equal([new ApprovalSuperseded(First)], EventsOf(decision));
    }

    [Fact]
    public void A_free_quotation_goes_to_the_buyer_and_counts_as_the_first_response()
    {
        var decision = When(Given.Assigned, Fresh, Given.Priced(DiscountOutcome.Free));

        var deal = decision.Changes.Deal;
        Assert.Equal((Stage.Quoted, QuotationStatus.Sent), (deal.Stage, deal.QuotationStatus));
        Assert.Equal(Given.Now, deal.FirstHumanReplyAt);
        Assert.Equal([FactKind.FirstResponse, FactKind.Quoted], decision.Changes.Facts.Select(fact => fact.Kind));
        Assert.Equal(QuotationNoticeKind.Offer, Assert.Single(decision.Changes.Offers).Kind);
        Assert.Equal(Given.Now.AddDays(11), decision.Progress.RemindAt);
        Assert.Equal(
            new QuotationSent(Given.Quotation.Number, Given.Quotation.ValidUntil), EventsOf(decision)[^1]);
    }

    [Fact]
    public void A_quotation_that_ends_too_soon_for_a_reminder_has_none()
    {
        var priced = Given.Priced(DiscountOutcome.Free) with { RemindAt = Given.Now };
        Assert.Null(When(Given.Assigned, Fresh, priced).Progress.RemindAt);
    }

    [Fact]
    public void A_discount_above_the_limit_waits_for_an_approval_and_the_buyer_hears_nothing()
    {
        var decision = When(Given.Assigned, Fresh, Given.Priced(DiscountOutcome.NeedsApproval));

        var ask = Assert.IsType<NegotiationEffect.AskForApproval>(Assert.Single(decision.Effects));
        Assert.Equal((First, Given.Mei), (ask.Request.Id, ask.Request.Requester));
        Assert.Equal(First, decision.Progress.Pending?.Approval);
        Assert.Equal([First], decision.Changes.Deal.Approvals);
        Assert.Equal(QuotationStatus.PendingApproval, decision.Changes.Deal.QuotationStatus);
        Assert.Empty(decision.Changes.Offers);
        Assert.Equal(
            new DiscountApprovalRequested(First, Given.Quotation.Number, Given.Draft.DiscountPercent),
            EventsOf(decision)[^1]);
    }

    [Fact]
    public void A_discount_that_an_earlier_approval_covers_is_sent_at_once()
    {
        var approved = Fresh with { Approved = ApprovedTerms.Of(Given.Quotation) };
        var decision = When(Given.Assigned, approved, Given.Priced(DiscountOutcome.NeedsApproval));

        Assert.Empty(decision.Effects);
        Assert.Equal(QuotationStatus.Sent, decision.Changes.Deal.QuotationStatus);
        Assert.Contains(new ApprovalNotNeeded(Given.Quotation.Number), EventsOf(decision));
    }

    [Fact]
    public void A_discount_beyond_everyone_is_refused_with_the_reasons_of_the_rule()
    {
        var decision = When(Given.Assigned, Fresh, Given.Priced(DiscountOutcome.Refused));

        Assert.Equal(QuotationStatus.Refused, decision.Changes.Deal.QuotationStatus);
        Assert.Equal(
            new QuotationRefused(Given.Quotation.Number, "Because the rule says so."), EventsOf(decision)[^1]);
        Assert.Equal(
            (QuotationNoticeKind.DiscountRefused, "Because the rule says so."),
            decision.Changes.Offers.Select(notice => (notice.Kind, notice.Reason)).Single());
    }

    [Fact]
    public void A_doubtful_delivery_term_is_noted_and_does_not_stop_the_offer()
    {
        var priced = Given.Priced(DiscountOutcome.Free) with { Warnings = ["FOB does not suit air freight."] };
        var decision = When(Given.Assigned, Fresh, priced);

        Assert.Equal(
            ["FOB does not suit air freight."], EventsOf(decision).OfType<DeliveryQuestioned>().Single().Warnings);
        Assert.Equal(QuotationStatus.Sent, decision.Changes.Deal.QuotationStatus);
    }

    [Fact]
    public void An_approved_discount_goes_to_the_buyer_and_its_terms_are_remembered()
    {
        var decision = When(
            InApproval, Fresh with { Pending = Pending }, Given.Outcome(ApprovalVerdict.Approved, "for once"));

        Assert.Equal(new DiscountApproved(First, "for once"), EventsOf(decision)[0]);
        Assert.Equal(Given.Hanna, decision.Changes.Entries[0].Who);
        Assert.Equal(QuotationStatus.Sent, decision.Changes.Deal.QuotationStatus);
        Assert.True(decision.Progress.Approved!.Covers(Given.Quotation));
        Assert.Null(decision.Progress.Pending);
    }

    [Theory]
    [InlineData(ApprovalVerdict.Rejected, "too much")]
    [InlineData(ApprovalVerdict.Rejected, null)]
    [InlineData(ApprovalVerdict.Expired, "Nobody decided in time.")]
    public void A_discount_without_approval_never_reaches_the_buyer(ApprovalVerdict verdict, string? comment)
    {
        var decision = When(InApproval, Fresh with { Pending = Pending }, Given.Outcome(verdict, comment));

        Assert.Equal([new QuotationRefused(Given.Quotation.Number, comment)], EventsOf(decision));
        Assert.Equal(QuotationStatus.Refused, decision.Changes.Deal.QuotationStatus);
        Assert.Equal(QuotationNoticeKind.DiscountRefused, Assert.Single(decision.Changes.Offers).Kind);
        Assert.Null(decision.Progress.Approved);
    }

    [Fact]
    public void A_yes_is_kept_with_the_deal()
    {
        var decision = When(Given.Quoted, Fresh, new BuyerAnswered("s1", Given.Mei, Given.Yes));

        Assert.Equal(Given.Yes, decision.Changes.Deal.Accepted);
        Assert.Equal(QuotationStatus.Accepted, decision.Changes.Deal.QuotationStatus);
        Assert.Equal([new QuotationAccepted(Given.Quotation.Number, null)], EventsOf(decision));
    }

    [Fact]
    public void A_no_loses_the_deal()
    {
        var no = Given.Yes with { Kind = BuyerAnswerKind.Rejected, Comment = "too late" };
        var decision = When(Given.Quoted, Fresh, new BuyerAnswered("s1", Given.Mei, no));

        Assert.Equal(Stage.Lost, decision.Changes.Deal.Stage);
        Assert.Equal(new QuotationDeclined(Given.Quotation.Number, "too late"), decision.Changes.Deal.End);
        Assert.Equal(FactKind.DealLost, Assert.Single(decision.Changes.Facts).Kind);
    }

    [Fact]
    public void Counter_offers_reach_the_manager_at_the_limit_of_rounds_and_only_then()
    {
        var counter = new BuyerAnswered(
            "s1", Given.Mei, Given.Yes with { Kind = BuyerAnswerKind.Counter, CounterPrice = Money.Of(4500, "USD") });
        var first = When(Given.Quoted, Fresh, counter);
        var second = When(Given.Quoted, first.Progress, counter);
        var third = When(Given.Quoted, second.Progress, counter);

        Assert.Equal(
            [new CounterOffered(Given.Quotation.Number, Money.Of(4500, "USD"), null)], EventsOf(first));
        Assert.Equal(Stage.Negotiating, first.Changes.Deal.Stage);
        Assert.Equal(new RoundsEscalated(2), EventsOf(second)[^1]);
        Assert.Equal(InquiryNoticeKind.ManyRounds, Assert.Single(second.Changes.Notices).Kind);
        Assert.Empty(third.Changes.Notices);
    }

    [Fact]
    public void Giving_up_voids_the_pending_approval_and_loses_the_deal()
    {
        var decision = When(
            Given.Assigned, Fresh with { Pending = Pending }, new GivenUp("s1", Given.Mei, "no budget"));

        Assert.Equal([new NegotiationEffect.Supersede(First)], decision.Effects);
        Assert.Equal([new ApprovalSuperseded(First), new DealLost("no budget")], EventsOf(decision));
        Assert.Equal((Stage.Lost, new DealLost("no budget")), (decision.Changes.Deal.Stage, decision.Changes.Deal.End));
    }

    [Fact]
    public void Every_signal_is_a_sign_of_life()
    {
        var later = Given.Now.AddDays(3);
        var decision = Negotiation.Decide(
            Given.Quoted.State(), Fresh, new BuyerAnswered("s1", Given.Mei, Given.Yes), later);
        Assert.Equal(later, decision.Changes.State.LastSign);
    }

    [Fact]
    public void Refused_credit_takes_the_yes_back()
    {
        var changes = Negotiation.Reopen(
            Given.Ordered.State(), Given.Outcome(ApprovalVerdict.Rejected, comment: null), Given.Now);

        Assert.Equal((Stage.Negotiating, null), (changes.Deal.Stage, changes.Deal.Accepted));
        Assert.Equal([new NegotiationReopened(null)], changes.Entries.Select(entry => entry.What));
    }

    private static Deal InApproval => Given.Assigned with
    {
        Quotation = Given.Quotation,
        QuotationStatus = QuotationStatus.PendingApproval,
    };

    private static NegotiationDecision When(Deal given, NegotiationProgress progress, DealSignal signal) =>
        Negotiation.Decide(given.State(), progress, signal, Given.Now);

    private static NegotiationDecision When(Deal given, NegotiationProgress progress, PricedQuotation priced) =>
        Negotiation.Decide(given.State(), progress, priced, Given.Now);

    private static NegotiationDecision When(Deal given, NegotiationProgress progress, ApprovalOutcome outcome) =>
        Negotiation.Decide(given.State(), progress, outcome, Given.Now);

    private static IReadOnlyList<DealEvent> EventsOf(NegotiationDecision decision) =>
        [.. decision.Changes.Entries.Select(entry => entry.What)];
}
