using System.Globalization;
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

/// <summary>The same, but it hands what it did not take over to <see cref="UntakenLog"/>.</summary>
public sealed class HandingOver : Orchestration<HandingOver, ScriptCall, JsonElement>
{
    /// <inheritdoc/>
    public override string HandsUntakenEventsTo => UntakenLog.Name;

    /// <inheritdoc/>
    public override Task<JsonElement> RunAsync(OrchestrationContext context, ScriptCall input) =>
        new Scripted().RunAsync(context, input);
}

/// <summary>Keeps the numbers that it is handed over, in order.</summary>
public sealed class UntakenLog : Orchestration<UntakenLog, UntakenEvents, int>
{
    /// <inheritdoc/>
    public override async Task<int> RunAsync(OrchestrationContext context, UntakenEvents input)
    {
        foreach (var number in input.Of(new ExternalEvent<int>("note")))
        {
            await KeepUntaken.CallAsync(context, $"{input.InstanceId}|{number}");
        }

        return input.Events.Count;
    }
}

/// <summary>
/// Keeps a number that was handed over, for the instance that got it: what is handed over twice is seen twice.
/// </summary>
public sealed class KeepUntaken : Activity<KeepUntaken, string, int>
{
    /// <summary>Where they are kept: a partition for the instance that ended.</summary>
    public const string Table = "Untaken";

    /// <inheritdoc/>
    public override async Task<int> RunAsync(ActivityContext context, string input)
    {
        var (instance, text) = (input.Split('|')[0], input.Split('|')[1]);
        var number = long.Parse(text, CultureInfo.InvariantCulture);
        var row = new TableRow(instance, $"{number} {context.InstanceId}") { ["Number"] = number };
        await context.Tables.UpsertAsync(Table, row, context.Stopping);
        return 0;
    }
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
