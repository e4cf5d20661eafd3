using Workflows.Lifecycle.Timeline;
using Workflows.Platform;
using Workflows.Receivables;
using Workflows.Trade;

namespace Workflows.Lifecycle;

/// <summary>
/// Tells the deal of an invoice that is collected again. One that has ended stays ended: its timeline says what
/// happened, and the invoice is chased by itself.
/// </summary>
public sealed class ReopenedInvoices(IOrchestrationClient client, ITableStore tables, TimeProvider time)
    : IReopenedInvoices
{
    /// <inheritdoc/>
    public async Task TellAsync(
        Invoice invoice, int number, string reason, StaffId by, CancellationToken cancellation)
    {
        var signal = new InvoiceReopened($"{invoice.Id}|reopened|{number}", by, invoice.Id, number, reason);
        var outcome = await DealSignal.Event.RaiseAsync(
            client, invoice.Deal.Value, signal, signal.Id, cancellation);
        if (outcome is RaiseOutcome.TooLate or RaiseOutcome.NotFound
            && await DealRepository.FindAsync(tables, invoice.Deal, cancellation) is { HasEnded: true } deal
            && !deal.SignalsTaken.Contains(signal.Id))
        {
            await DealRepository.ChangeEndedAsync(
                tables, invoice.Deal, before => Note(before, signal, time.GetUtcNow()), cancellation);
        }
    }

    private static (Deal Deal, TimelineEntry Entry) Note(DealRecord before, InvoiceReopened signal, DateTimeOffset now)
    {
        var (deal, entries) = before;
        return (deal.WithTaken(signal.Id), new TimelineEntry(
            entries + 1, signal.By, now, deal.Stage, new PaymentMissing(signal.Invoice, signal.Reason),
            deal.PolicyVersion));
    }
}
