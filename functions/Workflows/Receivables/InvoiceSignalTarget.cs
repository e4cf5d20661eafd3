using Workflows.Platform;
using Workflows.Policies;
using Workflows.Receivables.Dunning;
using Workflows.Signals;
using Workflows.Trade;

namespace Workflows.Receivables;

/// <summary>Invoices, as the sender of their signals must know them.</summary>
internal sealed class InvoiceSignalTarget(ITableStore tables, PolicyStore policies, TimeProvider time)
    : ISignalTarget<Invoice, CollectionSignal>
{
    public ExternalEvent<CollectionSignal> Event => CollectionSignal.Event;

    public Task<Invoice?> ReadAsync(string instanceId, CancellationToken cancellation) =>
        InvoiceRepository.FindAsync(tables, new InvoiceId(instanceId), cancellation);

    public Refusal? RefusalOf(Invoice state, CollectionSignal signal) =>
        CollectionRules.Refusal(state, signal, EarliestToday(state));

    // A day counts as today while it lasts for the buyer or for the clerk who types it.
    private DateOnly EarliestToday(Invoice invoice)
    {
        var (now, policy) = (time.GetUtcNow(), policies.Current);
        var (ours, theirs) = (
            policy.Company.DayOf(now), BuyerCalendar.Of(invoice.BillTo.Country, policy).DayOf(now));
        return ours < theirs ? ours : theirs;
    }

    // What was possible when the signal was let in may not be any more when the collection takes it.
    public SignalReceipt<Invoice>? ReceiptOf(Invoice state, string signalId)
    {
        if (!state.SignalsTaken.Contains(signalId))
        {
            return null;
        }

        return state.SignalsRefused?.FirstOrDefault(refused => refused.Id == signalId) is { } refused
            ? SignalReceipt<Invoice>.Refused(refused.Refusal, state)
            : SignalReceipt<Invoice>.Taken(state);
    }

    public SignalReceipt<Invoice> NotStarted(Invoice state) =>
        SignalReceipt<Invoice>.Refused(new InvoiceRefusal.NotStarted(), state);

    public SignalReceipt<Invoice> Ended(Invoice state) =>
        SignalReceipt<Invoice>.Refused(new InvoiceRefusal.NothingOpen(), state);
}
