using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Workflows.Engine.Activities;
using Workflows.Engine.Instances.Messages;
using Workflows.Engine.Instances.Scheduling;
using Workflows.Engine.Mails;
using Workflows.Engine.Storage;
using Workflows.Engine.Timers;
using Workflows.Engine.Turns;
using Workflows.Platform;

namespace Workflows.Engine.Instances;

/// <summary>
/// The instances in memory: at most one object for each, which handles all that concerns the instance. When there are
/// more than the engine may keep, those with nothing under way leave, the longest unused first.
/// </summary>
internal sealed class InstanceRegistry
{
    private readonly ConcurrentDictionary<string, LiveInstance> _live = new(StringComparer.Ordinal);
    private readonly IdleInstances _idle = new();
    private readonly ConcurrentDictionary<long, bool> _unrecovered = new();
    private int _count;
    private int _active;

    public InstanceRegistry(
        Database database, EngineOptions options, TurnServices turns, ActivityPool pool, MailSignal mailSignal,
        ILogger log)
    {
        Database = database;
        Options = options;
        Turns = turns;
        Pool = pool;
        MailSignal = mailSignal;
        Log = log;
        Quarantine = new CrashQuarantine(this);
        Compatibility = new Compatibility(turns.Catalog, options, log);
    }

    public Database Database { get; }

    public EngineOptions Options { get; }

    public TurnServices Turns { get; }

    public ActivityPool Pool { get; }

    public MailSignal MailSignal { get; }

    public ILogger Log { get; }

    public CrashQuarantine Quarantine { get; }

    public Compatibility Compatibility { get; }

    public TurnScheduler Scheduler { get; } = new();

    public CompletionWaiters Waiters { get; } = new();

    /// <summary>Set when the engine starts.</summary>
    public TimerDispatcher Timers { get; set; } = null!;

    /// <summary>
    /// Whether the process died before this start, so that an activity that ran then may have killed it.
    /// </summary>
    public bool CameFromCrash { get; set; }

    public bool IsStopping { get; set; }

    /// <summary>The time of the engine's clock, UTC ticks.</summary>
    public long Now => Options.TimeProvider.GetUtcNow().UtcTicks;

    /// <summary>The number of instances in memory.</summary>
    public int Count => _count;

    /// <summary>Whether any instance has work under way.</summary>
    public bool HasWork => Busy > 0;

    /// <summary>Whether any instance is active: it handles messages, or a write of it is on its way.</summary>
    public bool IsActive => Volatile.Read(ref _active) > 0;

    private int Busy => _count - _idle.Count;

    /// <exception cref="HomeUnavailableException">Too many instances have work under way.</exception>
    public void ThrowIfFull()
    {
        if (Busy >= Options.MaxBusyInstances)
        {
            throw new HomeUnavailableException(
                "Too many instances of this home have work under way now.", TimeSpan.FromSeconds(1));
        }
    }

    /// <summary>Posts a message to an instance, which is taken into memory if it is not there.</summary>
    /// <param name="id">The instance's id.</param>
    /// <param name="message">The message.</param>
    /// <param name="runHere">
    /// Whether the calling thread may handle it, when no other thread handles the instance.
    /// </param>
    public void Post(string id, InstanceMessage message, bool runHere = false)
    {
        while (true)
        {
            if (!_live.TryGetValue(id, out var live))
            {
                var created = new LiveInstance(id, this);
                live = _live.GetOrAdd(id, created);
                if (live == created)
                {
                    Interlocked.Increment(ref _count);
                }
            }

            if (live.TryPost(message, runHere))
            {
                return;
            }
        }
    }

    public void Remove(LiveInstance instance)
    {
        if (_live.TryRemove(new KeyValuePair<string, LiveInstance>(instance.Id, instance)))
        {
            Interlocked.Decrement(ref _count);
        }
    }

    /// <summary>An instance becomes active.</summary>
    public void Begin() => Interlocked.Increment(ref _active);

    /// <summary>An active instance rests.</summary>
    public void End() => Interlocked.Decrement(ref _active);

    /// <summary>
    /// Adds an instance that has nothing under way. The longest unused one leaves when there are too many.
    /// </summary>
    public void EnterIdle(LiveInstance instance)
    {
        _idle.Add(instance);
        if (_count > Options.MaxLiveInstances && _idle.TakeLongestUnused() is { } leaves)
        {
            Post(leaves.Id, new EngineSignal(SignalKind.Evict, urgency: Urgency.Idle));
        }
    }

    public void LeaveIdle(LiveInstance instance) => _idle.Remove(instance);

    /// <summary>Continues what was under way at the last stop, a limited number of instances at a time.</summary>
    public async Task RecoverAsync(IReadOnlyList<(long Key, string Id)> working, CancellationToken stopping)
    {
        Quarantine.Open(stopping);
        foreach (var (key, _) in working)
        {
            _unrecovered[key] = true;
        }

        foreach (var (key, id) in working)
        {
            while (Busy >= Options.MaxBusyInstances / 2 && !stopping.IsCancellationRequested)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, stopping);
            }

            if (stopping.IsCancellationRequested)
            {
                return;
            }

            Post(id, new EngineSignal(SignalKind.Wake, key, Urgency.Idle));
        }
    }

    /// <summary>
    /// Whether the open activities of an execution were started by an earlier process. True once after each start.
    /// </summary>
    public bool TakeUnrecovered(long key) => !_unrecovered.IsEmpty && _unrecovered.TryRemove(key, out _);

    /// <summary>Removes all instances, because the engine has stopped.</summary>
    public void Clear()
    {
        foreach (var live in _live.Values)
        {
            live.Retire();
        }

        _live.Clear();
        _count = 0;
        _active = 0;
        _unrecovered.Clear();
        _idle.Clear();
    }
}
