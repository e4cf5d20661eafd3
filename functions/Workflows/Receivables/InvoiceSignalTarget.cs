using Workflows.Platform;
using Workflows.Policies;
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
        CollectionRules.Refusal(state, signal, policies.Current.Company.DayOf(time.GetUtcNow()));

    public SignalReceipt<Invoice>? ReceiptOf(Invoice state, string signalId) =>
        state.SignalsTaken.Contains(signalId) ? SignalReceipt<Invoice>.Taken(state) : null;

    public SignalReceipt<Invoice> NotStarted(Invoice state) =>
        SignalReceipt<Invoice>.Refused(new InvoiceRefusal.NotStarted(), state);

    public SignalReceipt<Invoice> Ended(Invoice state) =>
        SignalReceipt<Invoice>.Refused(new InvoiceRefusal.NothingOpen(), state);
}
