using System.Text.Json;
using Microsoft.Extensions.Logging;
using Workflows.Platform;

namespace Microsoft.DurableTask.Hub;

/// <summary>The context an orchestrator function sees, over the engine's.</summary>
internal sealed class HubOrchestrationContext : TaskOrchestrationContext
{
    private static readonly TimeSpan LongestTimer = TimeSpan.FromDays(3);

    private readonly TaskHub _hub;
    private readonly OrchestrationContext _engine;
    private readonly JsonElement _input;
    private readonly List<Task> _open = [];
    private readonly HubWaits _waits;
    private (object? Input, bool Preserve)? _next;

    public HubOrchestrationContext(TaskHub hub, OrchestrationContext engine, JsonElement input)
    {
        _hub = hub;
        _engine = engine;
        _input = input;
        _waits = new HubWaits(engine, hub.Traps.CancelledWaitsTakeEvents);
    }

    public override TaskName Name => _engine.Name;

    public override string InstanceId => _engine.InstanceId;

    public override DateTime CurrentUtcDateTime => _engine.UtcNow.UtcDateTime;

    public override bool IsReplaying => _engine.IsReplaying;

    protected override ILoggerFactory LoggerFactory => _hub.Logging;

    public override T GetInput<T>() => HubJson.Read<T>(_input);

    public override Task<TResult> CallActivityAsync<TResult>(TaskName name, object? input = null, TaskOptions? options = null)
    {
        Count(HubOperation.Activity, name);
        return Track(ReadAsync<TResult>(_engine.CallActivityAsync<JsonElement>(name, Write(input)), nullIsNothing: true));
    }

    public override Task<TResult> CallSubOrchestratorAsync<TResult>(
        TaskName orchestratorName, object? input = null, TaskOptions? options = null)
    {
        Count(HubOperation.SubOrchestration, orchestratorName);
        return Track(ReadAsync<TResult>(_engine.CallSubOrchestrationAsync<JsonElement>(
            orchestratorName,
            Write(input),
            new Workflows.Platform.SubOrchestrationOptions(
                (options as SubOrchestrationOptions)?.InstanceId ?? NewGuid().ToString("N")))));
    }

    public override Task CreateTimer(DateTime fireAt, CancellationToken cancellationToken) =>
        Track(CreateTimersAsync(new DateTimeOffset(fireAt.ToUniversalTime()), cancellationToken));

    public override Task<T> WaitForExternalEvent<T>(string eventName, CancellationToken cancellationToken = default) =>
        _waits.WaitAsync<T>(eventName, cancellationToken);

    public override void SetCustomStatus(object? customStatus) => _engine.SetCustomStatus(HubJson.Write(customStatus));

    public override void ContinueAsNew(object? newInput = null, bool preserveUnprocessedEvents = true) =>
        _next = (newInput, preserveUnprocessedEvents);

    public override Guid NewGuid() => _engine.NewGuid();

    /// <summary>Holds the end back for as long as anything is open that was begun.</summary>
    public async Task WhenNothingIsOpenAsync()
    {
        while (_hub.Traps.OpenTasksHoldTheEnd && _open.Find(task => !task.IsCompleted) is { } open)
        {
            await Task.WhenAny(open);
        }
    }

    public void Continue()
    {
        if (_next is { } next)
        {
            Count(HubOperation.Generation, Name);
            _engine.ContinueAsNew(HubJson.Write(next.Input), next.Preserve);
        }
    }

    /// <summary>A long timer is several, one after the other: messages of the storage cannot be put off for longer.</summary>
    private async Task CreateTimersAsync(DateTimeOffset fireAt, CancellationToken cancellation)
    {
        while (fireAt - _engine.UtcNow > LongestTimer)
        {
            await CreateTimerAsync(_engine.UtcNow + LongestTimer, cancellation);
        }

        await CreateTimerAsync(fireAt, cancellation);
    }

    private Task CreateTimerAsync(DateTimeOffset fireAt, CancellationToken cancellation)
    {
        Count(HubOperation.Timer, Name);
        return _engine.CreateTimerAsync(fireAt, cancellation);
    }

    private void Count(HubOperation operation, TaskName name)
    {
        if (!IsReplaying)
        {
            _hub.Meter.Count(operation, name);
        }
    }

    private T Track<T>(T task) where T : Task
    {
        _open.Add(task);
        return task;
    }

    /// <param name="nullIsNothing">On its way from an activity through the host, a null becomes no result at all.</param>
    private JsonElement Write(object? input)
    {
        var payload = HubJson.Write(input);
        _hub.Meter.Measure(payload);
        return payload;
    }

    private async Task<T> ReadAsync<T>(Task<JsonElement> call, bool nullIsNothing = false)
    {
        try
        {
            var result = await call;
            _hub.Meter.Measure(result);
            return nullIsNothing && result.ValueKind == JsonValueKind.Null ? default! : HubJson.Read<T>(result);
        }
        catch (Workflows.Platform.TaskFailedException failed)
        {
            // A parent is told that its child was terminated, and no details at all.
            var wasTerminated = failed.Failure is { IsNonRetriable: true, Type: "System.InvalidOperationException" };
            throw new TaskFailedException(
                failed.TaskName, failed.TaskId, wasTerminated ? null! : HubClient.DetailsOf(failed.Failure));
        }
    }
}
