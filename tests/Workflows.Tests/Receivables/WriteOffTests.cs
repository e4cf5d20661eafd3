using Workflows.Approvals;
using Workflows.Facts;
using Workflows.Receivables;
using Workflows.Receivables.History;
using Workflows.Reviews;
using Workflows.Signals;
using Workflows.Trade;

namespace Workflows.Tests.Receivables;

public class WriteOffTests
{
    private static readonly StaffId Jonas = new("jonas");

    [Fact]
    public async Task An_approved_write_off_closes_the_invoice_and_counts_the_loss()
    {
        await using var given = await CollectionScenario.StartAsync();
        var id = await given.DueAsync(20_000, "2025-09-30");
        await given.PayAsync(id, 16_000, "BANK-1");

        var asked = await given.Service.RequestWriteOffAsync(id, "w1", Jonas, "buyer insolvent", given.Bound);
        await given.Scenario.SettleAsync();
        var letter = Assert.Single(await given.Scenario.MailsAsync<ApprovalRequested>()).Letter;
        await DecideAsync(given, letter, ApprovalDecision.Approve, "Nothing to be had.");

        Assert.Equal(
            (SignalOutcome.Taken, new ApprovalId($"{id}-W1")), (asked.Outcome, asked.State!.WriteOff!.Value));
        Assert.Equal(
            ("Hanna Lindqvist", "Give up USD 4,000.00 of invoice INV-7K2M-9QX4-T3B1-1"),
            (letter.Reader, letter.Subject));
        var invoice = await given.FindAsync(id);
        Assert.Equal(
            (InvoiceStatus.WrittenOff, Given.Usd(4_000), Given.Usd(0)),
            (invoice.Status, invoice.WrittenOff, invoice.Open));
        Assert.Empty(await given.Scenario.MailsAsync<PaymentThanks>());
        var loss = Assert.Single(
            await FactLog.ReadAsync(given.Scenario.Tables, "2025-09", given.Bound),
            fact => fact.Kind == FactKind.WrittenOff);
        Assert.Equal(4_000m, loss.BaseAmount);
        Assert.Equal("Lin Zhao", Assert.Single(await given.Scenario.MailsAsync<WriteOffAnswered>()).Reader);
    }

    [Fact]
    public async Task A_rejected_write_off_leaves_the_invoice_to_be_chased_and_can_be_asked_again()
    {
        await using var given = await CollectionScenario.StartAsync();
        var id = await given.DueAsync(400, "2025-09-30");
        await given.Service.RequestWriteOffAsync(id, "w1", Jonas, "too small to chase", given.Bound);
        var twice = await given.Service.RequestWriteOffAsync(id, "w2", Jonas, "too small to chase", given.Bound);
        await given.Scenario.SettleAsync();

        await DecideAsync(
            given, (await given.Scenario.MailsAsync<ApprovalRequested>())[^1].Letter, ApprovalDecision.Reject,
            "Chase it.");
        var again = await given.Service.RequestWriteOffAsync(id, "w3", Jonas, "buyer has closed down", given.Bound);
        await given.UntilAsync("2025-10-02");

        Assert.Equal(SignalOutcome.Refused, twice.Outcome);
        Assert.Equal(SignalOutcome.Taken, again.Outcome);
        Assert.Contains("10-01 L1", await given.RemindersAsync());
        Assert.Contains(
            await given.Service.HistoryAsync(id, given.Bound),
            entry => (entry.What, entry.Who.Value)
                == (new WriteOffDenied(ApprovalVerdict.Rejected, "Chase it."), "lin"));
    }

    [Fact]
    public async Task Money_that_comes_in_while_a_write_off_is_being_decided_is_booked_and_ends_the_request()
    {
        await using var given = await CollectionScenario.StartAsync();
        var id = await given.DueAsync(400, "2025-09-30");
        await given.Service.RequestWriteOffAsync(id, "w1", Jonas, "too small to chase", given.Bound);
        await given.Scenario.SettleAsync();

        await given.PayAsync(id, 400, "BANK-1");
        await given.Scenario.SettleAsync();

        Assert.Equal(InvoiceStatus.Paid, (await given.FindAsync(id)).Status);
        var outcome = (await given.Scenario.Client.GetAsync($"{id}-W1", given.Bound))!.ReadOutput<ApprovalOutcome>()!;
        Assert.Equal(ApprovalVerdict.Superseded, outcome.Verdict);
    }

    private static async Task DecideAsync(
        CollectionScenario given, ApprovalLetter letter, ApprovalDecision decision, string comment)
    {
        var token = letter.Link[(letter.Link.LastIndexOf('/') + 1)..];
        var visitor = new DecisionContext("203.0.113.7", "Mozilla/5.0", "link");
        var result = await given.Scenario.Get<ApprovalService>()
            .DecideAsync(token, decision, comment, visitor, given.Bound);
        Assert.IsType<DecisionResult.Recorded>(result);
        await given.Scenario.SettleAsync();
    }
}
