using Workflows.Platform;
using Workflows.Trade;

namespace Workflows.Lifecycle;

/// <summary>
/// Takes the signals that a deal had accepted, and not taken, when it ended. Their senders were told that they are
/// kept: so each is refused on the timeline, and what a buyer wrote reaches a person.
/// </summary>
public sealed class LateDealSignals : Orchestration<LateDealSignals, UntakenEvents, Nothing>
{
    /// <inheritdoc/>
    public override async Task<Nothing> RunAsync(OrchestrationContext context, UntakenEvents input)
    {
        foreach (var signal in input.Of(DealSignal.Event))
        {
            await RefuseDealSignal.CallAsync(context, new LateDealSignal(new DealId(input.InstanceId), signal));
        }

        return Nothing.Value;
    }
}
