using Workflows.Platform;
using Workflows.Signals;
using Workflows.Trade;

namespace Workflows.Receivables;

/// <summary>
/// An invoice while it is collected: its file, payments that were found on the way, and the one open wait. Part of the
/// orchestrator: it lives and is replayed with it.
/// </summary>
internal sealed class CollectionProcess(OrchestrationContext context, Invoice invoice)
{
    private readonly Queue<PaymentBooked> _found = [];
    private readonly List<EscalationInput> _escalations = [];

    public OrchestrationContext Context { get; } = context;

    public CollectionFile File { get; private set; } = CollectionFile.Of(invoice);

    public Invoice Invoice
    {
        get => File.Invoice;
        set => File = File.With(value);
    }

    public DateTimeOffset Now => Context.UtcNow;

    /// <summary>How many write-offs were asked for.</summary>
    public int WriteOffs { get; set; }

    /// <summary>Adds a row to the invoice's history.</summary>
    public void Note(StaffId who, string what, string? why = null) => File = File.Note(Now, who, what, why);

    /// <summary>
    /// Has the plan made anew, after a change of what it follows from. Timers of the former plan are void.
    /// </summary>
    public void Replan() => File = File.WithoutPlan();

    /// <summary>Has people told when the invoice is kept next.</summary>
    public void Tell(EscalationInput escalation) => _escalations.Add(escalation);

    /// <summary>Takes the file back from an activity, and takes up the payments that it found.</summary>
    public void Take(KeptCollection kept)
    {
        File = kept.File;
        foreach (var payment in kept.Waiting.Where(payment => _found.All(found => found.Id != payment.Id)))
        {
            _found.Enqueue(payment);
        }
    }

    /// <summary>
    /// Keeps the invoice with what happens next, and waits for that or for a signal; ends a settled one.
    /// </summary>
    /// <returns>The signal, or the action whose time has come; neither when the collection has ended.</returns>
    public async Task<(CollectionSignal? Signal, NextAction? Step)> WaitAsync()
    {
        if (!File.IsReady && _found.Count == 0)
        {
            await KeepAsync();
        }

        if (_found.TryDequeue(out var found))
        {
            return (found, null);
        }

        if (Invoice.IsSettled)
        {
            return (null, null);
        }

        if (File.Next is not { } next)
        {
            return (Remember(await CollectionSignal.Event.WaitAsync(Context)), null);
        }

        var happened = await CollectionSignal.Event.WaitAsync(Context, next.At);
        return happened.TimedOut ? (null, next) : (Remember(happened.Payload!), null);
    }

    private async Task KeepAsync()
    {
        if (Invoice.IsSettled)
        {
            Take(await CloseCollection.CallAsync(Context, new CloseCollectionInput(File, Now)));
            return;
        }

        var input = new SaveInvoiceInput(File, Now, [.. _escalations]);
        _escalations.Clear();
        Take(await SaveInvoice.CallAsync(Context, input));
    }

    private CollectionSignal Remember(CollectionSignal signal)
    {
        Invoice = Invoice with { SignalsTaken = SignalMemory.Add(Invoice.SignalsTaken, signal.Id) };
        return signal;
    }
}
