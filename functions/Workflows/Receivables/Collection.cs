using Workflows.Inquiries;
using Workflows.Platform;
using Workflows.Trade;

namespace Workflows.Receivables;

/// <summary>An invoice to collect.</summary>
internal sealed record CollectionInput(Invoice Invoice, Inquiry Inquiry);

/// <summary>How it ended.</summary>
internal sealed record CollectionResult(InvoiceId Invoice, InvoiceStatus Status, Money Paid, Money WrittenOff);

/// <summary>
/// One invoice from its issue until nothing is open: it waits for its due date to be known, reminds by the ladder of
/// the customer's segment, and takes payments, disputes, promises and write-offs as they come. Its instance is the
/// invoice's id.
/// </summary>
internal sealed class Collection : Orchestration<Collection, CollectionInput, CollectionResult>
{
    public override string HandsUntakenEventsTo => LateInvoiceSignals.Name;

    public override async Task<CollectionResult> RunAsync(OrchestrationContext context, CollectionInput input)
    {
        var process = new CollectionProcess(context, input.Invoice);
        while (true)
        {
            switch (await process.WaitAsync())
            {
                case ({ } signal, _):
                    await process.CarryOutAsync(CollectionSignals.Decide(process.File, signal, process.Now));
                    break;
                case (_, { } action):
                    await process.CarryOutAsync(CollectionActions.Decide(process.File, action, process.Now));
                    break;
                default:
                    var invoice = process.Invoice;
                    return new CollectionResult(invoice.Id, invoice.Status, invoice.Paid, invoice.WrittenOff);
            }
        }
    }
}
