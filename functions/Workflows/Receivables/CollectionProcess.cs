using Workflows.Approvals;
using Workflows.Platform;
using Workflows.Receivables.Dunning;
using Workflows.Receivables.Payments;
using Workflows.Receivables.WriteOffs;
using Workflows.Trade;

namespace Workflows.Receivables;

/// <summary>
/// An invoice while it is collected: its file, payments that were found on the way, and the one open wait. It carries
/// out what was decided. Part of the orchestrator: it lives and is replayed with it.
/// </summary>
internal sealed class CollectionProcess(OrchestrationContext context, CollectionFile file)
{
    private readonly Queue<PaymentBooked> _found = [];
    private readonly List<Escalation> _escalations = [];

    public CollectionFile File { get; private set; } = file;

    public Invoice Invoice => File.Invoice;

    public DateTimeOffset Now => context.UtcNow;

    /// <summary>
    /// Keeps the invoice with what happens next, and waits for that or for a signal; ends a settled one.
    /// </summary>
    /// <returns>The signal, or the action whose time has come; neither when the collection has ended.</returns>
    public async Task<(CollectionSignal? Signal, NextAction? Action)> WaitAsync()
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
            return (Remember(await CollectionSignal.Event.WaitAsync(context)), null);
        }

        var happened = await CollectionSignal.Event.WaitAsync(context, next.At);
        return happened.TimedOut ? (null, next) : (Remember(happened.Payload!), null);
    }

    /// <summary>Carries out a decision.</summary>
    public async Task CarryOutAsync(CollectionDecision decision)
    {
        File = decision.File;
        foreach (var effect in decision.Effects)
        {
            await CarryOutAsync(effect);
        }
    }

    private async Task CarryOutAsync(CollectionEffect effect)
    {
        switch (effect)
        {
            case CollectionEffect.Book { Payment: var payment }:
                var pending = Invoice.WriteOff;
                Take(await BookPayment.CallAsync(context, new BookPaymentInput(File, payment, Now)));
                await CarryOutAsync(CollectionSignals.AfterBooking(File, pending));
                break;
            case CollectionEffect.Send { IsCorrection: var isCorrection }:
                Take(await SendInvoice.CallAsync(context, new SendInvoiceInput(File, isCorrection, Now)));
                break;
            case CollectionEffect.Remind:
                Take(await SendReminder.CallAsync(context, new SendReminderInput(File, Now)));
                break;
            case CollectionEffect.AskWriteOff { Request: var request }:
                WriteOffRequest.Start(context, request, $"{request.Approval}-request");
                break;
            case CollectionEffect.SupersedeWriteOff { Approval: var approval }:
                await SupersedeAsync(approval);
                break;
            case CollectionEffect.Escalate { Escalation: var escalation }:
                _escalations.Add(escalation);
                break;
        }
    }

    // Its row first: from then on no approver decides what is no longer asked.
    private async Task SupersedeAsync(ApprovalId approval)
    {
        if (File.Revision >= CollectionFile.KeepsRefusals)
        {
            var outcome = await CloseApproval.CallAsync(context, new CloseInput(approval, UndecidedEnd.Superseded));
            await CarryOutAsync(CollectionSignals.AfterClosing(File, outcome, Now));
        }

        WriteOffRequest.Supersede(context, approval);
    }

    private async Task KeepAsync()
    {
        if (Invoice.IsSettled)
        {
            Take(await CloseCollection.CallAsync(context, new CloseCollectionInput(File, Now)));
            return;
        }

        var input = new SaveInvoiceInput(File, Now, [.. _escalations]);
        _escalations.Clear();
        Take(await SaveInvoice.CallAsync(context, input));
    }

    // Takes the file back from an activity, and the payments that it found.
    private void Take(KeptCollection kept)
    {
        File = kept.File;
        foreach (var payment in kept.Waiting.Where(payment => _found.All(found => found.Id != payment.Id)))
        {
            _found.Enqueue(payment);
        }
    }

    private CollectionSignal Remember(CollectionSignal signal)
    {
        File = File.With(Invoice.WithTaken(signal.Id));
        return signal;
    }
}
