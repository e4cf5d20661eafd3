using Workflows.Approvals;
using Workflows.Orders;
using Workflows.Platform;
using Workflows.Policies;
using Workflows.Receivables;
using Workflows.Receivables.History;
using Workflows.Signals;
using Workflows.Trade;

namespace Workflows.Tests.Receivables;

/// <summary>
/// What is asked of an invoice while its collection ends: each was accepted, so each is refused in its history.
/// </summary>
public class EndingCollectionTests
{
    private static readonly StaffId Jonas = new("jonas");

    public static TheoryData<InvoiceStatus> Ends =>
        [InvoiceStatus.Paid, InvoiceStatus.Cancelled, InvoiceStatus.WrittenOff];

    [Theory]
    [MemberData(nameof(Ends))]
    public async Task Every_request_that_comes_while_a_collection_ends_is_refused_in_its_history(InvoiceStatus end)
    {
        await using var given = await CollectionScenario.StartAsync();
        var id = await given.DueAsync(400, "2025-09-30");
        var approval = await AskWriteOffAsync(given, id);
        await HoldAsync(given, id);
        await RaiseAsync(given, id, EndOf(end, id, approval));
        foreach (var signal in Requests(approval))
        {
            await RaiseAsync(given, id, signal);
        }

        await GoOnAsync(given, id);

        var invoice = await given.FindAsync(id);
        Assert.Equal(end, invoice.Status);
        Assert.Equal(
            [
                InvoiceRequest.Dispute, InvoiceRequest.DisputeResolution, InvoiceRequest.Promise,
                InvoiceRequest.WriteOff, InvoiceRequest.Handover, InvoiceRequest.Cancellation, InvoiceRequest.WriteOff,
            ],
            await RefusedAsync(given, id, new InvoiceRefusal.Settled(end)));
        Assert.Equal(
            Requests(approval).Select(signal => signal.Id),
            invoice.SignalsRefused!.Select(refused => refused.Id));
    }

    [Fact]
    public async Task A_request_that_is_refused_on_its_way_is_answered_so_while_the_collection_goes_on()
    {
        await using var given = await CollectionScenario.StartAsync();
        var id = await given.DueAsync(400, "2025-09-30");
        var first = new Disputed("first", Jonas, Given.Usd(100), "wrong colour", Given.Day("2025-10-20"));
        await HoldAsync(given, id);
        await RaiseAsync(given, id, new PaymentBooked("paid", Jonas, Paid(350)));
        var sending = given.Service.SignalAsync(id, first, given.Bound);
        await Task.WhenAny(sending, Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System));
        await given.Scenario.Client.ResumeAsync(id.Value, "go on", given.Bound);

        var receipt = await sending;

        Assert.Equal(SignalOutcome.Refused, receipt.Outcome);
        Assert.Equal(new InvoiceRefusal.MoreThanOpen(Given.Usd(50)), receipt.Refusal);
    }

    [Fact]
    public async Task An_approval_that_was_faster_than_the_payment_is_on_record_as_not_carried_out()
    {
        await using var given = await CollectionScenario.StartAsync();
        var id = await given.DueAsync(400, "2025-09-30");
        await AskWriteOffAsync(given, id);
        await HoldAsync(given, id);
        await given.PayAsync(id, 400, "BANK-1");
        await DecideAsync(given);

        await GoOnAsync(given, id);

        Assert.Equal(InvoiceStatus.Paid, (await given.FindAsync(id)).Status);
        Assert.Equal(
            [InvoiceRequest.WriteOff], await RefusedAsync(given, id, new InvoiceRefusal.Settled(InvoiceStatus.Paid)));
    }

    private static CollectionSignal EndOf(InvoiceStatus end, InvoiceId id, ApprovalId approval) => end switch
    {
        InvoiceStatus.Paid => new PaymentBooked("paid", Jonas, Paid(400)),
        InvoiceStatus.Cancelled => new OrderCancelled($"{id}|cancelled", Jonas, "The buyer closed down"),
        _ => new WriteOffDecided("decided", Jonas, approval, Approved(ApprovalVerdict.Approved)),
    };

    private static IReadOnlyList<CollectionSignal> Requests(ApprovalId approval) =>
    [
        new Disputed("late-1", Jonas, Given.Usd(100), "wrong colour", Given.Day("2025-10-20")),
        new DisputeResolved("late-2", Jonas, Comment: null),
        new Promised("late-3", Jonas, Given.Day("2025-10-10"), Comment: null),
        new WriteOffRequested("late-4", Jonas, "too small to chase"),
        new OwnerChanged("late-5", Jonas, new StaffId("mei")),
        new OrderCancelled("late-6", Jonas, "The buyer closed down"),
        new WriteOffDecided("late-7", Jonas, approval, Approved(ApprovalVerdict.Approved)),
    ];

    private static ApprovalOutcome Approved(ApprovalVerdict verdict) =>
        new(verdict, Jonas, DelegateFor: null, Comment: null, DateTimeOffset.UnixEpoch);

    private static async Task<ApprovalId> AskWriteOffAsync(CollectionScenario given, InvoiceId id)
    {
        await given.Service.RequestWriteOffAsync(id, "w1", Jonas, "too small to chase", given.Bound);
        await given.Scenario.SettleAsync();
        return (await given.FindAsync(id)).WriteOff!.Value;
    }

    private static async Task DecideAsync(CollectionScenario given)
    {
        var letter = (await given.Scenario.MailsAsync<ApprovalRequested>())[^1].Letter;
        var token = letter.Link[(letter.Link.LastIndexOf('/') + 1)..];
        Assert.IsType<DecisionResult.Recorded>(await given.Scenario.Get<ApprovalService>().DecideAsync(
            token, ApprovalDecision.Approve, "agreed", new DecisionContext(null, null, "test"), given.Bound));
        await given.Scenario.SettleAsync();
    }

    private static async Task HoldAsync(CollectionScenario given, InvoiceId id) =>
        await given.Scenario.Client.SuspendAsync(id.Value, "the end is near", given.Bound);

    private static async Task GoOnAsync(CollectionScenario given, InvoiceId id)
    {
        await given.Scenario.Client.ResumeAsync(id.Value, "go on", given.Bound);
        await given.Scenario.SettleAsync();
    }

    private static async Task RaiseAsync(CollectionScenario given, InvoiceId id, CollectionSignal signal) =>
        Assert.Equal(
            RaiseOutcome.Accepted,
            await CollectionSignal.Event.RaiseAsync(given.Scenario.Client, id.Value, signal, signal.Id, given.Bound));

    private static async Task<IEnumerable<InvoiceRequest>> RefusedAsync(
        CollectionScenario given, InvoiceId id, InvoiceRefusal refusal) =>
        (await given.Service.HistoryAsync(id, given.Bound)).Select(entry => entry.What).OfType<RequestRefused>()
            .Where(refused => refused.Refusal == refusal).Select(refused => refused.Request);

    // Of a value date that has come.
    private static Payment Paid(decimal amount) =>
        Given.Payment(amount, "BANK-1").Payment with { ValueDate = Given.Day("2025-09-01") };
}
