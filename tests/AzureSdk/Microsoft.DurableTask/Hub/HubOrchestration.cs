using System.Text.Json;
using Workflows.Platform;

namespace Microsoft.DurableTask.Hub;

/// <summary>Runs an orchestrator function on the engine.</summary>
internal sealed class HubOrchestration(TaskHub hub) : IOrchestration
{
    public Type InputType => typeof(JsonElement);

    public Type ResultType => typeof(JsonElement);

    public async Task<object?> RunAsync(OrchestrationContext context, object? input)
    {
        var wrapper = new HubOrchestrationContext(hub, context, (JsonElement)input!);
        try
        {
            return HubJson.Write(await hub.Functions.Orchestrators[context.Name](wrapper));
        }
        finally
        {
            await wrapper.WhenNothingIsOpenAsync();
            wrapper.Continue();
        }
    }
}

/// <summary>Runs an activity function on the engine. What it writes, it writes by itself: the engine's transaction is not its own.</summary>
internal sealed class HubActivity(TaskHub hub) : IActivity
{
    public Type InputType => typeof(JsonElement);

    public Type ResultType => typeof(JsonElement);

    public async Task<object?> RunAsync(ActivityContext context, object? input) =>
        HubJson.Write(await hub.Functions.Activities[context.Name]((JsonElement)input!, context.Stopping));
}
