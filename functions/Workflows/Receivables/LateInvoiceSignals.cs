using Workflows.Platform;
using Workflows.Trade;

namespace Workflows.Receivables;

/// <summary>
/// Takes the signals that a collection had accepted, and not taken, when it ended. Their senders were told that they
/// are kept: so each is refused in the invoice's history.
/// </summary>
internal sealed class LateInvoiceSignals : Orchestration<LateInvoiceSignals, UntakenEvents, Nothing>
{
    public override async Task<Nothing> RunAsync(OrchestrationContext context, UntakenEvents input)
    {
        foreach (var signal in input.Of(CollectionSignal.Event))
        {
            await RefuseInvoiceSignal.CallAsync(
                context, new LateInvoiceSignal(new InvoiceId(input.InstanceId), signal));
        }

        return Nothing.Value;
    }
}
