using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging;
using Workflows.Engine.History;
using Workflows.Engine.Instances;
using Workflows.Platform;

namespace Workflows.Engine.Turns;

/// <summary>
/// The context of an orchestrator. Each call adds an action; what it waits for is completed by a message in a later
/// turn.
/// </summary>
internal sealed class DurableContext(
    InstanceRow row, TurnServices services, TurnThread thread, Action onNonDurableAwait) : OrchestrationContext
{
    private const int MaxCustomStatusBytes = 16 * 1024;
    private int _guids;
    private DateTimeOffset _now;

    public OpenTasks Tasks { get; } = new();

    public EventWaits Waits { get; } = new();

    public NextGeneration? Next { get; private set; }

    /// <summary>The custom status as set last; <see cref="CustomStatusChanged"/> is whether this turn set it.</summary>
    public byte[]? CustomStatus { get; private set; }

    public bool CustomStatusChanged { get; private set; }

    public override string InstanceId => row.Id;

    public override string Name => row.Name;

    public override string? Version => row.Version;

    public override string? ParentInstanceId => row.Parent?.Id;

    public override DateTimeOffset UtcNow => _now;

    public override bool IsReplaying => Replaying;

    public bool Replaying { get; private set; }

    public void BeginTurn(long at, bool replaying)
    {
        _now = new DateTimeOffset(at, TimeSpan.Zero);
        Replaying = replaying;
        CustomStatusChanged = false;
        Tasks.BeginTurn();
    }

    public override Guid NewGuid()
    {
        thread.ThrowIfNotCurrent();
        return NameBasedGuid.Create(string.Create(
            CultureInfo.InvariantCulture, $"{row.ExecutionId(services.FileId)}/{row.Generation}/{++_guids}"));
    }

    public override async Task<TResult> CallActivityAsync<TResult>(
        string name, object? input, CallRetryPolicy? retry = null)
    {
        thread.ThrowIfNotCurrent();
        var payload = services.Payloads.Write(input, services.Catalog.FindActivity(name)?.InputType);
        var action = new TurnAction(TurnActionKind.Activity, Tasks.NextId(), name, "", Payloads.HashOf(payload));
        var started = UtcNow;
        for (var attempt = 1; ; attempt++)
        {
            var outcome = await Tasks.Call(new ScheduledAction(action, payload, attempt));
            if (outcome.Failure is null)
            {
                return Payloads.Read<TResult>(outcome.Result);
            }

            await PauseBeforeRetry(action, retry, attempt, outcome.Failure, started);
        }
    }

    public override async Task<TResult> CallSubOrchestrationAsync<TResult>(
        string name, object? input, SubOrchestrationCallOptions? options = null)
    {
        thread.ThrowIfNotCurrent();
        var payload = services.Payloads.Write(input, services.Catalog.FindOrchestration(name)?.InputType);
        var taskId = Tasks.NextId();
        var target = options?.InstanceId ?? SubId(taskId);
        InstanceIds.ThrowIfInvalid(target);
        var action = new TurnAction(TurnActionKind.SubOrchestration, taskId, name, target, Payloads.HashOf(payload));
        var started = UtcNow;
        for (var attempt = 1; ; attempt++)
        {
            var outcome = await Tasks.Call(new ScheduledAction(action, payload, attempt, VersionOr(options?.Version)));
            if (outcome.Failure is null)
            {
                return Payloads.Read<TResult>(outcome.Result);
            }

            await PauseBeforeRetry(action, options?.Retry, attempt, outcome.Failure, started);
        }
    }

    public override void StartOrchestration(string name, object? input, string instanceId)
    {
        thread.ThrowIfNotCurrent();
        InstanceIds.ThrowIfInvalid(instanceId);
        var payload = services.Payloads.Write(input, services.Catalog.FindOrchestration(name)?.InputType);
        Tasks.Actions.Add(new ScheduledAction(
            new TurnAction(TurnActionKind.StartOrchestration, 0, name, instanceId, Payloads.HashOf(payload)),
            payload,
            Version: Version));
    }

    public override Task CreateTimerAsync(DateTimeOffset dueAt, CancellationToken cancellation = default)
    {
        thread.ThrowIfNotCurrent();
        if (cancellation.IsCancellationRequested)
        {
            return Task.FromCanceled(cancellation);
        }

        var done = new TaskCompletionSource();
        var cancelling = default(CancellationTokenRegistration);
        var id = Tasks.OpenTimer(dueAt, () =>
        {
            cancelling.Dispose();
            done.SetResult();
        });
        cancelling = WhenCancelled(
            () =>
            {
                Tasks.CloseTimer(id);
                done.TrySetCanceled(cancellation);
            },
            cancellation);
        return done.Task;
    }

    public override Task<T> WaitForEventAsync<T>(string name, CancellationToken cancellation = default)
    {
        thread.ThrowIfNotCurrent();
        if (cancellation.IsCancellationRequested)
        {
            return Task.FromCanceled<T>(cancellation);
        }

        RecordWait(name);
        if (Waits.TakeWaiting(name) is { } waiting)
        {
            return Task.FromResult(Payloads.Read<T>(waiting.Payload));
        }

        var done = new TaskCompletionSource<EventRaised>();
        var wait = Waits.Add(name, typeof(T), done.SetResult);
        return Take();

        async Task<T> Take()
        {
            using var cancelling = WhenCancelled(
                () =>
                {
                    Waits.Close(wait);
                    done.TrySetCanceled(cancellation);
                },
                cancellation);
            return Payloads.Read<T>((await done.Task).Payload);
        }
    }

    public override Task<EventOrTimeout<T>> WaitForEventAsync<T>(
        string name, DateTimeOffset deadline, CancellationToken cancellation = default)
    {
        thread.ThrowIfNotCurrent();
        if (cancellation.IsCancellationRequested)
        {
            return Task.FromCanceled<EventOrTimeout<T>>(cancellation);
        }

        RecordWait(name);
        if (Waits.TakeWaiting(name) is { } waiting)
        {
            return Task.FromResult(new EventOrTimeout<T>(TimedOut: false, Payloads.Read<T>(waiting.Payload)));
        }

        // The event or the timer, whichever comes first, closes the other, so that neither stays open.
        var done = new TaskCompletionSource<EventRaised?>();
        var timer = 0;
        var wait = Waits.Add(name, typeof(T), raised =>
        {
            Tasks.CloseTimer(timer);
            done.SetResult(raised);
        });
        timer = Tasks.OpenTimer(deadline, () =>
        {
            Waits.Close(wait);
            done.SetResult(null);
        });
        return Take();

        async Task<EventOrTimeout<T>> Take()
        {
            using var cancelling = WhenCancelled(
                () =>
                {
                    Waits.Close(wait);
                    Tasks.CloseTimer(timer);
                    done.TrySetCanceled(cancellation);
                },
                cancellation);
            return await done.Task is { } came
                ? new EventOrTimeout<T>(TimedOut: false, Payloads.Read<T>(came.Payload))
                : new EventOrTimeout<T>(TimedOut: true, default);
        }
    }

    public override void SendEvent(string instanceId, string name, object? payload)
    {
        thread.ThrowIfNotCurrent();
        InstanceIds.ThrowIfInvalid(instanceId);
        var bytes = services.Payloads.Write(payload);
        // The event's id is derived from the task's number, so that the receiver accepts it once.
        Tasks.Actions.Add(new ScheduledAction(
            new TurnAction(TurnActionKind.SendEvent, Tasks.NextId(), name, instanceId, Payloads.HashOf(bytes)), bytes));
    }

    public override void SetCustomStatus(object? status)
    {
        thread.ThrowIfNotCurrent();
        var bytes = services.Payloads.Write(status);
        if (bytes is not null && Encoding.UTF8.GetCharCount(bytes) * sizeof(char) > MaxCustomStatusBytes)
        {
            throw new ArgumentException("A custom status is at most 16 KB as UTF-16 JSON.", nameof(status));
        }

        CustomStatus = bytes;
        CustomStatusChanged = true;
    }

    public override void ContinueAsNew(object? input, bool preserveUnprocessedEvents = true, string? newVersion = null)
    {
        thread.ThrowIfNotCurrent();
        var payload = services.Payloads.Write(input, services.Catalog.FindOrchestration(Name)?.InputType);
        Next = new NextGeneration(payload, preserveUnprocessedEvents, VersionOr(newVersion));
    }

    public override ILogger CreateLogger(string category) =>
        new ReplaySafeLogger(services.Logging.CreateLogger(category), this);

    /// <summary>
    /// The version that was asked for: null when it is empty, this instance's own when none was given.
    /// </summary>
    private string? VersionOr(string? asked) => asked is null ? Version : asked.Length == 0 ? null : asked;

    private void RecordWait(string name) => Tasks.Actions.Add(new ScheduledAction(
        new TurnAction(TurnActionKind.Wait, Tasks.NextId(), name.ToUpperInvariant(), "", 0)));

    private async Task PauseBeforeRetry(
        TurnAction action, CallRetryPolicy? retry, int attempt, byte[] encoded, DateTimeOffset started)
    {
        var failure = Payloads.Read<FailureDetails>(encoded);
        if (retry?.NextDelay(attempt, failure, UtcNow - started) is not { } delay)
        {
            throw new CallFailedException(action.Name, action.TaskId, failure);
        }

        await CreateTimerAsync(UtcNow + delay);
    }

    private CancellationTokenRegistration WhenCancelled(Action close, CancellationToken cancellation) =>
        cancellation.CanBeCanceled
            ? cancellation.Register(() =>
            {
                // A token that a timer or another thread cancels is not durable, as Task.Delay is not.
                if (thread.IsCurrent)
                {
                    close();
                }
                else
                {
                    onNonDurableAwait();
                }
            })
            : default;

    /// <summary>
    /// A sub-orchestration's id when none was given: unique in the file, the same on replay, and short enough for every
    /// id of the parent.
    /// </summary>
    private string SubId(int taskId)
    {
        const int longestParent = 60;
        var parent = row.Id.Beginning(longestParent);
        return string.Create(CultureInfo.InvariantCulture, $"{parent}:{row.Key:x}.{row.Generation:x}.{taskId:x}");
    }
}
