using System.Globalization;
using System.Text.Json;
using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;
using Workflows.Azure.Durable.Signals;
using Workflows.Platform;

namespace Workflows.Azure.Durable;

/// <summary>
/// The Platform's context on Durable Functions' one. What Durable would lose or do twice, it keeps (see
/// docs/azure-operate.md).
/// </summary>
internal sealed class DurableOrchestrationContext : OrchestrationContext
{
    private readonly TaskOrchestrationContext _context;
    private readonly InstanceStart _start;
    private readonly OrchestrationClock _clock;
    private readonly DurableCatalog _catalog;
    private readonly EventBuffer _box;
    private readonly RetryingCalls _calls;
    private readonly SubOrchestrations _children;
    private readonly Timers _timers;
    private readonly Timers _ownTimers;
    private NextGeneration? _next;
    private JsonElement? _status;
    private int _lastTask;

    public DurableOrchestrationContext(TaskOrchestrationContext context, InstanceStart start, DurableCatalog catalog)
    {
        _context = context;
        _start = start;
        _catalog = catalog;
        _clock = new OrchestrationClock(context);
        _timers = new Timers(context, _clock);
        _ownTimers = new Timers(context, _clock);
        _calls = new RetryingCalls(context, _clock, _timers, _ownTimers);
        _children = new SubOrchestrations(context, start, _calls);
        _box = new EventBuffer(
            context, start,
            after => _calls.OwnAsync<SignalPage>(AdapterFunctions.ReadSignals, new ReadSignals(InstanceId, after)));
        _status = start.Status;
        if (_status is not null)
        {
            context.SetCustomStatus(_status);
        }
    }

    public override string InstanceId => _context.InstanceId;

    public override string Name => _context.Name;

    public override string? Version => _start.Version;

    public override string? ParentInstanceId => _start.Parent;

    public override DateTimeOffset UtcNow => new(_clock.UtcNow);

    public override bool IsReplaying => _context.IsReplaying;

    public override Guid NewGuid() => _context.NewGuid();

    public override ILogger CreateLogger(string category) => _context.CreateReplaySafeLogger(category);

    public override Task<TResult> CallActivityAsync<TResult>(string name, object? input, CallRetryPolicy? retry = null)
    {
        ThrowIfElsewhere();
        var payload = Payloads.Write(input, _catalog.FindActivity(name)?.InputType);
        var task = ++_lastTask;
        if (_catalog.FindActivity(name) is null)
        {
            throw RetryingCalls.MissingCode(name, task, "activity");
        }

        return _calls.RetryAsync(name, task, retry, async attempt => Payloads.Read<TResult>(
            await _context.CallActivityAsync<JsonElement>(
                name, new ActivityCall(InstanceId, task, attempt, KeyOf(task), payload))));
    }

    public override Task<TResult> CallSubOrchestrationAsync<TResult>(
        string name, object? input, SubOrchestrationCallOptions? options = null)
    {
        ThrowIfElsewhere();
        if (options?.InstanceId is { } given)
        {
            InstanceIds.ThrowIfInvalid(given);
        }

        var child = new InstanceStart(Payloads.Write(input, _catalog.FindOrchestration(name)?.InputType), "")
        {
            Parent = InstanceId,
            Version = VersionOr(options?.Version),
        };
        var task = ++_lastTask;
        return _catalog.FindOrchestration(name) is null ? throw RetryingCalls.MissingCode(name, task, "orchestration")
            : _children.CallAsync<TResult>(name, task, child, options);
    }

    public override void StartOrchestration(string name, object? input, string instanceId)
    {
        ThrowIfElsewhere();
        InstanceIds.ThrowIfInvalid(instanceId);
        var payload = Payloads.Write(input, _catalog.FindOrchestration(name)?.InputType);
        var run = string.Create(CultureInfo.InvariantCulture, $"{_start.Run}.{_start.Generation}.{++_lastTask}");
        _calls.InTurnAsync<bool>(
            AdapterFunctions.StartInstance, new StartInstance(instanceId, name, payload, Version, run));
    }

    public override void SendEvent(string instanceId, string name, object? payload)
    {
        ThrowIfElsewhere();
        InstanceIds.ThrowIfInvalid(instanceId);
        _calls.InTurnAsync<bool>(
            AdapterFunctions.SendSignal, new SendSignal(instanceId, name, Payloads.Write(payload), KeyOf(++_lastTask)));
    }

    public override Task CreateTimerAsync(DateTimeOffset dueAt, CancellationToken cancellation = default)
    {
        ThrowIfElsewhere();
        return _timers.CreateAsync(dueAt, cancellation);
    }

    public override Task<T> WaitForEventAsync<T>(string name, CancellationToken cancellation = default)
    {
        ThrowIfElsewhere();
        if (cancellation.IsCancellationRequested)
        {
            return Task.FromCanceled<T>(cancellation);
        }

        var wait = _box.Open(name, typeof(T), closesAt: null);
        return TakeAsync();

        async Task<T> TakeAsync()
        {
            using var giveUp = cancellation.Register(() => GiveUp(wait, cancellation));
            return Payloads.Read<T>(await wait.Payload);
        }
    }

