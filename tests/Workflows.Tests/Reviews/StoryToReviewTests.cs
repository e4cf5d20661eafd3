using Workflows.Facts;
using Workflows.Lifecycle;
using Workflows.Orders;
using Workflows.Quotations;
using Workflows.Reviews;
using Workflows.Tests.Lifecycle;
using Workflows.Trade;

namespace Workflows.Tests.Reviews;

/// <summary>What deals do is what reviews count.</summary>
public class StoryToReviewTests
{
    [Fact]
    public async Task A_deal_on_its_way_shows_in_every_figure_of_its_month()
    {
        await using var deal = await DealScenario.StartAsync();
        await deal.OrderAsync();
        var invoices = await deal.InvoicesAsync();
        await deal.PayAsync(invoices[0]);
        await deal.ReachAsync(MilestoneKind.Produced);
        await deal.ReachAsync(MilestoneKind.Shipped);

        var report = await ReviewAsync(deal, "2026-11");

        var total = report.Total;
        Assert.Equal((1, 0, 1, 1), (total.Received, total.Discarded, total.QuotationsSent, total.OrdersWon));
        Assert.Equal((100m, 100m, 100m, 100m),
            (
                total.ResponseRatePercent, total.QuoteRatePercent, total.PeriodConversionPercent,
                total.CohortConversionPercent));
        Assert.Equal(
            (Money.Of(4800, "USD"), Money.Of(200, "USD"), 4m),
            (total.WonValue, total.Discounts, total.DiscountPercent));
        Assert.Equal(Money.Of(4800, "USD"), total.Invoiced);
        Assert.Equal(Money.Of(1440, "USD"), total.CashReceived);
        Assert.Equal(Money.Of(3360, "USD"), report.Receivables.Total.Due);
        var owner = (await deal.DealAsync()).Owner!.Value;
        Assert.Equal(total, report.Salespeople.Single(person => person.Id == owner.Value).Figures);
        Assert.Equal(total, report.Regions.Single(region => region.Id == "emea").Figures);
        Assert.Equal(owner, report.Best!.Id);
    }

    [Fact]
    public async Task An_unanswered_inquiry_counts_for_whom_it_was_assigned_to()
    {
        await using var deal = await DealScenario.StartAsync();
        await deal.ReceiveAsync();
        var owner = (await deal.DealAsync()).Owner!.Value;
        await deal.Scenario.AdvanceAsync(TimeSpan.FromMinutes(1));

        var report = await ReviewAsync(deal, "2026-11");

        var person = report.Salespeople.Single(person => person.Id == owner.Value);
        Assert.Equal((1, 0, null), (person.Figures.Valid, person.Figures.Answered, person.Figures.ResponseRatePercent));
    }

    [Fact]
    public async Task A_lost_deal_is_counted_with_its_reason()
    {
        await using var deal = await DealScenario.StartAsync();
        await deal.ReceiveAsync();
        await deal.QuoteAsync(discount: 0);
        await deal.AnswerAsync(BuyerAnswerKind.Rejected);

        var report = await ReviewAsync(deal, "2026-11");

        Assert.Equal((1, 0), (report.Total.DealsLost, report.Total.OrdersWon));
        Assert.Equal([new LossReason("as we said", 1)], report.LossReasons);
    }

    [Fact]
    public async Task A_cancelled_order_leaves_the_orders_won()
    {
        await using var deal = await DealScenario.StartAsync();
        await deal.OrderAsync();
        await deal.SignalAsync((id, by) => new GivenUp(id, by, "The buyer closed down"));

        var report = await ReviewAsync(deal, "2026-11");

        Assert.Equal(
            (0, 1, Money.Of(4800, "USD")),
            (report.Total.OrdersWon, report.Total.OrdersCancelled, report.Total.CancelledValue));
        Assert.Equal(Money.Of(0, "USD"), report.Total.Discounts);
    }

    [Fact]
    public async Task Receivables_at_the_months_end_stay_as_they_were_known_then()
    {
        await using var deal = await DealScenario.StartAsync();
        await deal.OrderAsync();
        var invoices = await deal.InvoicesAsync();
        await deal.PayAsync(invoices[0]);
        await deal.ReachAsync(MilestoneKind.Produced);
        await deal.ReachAsync(MilestoneKind.Shipped);
        await deal.Scenario.AdvanceToAsync(Given.At("2026-12-03T01:00Z"));
        var first = await ReviewAsync(deal, "2026-11");

        await deal.PayAsync((await deal.InvoicesAsync())[1]);
        var again = await ReviewAsync(deal, "2026-11");

        Assert.Equal(Money.Of(3360, "USD"), first.Receivables.Total.Due);
        Assert.Equal(first.Receivables.Total, again.Receivables.Total);
        Assert.Equal(first.Total, again.Total);
        Assert.Equal(Money.Of(0, "USD"), (await ReviewAsync(deal, "2026-12")).Receivables.Total.Due);
    }

    private static async Task<ReviewReport> ReviewAsync(DealScenario deal, string month)
    {
        // Facts of this very moment are later than the review, and do not count yet.
        await deal.Scenario.AdvanceAsync(TimeSpan.FromSeconds(1));
        var receipt = await deal.Scenario.Get<ReviewService>()
            .RequestAsync(month, new StaffId("hanna"), deal.Scenario.Bound);
        Assert.Equal(ReviewOutcome.Done, receipt.Outcome);
        return receipt.Review!.Report;
    }
}
