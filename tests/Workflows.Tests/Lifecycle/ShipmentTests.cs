using Workflows.Approvals;
using Workflows.Credit;
using Workflows.Lifecycle;
using Workflows.Lifecycle.Timeline;
using Workflows.Orders;
using Workflows.Signals;
using Workflows.Trade;

namespace Workflows.Tests.Lifecycle;

/// <summary>What must be so before goods and papers leave.</summary>
public sealed class ShipmentTests
{
    [Fact]
    public async Task Nothing_is_shipped_and_a_new_owner_is_notified_while_credit_is_asked_for()
    {
        await using var deal = await ProducedOnHoldAsync();
        Assert.Equal(WaitingFor.CreditApproval, (await deal.DealAsync()).Waiting!.For);

        var shipped = await deal.ReachAsync(MilestoneKind.Shipped);
        Assert.Equal(SignalOutcome.Refused, shipped.Outcome);
        Assert.Equal(new DealRefusal.MilestoneHeld(MilestoneKind.Shipped), shipped.Refusal);
        await deal.SignalAsync((id, _) => new HandedOver(id, new StaffId("hanna"), new StaffId("mei"), "leave"));

        await deal.DecideAsync(ApprovalDecision.Approve);
        Assert.Equal(new StaffId("mei"), (await deal.InvoicesAsync())[1].Owner);
        Assert.Equal(SignalOutcome.Taken, (await deal.ReachAsync(MilestoneKind.Shipped)).Outcome);
    }

    [Fact]
    public async Task A_refusal_stands_until_something_changes()
    {
        await using var deal = await ProducedOnHoldAsync();
        await deal.DecideAsync(ApprovalDecision.Reject);
        await deal.Scenario.AdvanceAsync(TimeSpan.FromDays(5));
        Assert.Single((await deal.DealAsync()).Approvals);

        await deal.Scenario.Get<CreditReport>().ReleaseHoldAsync(
            (await deal.DealAsync()).Qualification!.Customer, deal.Scenario.Bound);
        await deal.Scenario.AdvanceAsync(TimeSpan.FromDays(1.1));
        Assert.Equal(SignalOutcome.Taken, (await deal.ReachAsync(MilestoneKind.Shipped)).Outcome);
    }

    [Fact]
    public async Task The_balance_releases_the_documents_and_the_timeline_says_so()
    {
        await using var deal = await DealScenario.StartAsync();
        await deal.OrderAsync();
        var invoices = await deal.InvoicesAsync();
        await deal.PayAsync(invoices[0]);
        await deal.ReachAsync(MilestoneKind.Produced);
        await deal.ReachAsync(MilestoneKind.Shipped);
        Assert.Equal(SignalOutcome.Refused, (await deal.ReachAsync(MilestoneKind.DocumentsSent)).Outcome);
        await deal.PayAsync(invoices[1]);

        Assert.Single((await deal.EventsAsync()).OfType<DocumentsReleased>());
        Assert.Empty((await deal.DealAsync()).Holds);
    }

    /// <summary>The goods are made, and the customer came on hold meanwhile.</summary>
    private static async Task<DealScenario> ProducedOnHoldAsync()
    {
        var deal = await DealScenario.StartAsync();
        await deal.OrderAsync();
        await deal.PayAsync((await deal.InvoicesAsync())[0]);
        await deal.Scenario.Get<CreditReport>().PlaceHoldAsync(
            (await deal.DealAsync()).Qualification!.Customer, "Bad news", new StaffId("lin"), deal.Scenario.Bound);
        await deal.ReachAsync(MilestoneKind.Produced);
        return deal;
    }
}
