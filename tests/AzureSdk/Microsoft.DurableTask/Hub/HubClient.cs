using System.Text.Json;
using Microsoft.DurableTask.Client;
using Workflows.Platform;
using OrchestrationQuery = Microsoft.DurableTask.Client.OrchestrationQuery;

namespace Microsoft.DurableTask.Hub;

/// <summary>A client of the hub: answers come when the host has taken a request, not when it has been carried out.</summary>
internal sealed class HubClient(TaskHub hub) : DurableTaskClient("TaskHub")
{
    private static readonly HashSet<OrchestrationStatus> Ended =
        [OrchestrationStatus.Completed, OrchestrationStatus.Failed, OrchestrationStatus.Terminated];

    private IOrchestrationClient Engine => hub.Engine.Client;

    public override async Task<string> ScheduleNewOrchestrationInstanceAsync(
        TaskName orchestratorName,
        object? input = null,
        StartOrchestrationOptions? options = null,
        CancellationToken cancellation = default)
    {
        hub.ThrowIf(hub.TakesNoStarts);
        hub.Meter.Count(HubOperation.Start, orchestratorName);
        var id = options?.InstanceId ?? Convert.ToHexStringLower(System.Security.Cryptography.RandomNumberGenerator.GetBytes(16));
        var outcome = await Engine.ScheduleAsync(
            orchestratorName, HubJson.Write(input), new ScheduleOptions(id, options?.StartAt, Ended), cancellation);
        return outcome.Created ? id : throw new InvalidOperationException($"An instance '{id}' is there and has not ended.");
    }

    public override async Task RaiseEventAsync(
        string instanceId, string eventName, object? eventPayload = null, CancellationToken cancellation = default)
    {
        hub.ThrowIf(hub.TakesNoEvents || hub.TakesNoEventsFor == instanceId);
        hub.Meter.Count(HubOperation.Event, eventName);
        var state = await Engine.GetAsync(instanceId, cancellation);
        if (state is { Status: OrchestrationStatus.Pending } && hub.Traps.PendingInstancesDropEvents)
        {
            return;
        }

        // The host looks before it takes an event, and answers with NotFound or FailedPrecondition.
        var id = Convert.ToHexStringLower(System.Security.Cryptography.RandomNumberGenerator.GetBytes(16));
        var outcome = await Engine.RaiseEventAsync(instanceId, eventName, HubJson.Write(eventPayload), id, cancellation);
        if (outcome is not (RaiseOutcome.Accepted or RaiseOutcome.Duplicate))
        {
            throw new InvalidOperationException($"There is no running instance '{instanceId}'.");
        }
    }

    public override async Task<OrchestrationMetadata> WaitForInstanceCompletionAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) =>
        MetadataOf(
            await Engine.WaitForCompletionAsync(instanceId, cancellation)
                ?? throw new InvalidOperationException($"There is no instance '{instanceId}'."),
            getInputsAndOutputs);

    /// <summary>Children go on, whatever is asked for: with Azure Storage behind it, the host knows nothing else.</summary>
    public override Task TerminateInstanceAsync(
        string instanceId, TerminateInstanceOptions? options = null, CancellationToken cancellation = default) =>
        Engine.TerminateAsync(instanceId, options?.Output?.ToString() ?? "", recursive: false, cancellation);

    public override Task SuspendInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default) =>
        Engine.SuspendAsync(instanceId, reason ?? "", cancellation);

    public override Task ResumeInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default) =>
        Engine.ResumeAsync(instanceId, reason ?? "", cancellation);

    public override async Task<OrchestrationMetadata?> GetInstanceAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default)
    {
        hub.Meter.Count(HubOperation.StatusQuery, "");
        return await Engine.GetAsync(instanceId, cancellation) is { } state ? MetadataOf(state, getInputsAndOutputs) : null;
    }

    public override AsyncPageable<OrchestrationMetadata> GetAllInstancesAsync(OrchestrationQuery? filter = null) =>
        new Pages(Engine, filter ?? new OrchestrationQuery());

    public override async Task<PurgeResult> PurgeInstanceAsync(string instanceId, CancellationToken cancellation)
    {
        var result = new PurgeResult(await Engine.PurgeAsync(instanceId, cancellation) == OperationOutcome.Done ? 1 : 0);
        hub.ThrowIf(hub.BreaksOffPurges);
        return result;
    }

    /// <summary>A failure as Durable keeps it: type, message and what lies behind.</summary>
    internal static TaskFailureDetails DetailsOf(FailureDetails failure) =>
        new(failure.Type, failure.Message, null, failure.Inner is { } inner ? DetailsOf(inner) : null, null);

    private static OrchestrationMetadata MetadataOf(OrchestrationState state, bool withPayloads) =>
        new(state.Orchestration, state.InstanceId)
        {
            RuntimeStatus = StatusOf(state.Status),
            CreatedAt = state.CreatedAt,
            LastUpdatedAt = state.LastUpdatedAt,
            SerializedInput = withPayloads ? state.Input : null,
            SerializedOutput = !withPayloads ? null : DetailsOf(state) is { } failure ? $"{failure.ErrorType}: {failure.ErrorMessage}" : state.Output,
            SerializedCustomStatus = withPayloads ? state.CustomStatus : null,
        };

    /// <summary>The storage keeps them as the output, in one text; the answer's own field stays empty.</summary>
    private static TaskFailureDetails? DetailsOf(OrchestrationState state) => state switch
    {
        { Failure: { } failure } => DetailsOf(failure),
        // What the engine parks, Durable fails for good.
        { Status: OrchestrationStatus.Blocked } => new(
            "DurableTask.Core.Exceptions.NonDeterministicOrchestrationException", state.Reason ?? "", null, null, null),
        _ => null,
    };

    private static OrchestrationRuntimeStatus StatusOf(OrchestrationStatus status) =>
        status == OrchestrationStatus.Blocked ? OrchestrationRuntimeStatus.Failed : Enum.Parse<OrchestrationRuntimeStatus>(status.ToString());

    private sealed class Pages(IOrchestrationClient engine, OrchestrationQuery filter) : AsyncPageable<OrchestrationMetadata>
    {
        public override async IAsyncEnumerable<Page<OrchestrationMetadata>> AsPages(
            string? continuationToken = default, int? pageSizeHint = default)
        {
            var query = new Workflows.Platform.OrchestrationQuery
            {
                IdPrefix = filter.InstanceIdPrefix,
                Statuses = filter.Statuses?.Select(status => Enum.Parse<OrchestrationStatus>(status.ToString())).ToArray(),
                CreatedFrom = filter.CreatedFrom,
                // Durable's bound is inclusive.
                CreatedBefore = filter.CreatedTo?.AddTicks(1),
                PageSize = pageSizeHint ?? filter.PageSize,
                Continuation = continuationToken ?? filter.ContinuationToken,
            };
            do
            {
                var page = await engine.QueryAsync(query, CancellationToken.None);
                var states = new List<OrchestrationState>();
                foreach (var listed in page.Instances)
                {
                    // The engine lists without payloads.
                    states.Add((filter.FetchInputsAndOutputs ? await engine.GetAsync(listed.InstanceId, CancellationToken.None) : null) ?? listed);
                }

                yield return new Page<OrchestrationMetadata>(
                    [.. states.Select(state => MetadataOf(state, filter.FetchInputsAndOutputs))], page.Continuation);
                query = query with { Continuation = page.Continuation };
            }
            while (query.Continuation is not null);
        }
    }
}
