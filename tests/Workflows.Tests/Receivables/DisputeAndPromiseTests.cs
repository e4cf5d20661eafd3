using Workflows.Receivables;
using Workflows.Receivables.History;
using Workflows.Signals;
using Workflows.Trade;

namespace Workflows.Tests.Receivables;

public sealed class DisputeAndPromiseTests
{
    private static readonly StaffId Lin = new("lin");

    [Fact]
    public async Task A_dispute_pauses_only_the_disputed_part_and_ends_by_itself()
    {
        await using var given = await CollectionScenario.StartAsync();
        var id = await given.DueAsync(20_000, "2025-09-30");
        await given.UntilAsync("2025-09-25");

        var receipt = await given.Service.DisputeAsync(
            id, "d1", new StaffId("jonas"), Given.Usd(5_000), "two crates damaged", Given.Day("2025-10-10"),
            given.Bound);
        await given.UntilAsync("2025-10-08");
        var during = (await given.Scenario.MailsAsync<PaymentReminder>())[^1];
        await given.UntilAsync("2025-10-16");
        var after = (await given.Scenario.MailsAsync<PaymentReminder>())[^1];

        Assert.Equal(SignalOutcome.Taken, receipt.Outcome);
        Assert.Contains("two crates damaged", receipt.State!.PauseReason, StringComparison.Ordinal);
        Assert.Equal((2, Given.Usd(15_000)), (during.Level, during.Totals.Single()));
        Assert.Equal((3, Given.Usd(20_000)), (after.Level, after.Totals.Single()));
        Assert.Contains(
            await given.Service.HistoryAsync(id, given.Bound),
            entry => entry.What == new DisputeLapsed(Given.Usd(5_000), Given.Day("2025-10-10"), 1));
    }

    [Fact]
    public async Task A_dispute_of_everything_silences_the_reminders_until_it_is_resolved()
    {
        await using var given = await CollectionScenario.StartAsync();
        var id = await given.DueAsync(20_000, "2025-09-30");
        await given.Service.DisputeAsync(id, "d1", Lin, null, "wrong goods", Given.Day("2025-12-01"), given.Bound);
        await given.UntilAsync("2025-10-20");
        var silent = await given.RemindersAsync();

        await given.Service.ResolveAsync(id, "d2", Lin, "replacement accepted", given.Bound);
        await given.UntilAsync("2025-10-29");

        Assert.Empty(silent);
        Assert.Equal(["10-23 L1", "10-29 L2"], await given.RemindersAsync());
    }

    [Fact]
    public async Task A_promise_defers_once_and_its_breach_is_escalated()
    {
        await using var given = await CollectionScenario.StartAsync();
        var id = await given.DueAsync(20_000, "2025-09-30");
        await given.UntilAsync("2025-10-02");

        await given.Service.PromiseAsync(
            id, "p1", new StaffId("jonas"), Given.Day("2025-10-17"), "by phone", given.Bound);
        var second = await given.Service.PromiseAsync(
            id, "p2", new StaffId("jonas"), Given.Day("2025-10-30"), null, given.Bound);
        await given.UntilAsync("2025-10-17");
        var waiting = await given.RemindersAsync();
        await given.UntilAsync("2025-10-24");

        Assert.Equal(SignalOutcome.Refused, second.Outcome);
        Assert.Equal(new InvoiceRefusal.PromisedBefore(Given.Day("2025-10-17")), second.Refusal);
        Assert.Equal(["09-23 L0", "10-01 L1"], waiting);
        Assert.Equal("10-24 L2", (await given.RemindersAsync())[^1]);
        Assert.Contains(
            await given.Scenario.MailsAsync<ReceivableEscalated>(),
            mail => mail.Headline == "Promise of payment not kept");
    }
}
