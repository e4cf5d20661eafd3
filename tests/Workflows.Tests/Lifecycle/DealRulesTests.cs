using Workflows.Lifecycle;
using Workflows.Orders;
using Workflows.Quotations;
using Workflows.Trade;

namespace Workflows.Tests.Lifecycle;

public sealed class DealRulesTests
{
    private static readonly QuotationOffered Offer = new("s1", Given.Mei, Given.Draft);
    private static readonly BuyerAnswered Answer = new("s2", Given.Mei, Given.Yes);
    private static readonly GivenUp Stop = new("s3", Given.Mei, "no budget");

    [Fact]
    public void A_deal_that_has_ended_takes_nothing_more() =>
        Assert.Equal(new DealRefusal.Ended(Stage.Lost), Refusal(Given.Assigned with { Stage = Stage.Lost }, Offer));

    [Fact]
    public void A_quotation_needs_an_owner_first()
    {
        Assert.NotNull(Refusal(Given.Received, Offer));
        Assert.Null(Refusal(Given.Assigned, Offer));
    }

    [Fact]
    public void A_revised_quotation_is_taken_until_the_buyer_has_accepted_one()
    {
        Assert.Null(Refusal(Given.Quoted, Offer));
        Assert.NotNull(Refusal(Given.Quoted with { Accepted = Given.Yes }, Offer));
    }

    [Fact]
    public void An_answer_is_taken_only_to_the_quotation_the_buyer_has()
    {
        Assert.Null(Refusal(Given.Quoted, Answer));
        Assert.NotNull(Refusal(Given.Assigned, Answer));
        Assert.NotNull(Refusal(Given.Quoted, Answer with { Answer = Given.Yes with { Quotation = "D-TEST-Q0" } }));
    }

    [Theory]
    [InlineData(QuotationStatus.PendingApproval)]
    [InlineData(QuotationStatus.Refused)]
    [InlineData(QuotationStatus.Declined)]
    [InlineData(QuotationStatus.Expired)]
    public void A_quotation_the_buyer_does_not_have_cannot_be_answered(QuotationStatus status) =>
        Assert.Equal(
            new DealRefusal.QuotationNotOpen(status), Refusal(Given.Quoted with { QuotationStatus = status }, Answer));

    [Fact]
    public void An_answer_counts_until_the_last_moment_of_validity()
    {
        var validUntil = Given.Quotation.ValidUntil;
        Assert.Null(DealRules.Refusal(Given.Quoted, Answer, validUntil));
        Assert.NotNull(DealRules.Refusal(Given.Quoted, Answer, validUntil.AddTicks(1)));
    }

    [Fact]
    public void Milestones_come_in_their_order_and_once()
    {
        Assert.Equal(new DealRefusal.NoOrder(), Refusal(Given.Quoted, Reached(MilestoneKind.Produced)));
        Assert.Null(Refusal(Given.Ordered, Reached(MilestoneKind.Produced)));
        Assert.Equal(
            new DealRefusal.MilestoneMissing(MilestoneKind.Produced, MilestoneKind.Shipped),
            Refusal(Given.Ordered, Reached(MilestoneKind.Shipped)));
        Assert.Null(Refusal(Given.Ordered.With(MilestoneKind.Produced), Reached(MilestoneKind.Shipped)));
        Assert.Equal(
            new DealRefusal.MilestoneAlreadyReached(MilestoneKind.Produced),
            Refusal(Given.Ordered.With(MilestoneKind.Produced), Reached(MilestoneKind.Produced)));
        Assert.NotNull(Refusal(Given.Ordered.With(MilestoneKind.Produced), Reached(MilestoneKind.DocumentsSent)));
    }

    [Fact]
    public void A_hold_refuses_its_milestone_and_no_other()
    {
        var held = Given.Ordered with { Holds = [new Hold(MilestoneKind.Produced)] };
        Assert.Equal(
            new DealRefusal.MilestoneHeld(MilestoneKind.Produced), Refusal(held, Reached(MilestoneKind.Produced)));
        var documents = Given.Ordered with { Holds = [new Hold(MilestoneKind.DocumentsSent)] };
        Assert.Null(Refusal(documents, Reached(MilestoneKind.Produced)));
    }

    [Fact]
    public void Shipped_goods_cannot_be_cancelled()
    {
        Assert.Null(Refusal(Given.Ordered.With(MilestoneKind.Produced), Stop));
        Assert.NotNull(Refusal(Given.Ordered.With(MilestoneKind.Produced, MilestoneKind.Shipped), Stop));
    }

    [Fact]
    public void A_deal_is_not_handed_to_whom_it_belongs()
    {
        Assert.NotNull(Refusal(Given.Assigned, new HandedOver("s4", Given.Mei, Given.Mei, "")));
        Assert.Null(Refusal(Given.Assigned, new HandedOver("s4", Given.Mei, new StaffId("diego"), "leave")));
    }

    private static DealRefusal? Refusal(Deal deal, DealSignal signal) => DealRules.Refusal(deal, signal, Given.Now);

    private static MilestoneReached Reached(MilestoneKind kind) =>
        new("s5", Given.Mei, new Milestone(kind, DateOnly.FromDateTime(Given.Now.UtcDateTime), null));
}
