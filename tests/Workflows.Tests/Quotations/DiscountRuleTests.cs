using Workflows.Approvals.Kinds;
using Workflows.Quotations;
using Workflows.Tests.Approvals.Kinds;

namespace Workflows.Tests.Quotations;

public class DiscountRuleTests
{
    // Sales 5, manager 10, director 15, floor margin 8. The list price of 20 leaves room for any of these.
    [Theory]
    [InlineData(0, DiscountOutcome.Free)]
    [InlineData(4, DiscountOutcome.Free)]
    [InlineData(5.0, DiscountOutcome.Free)]
    [InlineData(5.01, DiscountOutcome.NeedsApproval)]
    [InlineData(10, DiscountOutcome.NeedsApproval)]
    [InlineData(10.01, DiscountOutcome.NeedsApproval)]
    [InlineData(15, DiscountOutcome.NeedsApproval)]
    [InlineData(15.01, DiscountOutcome.Refused)]
    [InlineData(16, DiscountOutcome.Refused)]
    public void Limits_are_included(double percent, DiscountOutcome outcome)
    {
        var decision = DiscountRule.Decide(
            Drafts.Price(Drafts.Draft((decimal)percent, Drafts.Line(cost: 10))), Drafts.Policy);

        Assert.Equal(outcome, decision.Outcome);
        Assert.NotEmpty(decision.Reasons);
    }

    [Theory]
    [InlineData(18.40, DiscountOutcome.Free)] // Exactly 8%.
    [InlineData(18.41, DiscountOutcome.NeedsApproval)] // 7.95%.
    [InlineData(18.4001, DiscountOutcome.NeedsApproval)] // 7.9995%, which must not be rounded to the floor.
    [InlineData(25, DiscountOutcome.NeedsApproval)] // At a loss.
    public void Below_the_floor_margin_somebody_must_decide(double cost, DiscountOutcome outcome)
    {
        var decision = DiscountRule.Decide(
            Drafts.Price(Drafts.Draft(0, Drafts.Line(price: 20, cost: (decimal)cost))), Drafts.Policy);

        Assert.Equal(outcome, decision.Outcome);
        Assert.Contains(decision.Reasons, reason => reason.Contains("floor of 8%", StringComparison.Ordinal));
    }

    [Fact]
    public void An_unknown_cost_asks_an_approver_and_is_said()
    {
        var decision = DiscountRule.Decide(Drafts.Price(Drafts.Draft(4, Drafts.Line(cost: null))), Drafts.Policy);

        Assert.Equal(DiscountOutcome.NeedsApproval, decision.Outcome);
        Assert.Contains(
            "The margin is unknown, because no cost is given for RF-BV50: the floor of 8% is not proven, and an "
                + "approver decides.",
            decision.Reasons);
    }

    [Theory]
    [InlineData(25, 0, DiscountOutcome.Free, null)]
    [InlineData(20, 0, DiscountOutcome.Free, null)] // As before.
    [InlineData(19, 0, DiscountOutcome.Free, 5.0)]
    [InlineData(19, 1, DiscountOutcome.NeedsApproval, 5.95)]
    [InlineData(18.9, 0, DiscountOutcome.NeedsApproval, 5.5)]
    [InlineData(19, 20, DiscountOutcome.Refused, 24.0)] // The discount alone is more than anybody may give.
    [InlineData(18.6, 9, DiscountOutcome.NeedsApproval, 15.37)] // An earlier price may have been wrong.
    public void A_lower_list_price_than_before_is_a_discount(
        double price, double percent, DiscountOutcome outcome, double? effective)
    {
        var draft = Drafts.Draft((decimal)percent, Drafts.Line(price: (decimal)price, cost: 10));
        var quotation = QuotationPricing.Against(Drafts.Price(draft), [20m]);

        Assert.Equal((decimal?)effective, quotation.EffectiveDiscountPercent);
        Assert.Equal(outcome, DiscountRule.Decide(quotation, Drafts.Policy).Outcome);
    }

    [Theory]
    [InlineData(18.50, DiscountOutcome.Free)] // The policy's floor for it.
    [InlineData(18.49, DiscountOutcome.NeedsApproval)]
    public void Below_the_floor_price_of_a_product_an_approver_decides(double price, DiscountOutcome outcome)
    {
        var draft = Drafts.Draft(0, Drafts.Line(price: (decimal)price, cost: 10));

        Assert.Equal(outcome, DiscountRule.Decide(Drafts.Price(draft), Drafts.Policy).Outcome);
    }

    [Fact]
    public void Reasons_are_for_people()
    {
        var decision = DiscountRule.Decide(
            Drafts.Price(Drafts.Draft(12, Drafts.Line(price: 24, cost: 12))), Drafts.Policy);

        Assert.Equal(
            [
                "A discount of 12% is above the 5% of sales; the director decides up to 15%.",
                "The margin of 43.18% keeps the floor of 8%.",
            ],
            decision.Reasons);
    }

    [Fact]
    public void Without_any_level_everything_above_the_own_limit_is_refused()
    {
        var policy = Drafts.Policy.With(ApprovalKind.Discount);

        Assert.Equal(
            DiscountOutcome.Refused,
            DiscountRule.Decide(Drafts.Price(Drafts.Draft(6, Drafts.Line(cost: 10))), policy).Outcome);
        Assert.Equal(
            DiscountOutcome.Refused,
            DiscountRule.Decide(Drafts.Price(Drafts.Draft(0, Drafts.Line(cost: 20))), policy).Outcome);
    }
}
