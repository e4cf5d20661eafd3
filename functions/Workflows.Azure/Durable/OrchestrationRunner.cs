using System.Text.Json;
using Microsoft.DurableTask;
using Workflows.Platform;

namespace Workflows.Azure.Durable;

/// <summary>What every orchestrator function does: runs the orchestration of its name.</summary>
public sealed class OrchestrationRunner(DurableCatalog catalog)
{
    /// <summary>Runs a generation, or replays it up to where it waits.</summary>
    /// <returns>The result as JSON.</returns>
    public async Task<JsonElement> RunAsync(TaskOrchestrationContext context)
    {
        var descriptor = catalog.FindOrchestration(context.Name)
            ?? throw new InvalidOperationException($"There is no orchestration '{context.Name}'.");
        var start = context.GetInput<InstanceStart>()!;
        var own = new DurableOrchestrationContext(context, start, catalog);
        try
        {
            await own.WhenDueAsync();
            var result = await descriptor.Create().RunAsync(own, Payloads.Read(start.Input, descriptor.InputType));
            var written = Payloads.Write(result, descriptor.ResultType);
            await own.EndAsync(succeeded: true);
            return written;
        }
        catch (Exception exception)
        {
            await own.EndAsync(succeeded: false);
            Log.OrchestrationFailed(own.CreateLogger(Log.Category), context.InstanceId, context.Name, exception);
            throw RecordedFailureException.Of(exception);
        }
    }
}
