using Workflows.Inquiries;
using Workflows.Platform;
using Workflows.Trade;

namespace Workflows.Receivables;

/// <summary>An invoice to collect.</summary>
/// <param name="Inquiry">Null when it is collected again.</param>
internal sealed record CollectionInput(Invoice Invoice, Inquiry? Inquiry)
{
    /// <summary>What went before; null the first time. A deal waits for the event of the second end.</summary>
    public CollectedBefore? Before { get; init; }
}

/// <summary>What is known of an invoice that is collected again.</summary>
/// <param name="Reopening">The how manieth time it is opened again.</param>
/// <param name="Entries">How many entries its history has.</param>
/// <param name="WriteOffs">How many write-offs were asked for.</param>
internal sealed record CollectedBefore(int Reopening, int Entries, int WriteOffs);

/// <summary>How it ended.</summary>
internal sealed record CollectionResult(InvoiceId Invoice, InvoiceStatus Status, Money Paid, Money WrittenOff)
{
    /// <summary>Tells a running deal how an invoice ended that was collected again.</summary>
    public static ExternalEvent<CollectionResult> Again(InvoiceId invoice, int reopening) =>
        new($"collected-again|{invoice}|{reopening}");
}

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
        var process = new CollectionProcess(context, CollectionFile.Of(input));
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
                    return ResultOf(context, process.Invoice, input.Before);
            }
        }
    }

    private static CollectionResult ResultOf(OrchestrationContext context, Invoice invoice, CollectedBefore? before)
    {
        var result = new CollectionResult(invoice.Id, invoice.Status, invoice.Paid, invoice.WrittenOff);
        if (before is { Reopening: var number })
        {
            CollectionResult.Again(invoice.Id, number).Send(context, invoice.Deal.Value, result);
        }

        return result;
    }
}
