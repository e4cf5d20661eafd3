using Workflows.Platform;
using Workflows.Receivables.Dunning;
using Workflows.Receivables.Payments;
using Workflows.Trade;

namespace Workflows.Receivables;

/// <summary>
/// An invoice while it is collected: its state, its plan, what happened since it was last kept, and the one open wait.
/// Part of the orchestrator: it lives and is replayed with it.
/// </summary>
internal sealed class CollectionStory(OrchestrationContext context, Invoice invoice)
{
    private const int SignalsRemembered = 20;

    private readonly List<InvoiceEntry> _entries = [];
    private readonly Queue<CollectionSignal> _found = [];
    private ReminderPlan _plan = ReminderPlan.Empty;
    private DateTimeOffset? _notBefore;

    // The first entry was written when the invoice was issued.
    private int _entryCount = 1;

    public OrchestrationContext Context { get; } = context;

    public Invoice Invoice { get; set; } = invoice;

    public DateTimeOffset Now => Context.UtcNow;

    /// <summary>What was paid too much with the last payment; null if nothing.</summary>
    public Money? Surplus { get; set; }

    /// <summary>How many write-offs were asked for.</summary>
    public int WriteOffs { get; set; }

    /// <summary>Adds a row to the invoice's history.</summary>
    public void Note(StaffId who, string what, string? why = null) =>
        _entries.Add(new InvoiceEntry(++_entryCount, who, Now, Invoice.Status, what, why));

    /// <summary>Makes the plan anew, after a change of what it follows from. Timers of the former plan are void.</summary>
    public async Task PlanAsync()
    {
        var input = new PlanRemindersInput(Invoice, Invoice.BillTo.Country);
        var planned = await PlanReminders.CallAsync(Context, input);
        _plan = planned.Plan;
        _notBefore = null;
        Find(planned.Waiting);
    }

    /// <summary>Takes up payments that were taken in but not told, or not heard.</summary>
    public void Find(IEnumerable<PaymentBooked> payments)
    {
        foreach (var payment in payments)
        {
            _found.Enqueue(payment);
        }
    }

    /// <summary>Whether there is a payment to take up before anything else.</summary>
    public bool HasFound => _found.Count > 0;

    /// <summary>Puts the reminders off.</summary>
    public void PutOff(DateTimeOffset until) => _notBefore = until;

    /// <summary>Keeps the invoice with what happens next, and waits for that or for a signal.</summary>
    /// <returns>The signal, or the step whose time has come.</returns>
    public async Task<(CollectionSignal? Signal, NextStep? Step)> WaitAsync()
    {
        if (_found.TryDequeue(out var found))
        {
            return (found, null);
        }

        var next = NextStep.Of(Invoice, _plan, Now, _notBefore);
        Invoice = Invoice with
        {
            NextActionAt = next?.At,
            NextAction = next?.Text ?? NextStep.Idle(Invoice),
            PausedUntil = _plan.PromiseEndsAt ?? _plan.DisputeEndsAt,
        };
        await KeepInvoice.CallAsync(Context, new KeepInvoiceInput(Invoice, TakeEntries()));
        if (next is null)
        {
            return (Remember(await CollectionSignal.Event.WaitAsync(Context)), null);
        }

        var happened = await CollectionSignal.Event.WaitAsync(Context, next.At);
        return happened.TimedOut ? (null, next) : (Remember(happened.Payload!), null);
    }

    /// <summary>Ends the collection, unless money came in that the invoice does not show yet.</summary>
    /// <returns>Whether it has ended.</returns>
    public async Task<bool> CloseAsync()
    {
        Invoice = Invoice with { NextAction = null, NextActionAt = null, PausedUntil = null, PauseReason = null };
        var closed = await CloseCollection.CallAsync(
            Context, new CloseCollectionInput(Invoice, [.. _entries], Surplus));
        Invoice = closed.Invoice;
        Find(closed.Unbooked);
        return closed.Unbooked.Count == 0;
    }

    private List<InvoiceEntry> TakeEntries()
    {
        List<InvoiceEntry> taken = [.. _entries];
        _entries.Clear();
        return taken;
    }

    private CollectionSignal Remember(CollectionSignal signal)
    {
        Invoice = Invoice with { SignalsTaken = [.. Invoice.SignalsTaken.TakeLast(SignalsRemembered - 1), signal.Id] };
        return signal;
    }
}
