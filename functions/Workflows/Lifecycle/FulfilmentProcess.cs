using Workflows.Lifecycle.Timeline;
using Workflows.Platform;
using Workflows.Policies;
using Workflows.Receivables;
using Workflows.Trade;

namespace Workflows.Lifecycle;

/// <summary>
/// Runs a fulfilment: one collection per invoice beside the deal, and carries out what <see cref="Fulfilment"/>
/// decides. Part of the orchestrator.
/// </summary>
internal sealed class FulfilmentProcess(DealProcess process, IReadOnlyList<Invoice> invoices)
{
    private readonly Dictionary<InvoiceId, Task<CollectionResult>> _collections = [];
    private int _reopened;
    private FulfilmentProgress _progress = new()
    {
        Invoices = invoices,
        Ended = new Dictionary<InvoiceId, InvoiceStatus>(),
        Owner = process.Deal.Owner,
    };

    /// <summary>Runs until everything is shipped and settled, or the order was cancelled.</summary>
    public async Task RunAsync()
    {
        foreach (var invoice in invoices)
        {
            _collections[invoice.Id] = Collection.CallAsync(
                process.Context,
                new CollectionInput(invoice, process.Deal.Inquiry),
                new SubOrchestrationCallOptions(invoice.Id.Value));
        }

        while (!Fulfilment.IsDone(process.Deal, NoteEnded()))
        {
            // Before anything is waited for, a decision on credit included: what is held is refused meanwhile.
            CarryOut(Fulfilment.Release(process.State, _progress, process.Now));
            await ClearShipmentAsync();
            if (process.Deal.HasEnded)
            {
                return;
            }

            CarryOut(Fulfilment.FollowOwner(process.State, NoteEnded(), process.Now));
            var waiting = Fulfilment.Next(process.Deal, _progress, process.Now);
            var signal = await process.WaitAsync(
                waiting, _progress.Running.Select(invoice => _collections[invoice.Id]));
            CarryOut(Fulfilment.FollowOwner(process.State, NoteEnded(), process.Now));
            switch (signal)
            {
                case MilestoneReached reached:
                    CarryOut(Fulfilment.Decide(process.State, _progress, reached, process.Now));
                    break;
                case GivenUp given:
                    await CancelAsync(given);
                    break;
            }
        }

        if (!process.Deal.HasEnded)
        {
            CarryOut(Fulfilment.Release(process.State, _progress, process.Now));
        }
    }

    /// <summary>How every invoice ended.</summary>
    public async Task<IReadOnlyList<CollectionResult>> ResultsAsync() => await Task.WhenAll(_collections.Values);

    private async Task ClearShipmentAsync()
    {
        if (!Fulfilment.ChecksShipment(process.Deal, _progress, process.Now))
        {
            return;
        }

        var clearance = await Ordering.ClearShipmentAsync(process, _progress.Refusal);
        if (clearance.GivenUp is { } given)
        {
            await CancelAsync(given);
            return;
        }

        CarryOut(Fulfilment.Decide(process.State, NoteEnded(), clearance.Refusal, process.Now));
    }

    private async Task CancelAsync(GivenUp given)
    {
        CarryOut(Fulfilment.Decide(process.State, NoteEnded(), given, process.Now));
        await Task.WhenAll(_collections.Values);
        await CancelOrder.CallAsync(
            process.Context, new CancelOrderInput(process.Deal.Id, process.Deal.Qualification!.Customer));
        process.Change(changes =>
            changes.End(Stage.Cancelled, given.By, new DealCancelled(given.Reason)));
    }

    private void CarryOut(FulfilmentDecision decision)
    {
        process.Apply(decision.Changes);
        _progress = decision.Progress;
        foreach (var (invoice, signal) in decision.Signals)
        {
            CollectionSignal.Event.Send(process.Context, invoice.Value, signal);
        }
    }

    /// <summary>
    /// Notes in the progress every collection that has ended by now, and returns it. A failed one fails the deal, when
    /// the others have ended.
    /// </summary>
    private FulfilmentProgress NoteEnded()
    {
        // One that collects again runs by itself, and tells the deal by an event when it has ended.
        foreach (var again in (process.Deal.Reopened ?? []).Skip(_reopened))
        {
            var end = CollectionResult.Again(again.Invoice, again.Number);
            _collections[again.Invoice] = end.WaitAsync(process.Context);
            _progress = _progress with { DocumentsReleased = false };
            _reopened++;
        }

        return _progress = _progress with
        {
            Ended = EndedNow(),
            GivenUpRests = process.State.Terms.Revision >= DealTerms.OpensWrittenOffGates
                ? GivenUpRests()
                : _progress.GivenUpRests,
        };
    }

    private Dictionary<InvoiceId, InvoiceStatus> EndedNow() =>
        _collections.Where(collection => collection.Value.IsCompleted).ToDictionary(
            collection => collection.Key,
            collection => collection.Value.IsCompletedSuccessfully
                ? collection.Value.Result.Status
                : InvoiceStatus.Open);

    private Dictionary<InvoiceId, Money> GivenUpRests() => invoices
        .Where(invoice => _collections[invoice.Id] is { IsCompletedSuccessfully: true, Result: var result }
            && result.Status == InvoiceStatus.WrittenOff && SmallRest.Is(result.WrittenOff, invoice.Amount))
        .ToDictionary(invoice => invoice.Id, invoice => _collections[invoice.Id].Result.WrittenOff);
}
