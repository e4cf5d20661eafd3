using System.Text.Json;
using Workflows.Platform;

namespace Workflows.Conformance;

/// <summary>
/// Runs an <see cref="OrchestrationScript"/>, so that a fact and its orchestration stand on one screen.
/// </summary>
public sealed class Scripted : Orchestration<Scripted, ScriptCall, JsonElement>
{
    /// <inheritdoc/>
    public override async Task<JsonElement> RunAsync(OrchestrationContext context, ScriptCall input) =>
        JsonSerializer.SerializeToElement(
            await ScriptRegistry.Find<OrchestrationScript>(input)(context, input), DurableJson.Options);
}

/// <summary>Runs an <see cref="ActivityScript"/>. Idempotent exactly as far as the script is.</summary>
public sealed class Work : Activity<Work, ScriptCall, JsonElement>
{
    /// <inheritdoc/>
    public override async Task<JsonElement> RunAsync(ActivityContext context, ScriptCall input) =>
        JsonSerializer.SerializeToElement(
            await ScriptRegistry.Find<ActivityScript>(input)(context, input), DurableJson.Options);
}

/// <summary>Gives back what it was given. Idempotent: it has no effect.</summary>
public sealed class Echo : Activity<Echo, string, string>
{
    /// <inheritdoc/>
    public override Task<string> RunAsync(ActivityContext context, string input) => Task.FromResult(input);
}

/// <summary>Gives back what it was given, under another name.</summary>
public sealed class OtherEcho : Activity<OtherEcho, string, string>
{
    /// <inheritdoc/>
    public override Task<string> RunAsync(ActivityContext context, string input) => Task.FromResult(input);
}

/// <summary>An orchestration that gives back what it was given.</summary>
public sealed class EchoStory : Orchestration<EchoStory, string, string>
{
    /// <inheritdoc/>
    public override Task<string> RunAsync(OrchestrationContext context, string input) => Task.FromResult(input);
}

/// <summary>The same, under another name.</summary>
public sealed class OtherEchoStory : Orchestration<OtherEchoStory, string, string>
{
    /// <inheritdoc/>
    public override Task<string> RunAsync(OrchestrationContext context, string input) => Task.FromResult(input);
}

/// <summary>The calls of scripts inside scripts.</summary>
public static class ScriptContextExtensions
{
    /// <summary>Runs a scripted activity.</summary>
    public static Task<T> DoAsync<T>(
        this OrchestrationContext context, ScriptCall step, CallRetryPolicy? retry = null) =>
        context.CallActivityAsync<T>(Work.Name, step, retry);

    /// <summary>Runs a scripted activity whose result does not matter.</summary>
    public static Task DoAsync(this OrchestrationContext context, ScriptCall step, CallRetryPolicy? retry = null) =>
        context.CallActivityAsync<System.Text.Json.JsonElement>(Work.Name, step, retry);

    /// <summary>Runs a scripted sub-orchestration.</summary>
    public static Task<T> RunSubAsync<T>(
        this OrchestrationContext context, ScriptCall child, SubOrchestrationCallOptions? options = null) =>
        context.CallSubOrchestrationAsync<T>(Scripted.Name, child, options);
}
