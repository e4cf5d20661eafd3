using System.Globalization;
using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;
using Workflows.Azure.Durable.Signals;
using Workflows.Platform;
using RetryPolicy = Workflows.Platform.RetryPolicy;
using SubOrchestrationOptions = Workflows.Platform.SubOrchestrationOptions;
using TaskFailedException = Workflows.Platform.TaskFailedException;

namespace Workflows.Azure.Durable;

/// <summary>The Platform's context on Durable Functions' one. What Durable would lose or do twice, it keeps (see docs/azure.md).</summary>
internal sealed class DurableOrchestrationContext : OrchestrationContext
{
    private readonly TaskOrchestrationContext _context;
    private readonly InstanceStart _start;
    private readonly DurableCatalog _catalog;
    private readonly SignalBox _box;
    private readonly List<CancellationTokenSource> _timers = [];
    private Task _sending = Task.CompletedTask;
    private NextGeneration? _next;
    private System.Text.Json.JsonElement? _status;
    private int _lastTask;
    private int _lastOwnCall;

    public DurableOrchestrationContext(TaskOrchestrationContext context, InstanceStart start, DurableCatalog catalog)
    {
        _context = context;
        _start = start;
        _catalog = catalog;
        _box = new SignalBox(context, start, after => CallOwnAsync<SignalPage>(OwnFunctions.ReadSignals, new ReadSignals(InstanceId, after)));
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

    public override DateTimeOffset UtcNow => new(DateTime.SpecifyKind(_context.CurrentUtcDateTime, DateTimeKind.Utc));

    public override bool IsReplaying => _context.IsReplaying;

    public override Guid NewGuid() => _context.NewGuid();

    public override ILogger CreateLogger(string category) => _context.CreateReplaySafeLogger(category);

    public override Task<TResult> CallActivityAsync<TResult>(string name, object? input, RetryPolicy? retry = null)
    {
        var payload = Payloads.Write(input, _catalog.FindActivity(name)?.InputType);
        var task = ++_lastTask;
        if (_catalog.FindActivity(name) is null)
        {
            throw MissingCode(name, task, "activity");
        }

        return RetryAsync(name, task, retry, async attempt => Payloads.Read<TResult>(
            await _context.CallActivityAsync<System.Text.Json.JsonElement>(
                name, new ActivityCall(InstanceId, task, attempt, KeyOf(task), payload))));
    }

    public override Task<TResult> CallSubOrchestrationAsync<TResult>(
        string name, object? input, SubOrchestrationOptions? options = null)
    {
        var child = new InstanceStart(Payloads.Write(input, _catalog.FindOrchestration(name)?.InputType), "")
        {
            Parent = InstanceId,
            Version = VersionOr(options?.Version),
        };
        var task = ++_lastTask;
        if (options?.InstanceId is { } given)
        {
            InstanceIds.ThrowIfInvalid(given);
        }

        if (_catalog.FindOrchestration(name) is null)
        {
            throw MissingCode(name, task, "orchestration");
        }

        return RetryAsync(name, task, options?.Retry, async attempt =>
        {
            var run = RunOf(task, attempt);
            var id = options?.InstanceId ?? SubId(task, attempt);
            var cursor = 0L;
            if (options?.InstanceId is not null)
            {
                // Durable would let a child take over an id that is somebody else's.
                var before = attempt > 1 ? RunOf(task, attempt - 1) : null;
                var taken = await CallOwnAsync<TakenId>(OwnFunctions.TakeId, new TakeId(id, run, before));
                cursor = taken.Cursor ?? throw new TaskFailedException(name, task, new FailureDetails(
                    typeof(NonRetriableException).FullName!, $"Instance id '{id}' is taken.", [], IsNonRetriable: true));
            }

            return Payloads.Read<TResult>(await _context.CallSubOrchestratorAsync<System.Text.Json.JsonElement>(
                name,
                child with { Run = run, Cursor = cursor },
                new Microsoft.DurableTask.SubOrchestrationOptions(new TaskOptions(), id)));
        });
    }

    public override void StartOrchestration(string name, object? input, string instanceId)
    {
        InstanceIds.ThrowIfInvalid(instanceId);
        var payload = Payloads.Write(input, _catalog.FindOrchestration(name)?.InputType);
        Send(OwnFunctions.StartInstance, new StartInstance(instanceId, name, payload, Version));
    }

    public override void SendEvent(string instanceId, string name, object? payload)
    {
        InstanceIds.ThrowIfInvalid(instanceId);
        Send(OwnFunctions.SendSignal, new SendSignal(instanceId, name, Payloads.Write(payload), KeyOf(++_lastTask)));
    }

    public override Task CreateTimerAsync(DateTimeOffset dueAt, CancellationToken cancellation = default)
    {
        if (cancellation.IsCancellationRequested)
        {
            return Task.FromCanceled(cancellation);
        }

        var source = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        _timers.Add(source);
        var due = dueAt > UtcNow ? dueAt : UtcNow;
        return _context.CreateTimer(due.UtcDateTime, source.Token);
    }

    public override Task<T> WaitForEventAsync<T>(string name, CancellationToken cancellation = default)
    {
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
                if (await Task.WhenAny(wait.Payload, timer) == timer)
                {
                    // What was kept before the deadline counts, although its wake-up may come after it.
                    await _box.ReadAsync();
                }

                stop.Cancel();
                if (!wait.Payload.IsCompleted)
                {
                    _box.Close(wait);
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

    public override void ContinueAsNew(object? input, bool preserveUnprocessedEvents = true, string? newVersion = null) =>
        _next = new NextGeneration(
            Payloads.Write(input, _catalog.FindOrchestration(Name)?.InputType), preserveUnprocessedEvents, VersionOr(newVersion));

    /// <summary>
    /// Ends the generation in good order: Durable would keep the instance running for as long as a timer is open, and what
    /// is on its way to other instances has to arrive.
    /// </summary>
    public async Task EndAsync(bool succeeded)
    {
        _timers.ForEach(timer => timer.Cancel());
        _box.End();
        await _sending;
        if (succeeded && _next is { } next)
        {
            _context.ContinueAsNew(await NextStartAsync(next), preserveUnprocessedEvents: false);
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
            Kept = next.PreserveEvents ? [.. _box.Kept] : [],
        };
    }

    private async Task<T> RetryAsync<T>(string name, int task, RetryPolicy? retry, Func<int, Task<T>> call)
    {
        var started = UtcNow;
        for (var attempt = 1; ; attempt++)
        {
            FailureDetails failure;
            try
            {
                return await call(attempt);
            }
            catch (Microsoft.DurableTask.TaskFailedException failed)
            {
                failure = RecordedFailureException.Read(failed.FailureDetails);
            }

            if (retry?.NextDelay(attempt, failure, UtcNow - started) is not { } delay)
            {
                throw new TaskFailedException(name, task, failure);
            }

            await CreateTimerAsync(UtcNow + delay);
        }
    }

    /// <summary>Calls one of this home's own functions, patiently: its failures are the storage's.</summary>
    private Task<T> CallOwnAsync<T>(string function, object input)
    {
        var call = ++_lastOwnCall;
        return RetryAsync(function, call, OwnFunctions.Patience, _ => _context.CallActivityAsync<T>(function, input));
    }

    /// <summary>One after the other, so that a receiver gets them in the order in which they were sent.</summary>
    private void Send(string function, object input)
    {
        _sending = SendAfterAsync(_sending);

        async Task SendAfterAsync(Task before)
        {
            await before;
            await CallOwnAsync<bool>(function, input);
        }
    }

    private void GiveUp(SignalWait wait, CancellationToken cancellation)
    {
        _box.Close(wait);
        wait.Cancel(cancellation);
    }

    /// <summary>As asked for; none for an empty one; this instance's own when nothing is said.</summary>
    private string? VersionOr(string? asked) => asked is null ? Version : asked.Length == 0 ? null : asked;

    private string KeyOf(int task) => string.Create(CultureInfo.InvariantCulture, $"{_start.Run}/{_start.Generation}/{task}");

    private string RunOf(int task, int attempt) =>
        string.Create(CultureInfo.InvariantCulture, $"{_start.Run}.{_start.Generation}.{task}.{attempt}");

    /// <summary>Unique to the run and the same on replay, and short enough whatever the parent's id is.</summary>
    private string SubId(int task, int attempt)
    {
        const int longestParent = 40;
        var parent = InstanceId.Length <= longestParent ? InstanceId
            : InstanceId[..(char.IsHighSurrogate(InstanceId[longestParent - 1]) ? longestParent - 1 : longestParent)];
        var hash = System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(RunOf(task, attempt)));
        return $"{parent}:{Convert.ToHexStringLower(hash.AsSpan(0, 16))}";
    }

    private static TaskFailedException MissingCode(string name, int task, string kind) => new(
        name, task, new FailureDetails(typeof(NonRetriableException).FullName!, $"There is no {kind} '{name}'.", [], IsNonRetriable: true));

    private sealed record NextGeneration(System.Text.Json.JsonElement Input, bool PreserveEvents, string? Version);
}
