using System.Globalization;
using System.Text.Json;
using Microsoft.DurableTask;
using Workflows.Platform;

namespace Workflows.Azure.Durable;

/// <summary>An orchestrator's sub-orchestrations: each attempt under an id that is its own.</summary>
internal sealed class SubOrchestrations(TaskOrchestrationContext context, InstanceStart parent, RetryingCalls calls)
{
    private const int LongestParent = 40;

    /// <summary>Runs a child and gives its result.</summary>
    /// <param name="start">What it starts with, but for its run.</param>
    public Task<TResult> CallAsync<TResult>(
        string name, int task, InstanceStart start, SubOrchestrationCallOptions? options) =>
        calls.RetryAsync(name, task, options?.Retry, async attempt =>
        {
            var run = RunOf(task, attempt);
            var id = options?.InstanceId ?? IdOf(run);
            var taken = options?.InstanceId is null ? new TakenId(0) : await TakeAsync(name, task, id, run, attempt);
            try
            {
                return Payloads.Read<TResult>(await context.CallSubOrchestratorAsync<JsonElement>(
                    name,
                    start with { Run = run, Cursor = taken.Cursor!.Value, HasSignals = taken.HasSignals },
                    new Microsoft.DurableTask.SubOrchestrationOptions(new TaskOptions(), id)));
            }
            catch (Microsoft.DurableTask.TaskFailedException ended) when (ended.FailureDetails is null)
            {
                throw await EndedAsync(name, task, id);
            }
        });

    /// <summary>Durable does not notify the parent of a child that a person ended.</summary>
    private async Task<CallFailedException> EndedAsync(string name, int task, string id)
    {
        var reason = await calls.OwnAsync<Reason>(AdapterFunctions.ReadReason, new ReadReason(id));
        return new CallFailedException(name, task, new FailureDetails(
            typeof(InvalidOperationException).FullName!,
            $"Sub-orchestration '{id}' was terminated: {reason.Text}",
            [],
            IsNonRetriable: true));
    }

    /// <summary>Durable would let a child take over an id that belongs to another instance.</summary>
    private async Task<TakenId> TakeAsync(string name, int task, string id, string run, int attempt)
    {
        var before = attempt > 1 ? RunOf(task, attempt - 1) : null;
        // In turn with what is sent: an event to the child must not come before its id is taken.
        var taken = await calls.InTurnAsync<TakenId>(AdapterFunctions.TakeId, new TakeId(id, run, before));
        return taken.Cursor is not null ? taken : throw new CallFailedException(name, task, new FailureDetails(
            typeof(NonRetriableException).FullName!, $"Instance id '{id}' is taken.", [], IsNonRetriable: true));
    }

    private string RunOf(int task, int attempt) =>
        string.Create(CultureInfo.InvariantCulture, $"{parent.Run}.{parent.Generation}.{task}.{attempt}");

    /// <summary>Unique to the run and the same on replay, and short enough whatever the parent's id is.</summary>
    private string IdOf(string run) =>
        $"{context.InstanceId.Beginning(LongestParent)}:{Sha256Hex.Lower(run)[..32]}";
}
