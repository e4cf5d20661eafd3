using Workflows.Activities;
using Workflows.Approvals;
using Workflows.Platform;
using Workflows.Receivables.History;
using Workflows.Trade;

namespace Workflows.Receivables;

/// <summary>A signal that a collection had accepted when it ended.</summary>
internal sealed record LateInvoiceSignal(InvoiceId Invoice, CollectionSignal Signal);

/// <summary>
/// Refuses what was asked of an invoice while its collection was ending. Payments need no refusal: whether one comes in
/// time is decided by its row. Keyed by the signal's id: a second run finds it refused.
/// </summary>
internal sealed class RefuseInvoiceSignal : BusinessActivity<RefuseInvoiceSignal, LateInvoiceSignal, Nothing>
{
    public override async Task<Nothing> RunAsync(ActivityContext context, LateInvoiceSignal input)
    {
        var (tables, signal) = (context.Tables, input.Signal);
        if (RequestOf(signal) is not { } request
            || await InvoiceRepository.FindAsync(tables, input.Invoice, context.Stopping) is not { } invoice
            || invoice.SignalsTaken.Contains(signal.Id))
        {
            return Nothing.Value;
        }

        InvoiceRefusal refusal = invoice.IsSettled
            ? new InvoiceRefusal.Settled(invoice.Status)
            : new InvoiceRefusal.NotCollected();
        var refused = invoice.WithTaken(signal.Id).WithRefused(signal.Id, refusal);
        await InvoiceRepository.AddLateAsync(
            tables, refused, signal.By, context.UtcNow, new RequestRefused(request, refusal), context.Stopping);
        return Nothing.Value;
    }

    private static InvoiceRequest? RequestOf(CollectionSignal signal) => signal switch
    {
        PaymentBooked or Anchored => null,
        WriteOffDecided { Outcome.Verdict: not ApprovalVerdict.Approved } => null,
        WriteOffDecided => InvoiceRequest.WriteOff,
        _ => CollectionSignals.RequestOf(signal),
    };
}