    public override Task<EventOrTimeout<T>> WaitForEventAsync<T>(
        string name, DateTimeOffset deadline, CancellationToken cancellation = default)
    {
        ThrowIfElsewhere();
        if (cancellation.IsCancellationRequested)
        {
            return Task.FromCanceled<EventOrTimeout<T>>(cancellation);
        }

        var wait = _box.Open(name, typeof(T), deadline > UtcNow ? deadline : UtcNow);
        return TakeAsync();

        async Task<EventOrTimeout<T>> TakeAsync()
        {
            if (!wait.Payload.IsCompleted)
            {
                using var giveUp = cancellation.Register(() => GiveUp(wait, cancellation));
                using var stop = new CancellationTokenSource();
                var timer = CreateTimerAsync(deadline, stop.Token);
                try
                {
                    if (await Task.WhenAny(wait.Payload, timer) == timer)
                    {
                        // What was kept before the deadline counts, although its wake-up may come after it.
                        await _box.ReadAsync();
                    }
                }
                finally
                {
                    stop.Cancel();
                    _box.Close(wait);
                }

                if (!wait.Payload.IsCompleted)
                {
                    return new EventOrTimeout<T>(TimedOut: true, default);
                }
            }

            return new EventOrTimeout<T>(TimedOut: false, Payloads.Read<T>(await wait.Payload));
        }
    }

    public override void SetCustomStatus(object? status)
    {
        _status = Payloads.WriteStatus(status);
        _context.SetCustomStatus(_status);
    }

    public override void ContinueAsNew(
        object? input, bool preserveUnprocessedEvents = true, string? newVersion = null) =>
        _next = new NextGeneration(
            Payloads.Write(input, _catalog.FindOrchestration(Name)?.InputType), preserveUnprocessedEvents,
            VersionOr(newVersion));

    /// <summary>
    /// Ends when the instance is to begin. Durable's own start at a later time is held back by its storage, for seven
    /// days at most, and cannot be suspended: so an instance begins at once and waits for its time itself.
    /// </summary>
    public Task WhenDueAsync() =>
        _start.StartAt is { } startAt && startAt > UtcNow
            ? CreateTimerAsync(startAt, CancellationToken.None)
            : Task.CompletedTask;

    /// <summary>
    /// Ends the generation in good order: Durable would keep the instance running for as long as a timer is open, and
    /// what is on its way to other instances has to arrive.
    /// </summary>
    public async Task EndAsync(bool succeeded)
    {
        _box.End();
        _timers.End();
        try
        {
            await _calls.Sending;
            if (succeeded && _next is { } next)
            {
                _context.ContinueAsNew(await NextStartAsync(next), preserveUnprocessedEvents: false);
            }
            else if (_catalog.FindOrchestration(Name)?.HandsUntakenEventsTo is { } receiver)
            {
                await HandOverAsync(receiver);
            }
        }
        catch (Workflows.Platform.CallFailedException) when (!succeeded)
        {
            // What the orchestration failed of counts.
        }
        finally
        {
            _ownTimers.End();
        }
    }

    private async Task HandOverAsync(string receiver)
    {
        var untaken = _box.Kept.ToList();
        var page = await _calls.OwnAsync<SignalPage>(
            AdapterFunctions.CloseSignals, new CloseSignals(InstanceId, _start.Run, _box.Cursor));
        untaken.AddRange(page.Signals);
        while (page.More)
        {
            page = await _calls.OwnAsync<SignalPage>(
                AdapterFunctions.ReadSignals, new ReadSignals(InstanceId, untaken[^1].Number));
            untaken.AddRange(page.Signals);
        }

        if (untaken.Count == 0)
        {
            return;
        }

        Log.EventsHandedOver(CreateLogger(Log.Category), InstanceId, untaken.Count, receiver);
        var events = untaken.Select(signal => new UntakenEvent(signal.Name, signal.Payload));
        foreach (var batch in UntakenEvents.Batches(InstanceId, events))
        {
            var key = Sha256Hex.Lower(KeyOf(++_lastTask))[..24];
            var start = new StartInstance(
                batch.ReceiverId(key), receiver, Payloads.Write(batch), Version, Run: key);
            await _calls.InTurnAsync<bool>(AdapterFunctions.StartInstance, start);
        }
    }

    private async Task<InstanceStart> NextStartAsync(NextGeneration next)
    {
        if (!next.PreserveEvents)
        {
            await _box.ReadAsync();
            Log.EventsDropped(CreateLogger(Log.Category), InstanceId, _box.Kept.Count);
        }

        return _start with
        {
            Input = next.Input,
            Generation = _start.Generation + 1,
            Version = next.Version,
            Status = _status,
            Cursor = _box.Cursor,
            // Durable's own events end with the generation, and the wake-ups with them.
            HasSignals = true,
            Kept = next.PreserveEvents ? [.. _box.Kept] : [],
        };
    }

    private void GiveUp(SignalWait wait, CancellationToken cancellation)
    {
        _box.Close(wait);
        wait.Cancel(cancellation);
    }

    /// <summary>
    /// Code that has awaited something else than this context goes on outside of the orchestrator's turn, where nothing
    /// that it asks for is recorded.
    /// </summary>
    private static void ThrowIfElsewhere()
    {
        if (!DurableTask.Core.OrchestrationContext.IsOrchestratorThread)
        {
            throw new InvalidOperationException(
                "An orchestration may only await what its context gives it: this call comes from outside its turn.");
        }
    }

    /// <summary>As asked for; none for an empty one; this instance's own when nothing is said.</summary>
    private string? VersionOr(string? asked) => asked is null ? Version : asked.Length == 0 ? null : asked;

    private string KeyOf(int task) =>
        string.Create(CultureInfo.InvariantCulture, $"{_start.Run}/{_start.Generation}/{task}");

    private sealed record NextGeneration(JsonElement Input, bool PreserveEvents, string? Version);
}
