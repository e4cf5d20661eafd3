using Workflows.Inquiries;
using Workflows.Lifecycle;
using Workflows.Lifecycle.Timeline;
using Workflows.Trade;

namespace Workflows.Tests.Lifecycle;

/// <summary>Who is waited for, how long, and what counts as a sign of life.</summary>
public sealed class TimeLimitTests
{
    [Fact]
    public async Task A_buyer_who_writes_keeps_the_deal_alive()
    {
        await using var deal = await DealScenario.StartAsync();
        await deal.ReceiveAsync();
        await deal.SignalAsync((id, by) => new Replied(id, by, "mail"));
        await deal.Scenario.AdvanceAsync(TimeSpan.FromDays(44));
        await deal.ReceiveAsync(deal.Inquiry with { Message = "Still interested." }, "m2");

        await deal.Scenario.AdvanceAsync(TimeSpan.FromDays(44));
        Assert.Equal(Stage.Assigned, (await deal.DealAsync()).Stage);

        await deal.Scenario.AdvanceAsync(TimeSpan.FromDays(2));
        Assert.Equal(Stage.Lost, (await deal.DealAsync()).Stage);
    }

    [Fact]
    public async Task Each_salesperson_has_an_unanswered_deal_once_at_the_most()
    {
        await using var deal = await DealScenario.StartAsync();
        await deal.ReceiveAsync();
        await deal.Scenario.AdvanceAsync(TimeSpan.FromDays(20));

        var happened = await deal.EventsAsync();
        var relieved = happened.OfType<OwnerRelieved>().ToList();
        Assert.Equal(relieved.Distinct(), relieved);
        Assert.InRange(relieved.Count, 1, 3);
        Assert.Single(happened.OfType<OwnerKept>());
    }

    [Fact]
    public async Task A_new_owner_gets_the_whole_time()
    {
        await using var deal = await DealScenario.StartAsync();
        await deal.ReceiveAsync();
        var first = (await deal.DealAsync()).Waiting!.Until;
        await deal.Scenario.AdvanceAsync(first!.Value - Scenario.Morning - TimeSpan.FromMinutes(1));
        var to = (await deal.DealAsync()).Owner == new StaffId("mei") ? "amira" : "mei";
        await deal.SignalAsync((id, _) => new HandedOver(id, new StaffId("hanna"), new StaffId(to), "leave"));

        var waiting = (await deal.DealAsync()).Waiting!;
        Assert.Equal(WaitingThen.RemindOwner, waiting.Then);
        Assert.True(waiting.Until > first + TimeSpan.FromMinutes(20), $"{waiting.Until} follows {first} too soon.");
    }

    [Fact]
    public async Task Who_orders_and_asks_for_the_same_again_gets_a_new_deal()
    {
        await using var deal = await DealScenario.StartAsync();
        await deal.OrderAsync();
        var again = await deal.ReceiveAsync(
            deal.Inquiry with { PlatformInquiryId = "INQ-2", ReceivedAt = deal.Inquiry.ReceivedAt.AddDays(1) }, "m9");

        var second = await deal.Scenario.Get<DealService>().FindAsync(again.Deal, deal.Scenario.Bound);
        Assert.Equal(Stage.Assigned, second!.Stage);
    }
}
