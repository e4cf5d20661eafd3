using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Workflows.Engine.Activities;
using Workflows.Engine.Mails;
using Workflows.Engine.Storage;
using Workflows.Engine.Timers;
using Workflows.Engine.Turns;
using Workflows.Platform;

namespace Workflows.Engine.Instances;

/// <summary>
/// The instances that are in memory: at most one object each, through which everything goes that concerns it. Those with
/// nothing under way leave, the longest unused first, when there are more than the engine may keep.
/// </summary>
internal sealed class InstanceRegistry
{
    private readonly ConcurrentDictionary<string, LiveInstance> _live = new(StringComparer.Ordinal);
    private readonly LinkedList<LiveInstance> _idle = new();
    private readonly Lock _idleGate = new();
    private readonly ConcurrentDictionary<long, bool> _unrecovered = new();
    private int _count;
    private int _active;

    public InstanceRegistry(Database database, EngineOptions options, TurnServices turns, ActivityPool pool, MailSignal mailSignal, ILogger log)
    {
        Database = database;
        Options = options;
        Turns = turns;
        Pool = pool;
        MailSignal = mailSignal;
        Log = log;
        Quarantine = new CrashQuarantine(this);
    }

    public Database Database { get; }

    public EngineOptions Options { get; }

    public TurnServices Turns { get; }

    public ActivityPool Pool { get; }

    public MailSignal MailSignal { get; }

    public ILogger Log { get; }

    public CrashQuarantine Quarantine { get; }

    public TurnScheduler Scheduler { get; } = new();

    public CompletionWaiters Waiters { get; } = new();

    /// <summary>Set when the engine starts.</summary>
    public TimerDispatcher Timers { get; set; } = null!;

    /// <summary>Whether the process died at the last opening's end, so that what ran then may be to blame.</summary>
    public bool CameFromCrash { get; set; }

    public bool IsStopping { get; set; }

    /// <summary>Instances in memory.</summary>
    public int Count => _count;

    /// <summary>Whether any instance has something under way.</summary>
    public bool HasWork => Busy > 0;

    /// <summary>Whether something is being dealt with or written.</summary>
    public bool IsActive => Volatile.Read(ref _active) > 0;

    private int Busy => _count - _idle.Count;

    /// <exception cref="HomeUnavailableException">Too many instances have work under way.</exception>
    public void ThrowIfFull()
    {
        if (Busy >= Options.MaxBusyInstances)
        {
            throw new HomeUnavailableException("The home has too much under way now.", TimeSpan.FromSeconds(1));
        }
    }

    /// <summary>Puts something in an instance's mailbox, taking the instance into memory if it is not there.</summary>
    /// <param name="id">Whose.</param>
    /// <param name="message">What.</param>
    /// <param name="here">Whether the calling thread may do the work, if nobody does.</param>
    public void Post(string id, InstanceMessage message, bool here = false)
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

            if (live.TryPost(message, here))
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

    /// <summary>An instance begins to deal with its mail.</summary>
    public void Begin() => Interlocked.Increment(ref _active);

    /// <summary>An instance has dealt with its mail.</summary>
    public void End() => Interlocked.Decrement(ref _active);

    /// <summary>It has nothing under way: it may leave when room is needed.</summary>
    public void EnterIdle(LiveInstance instance)
    {
        LiveInstance? leaves = null;
        lock (_idleGate)
        {
            if (instance.IdleNode.List is null)
            {
                _idle.AddLast(instance.IdleNode);
            }

            if (_count > Options.MaxLiveInstances && _idle.First is { } longest)
            {
                leaves = longest.Value;
                _idle.RemoveFirst();
            }
        }

        if (leaves is not null)
        {
            Post(leaves.Id, new EngineSignal(SignalKind.Evict, urgency: Urgency.Idle));
        }
    }

    public void LeaveIdle(LiveInstance instance)
    {
        lock (_idleGate)
        {
            if (instance.IdleNode.List is not null)
            {
                _idle.Remove(instance.IdleNode);
            }
        }
    }

    /// <summary>Takes up what was under way at the last stop, a bounded number at a time.</summary>
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

            Post(id, new EngineSignal(SignalKind.Wake, key, urgency: Urgency.Idle));
        }
    }

    /// <summary>Whether its open activities were started by an earlier process; asked once.</summary>
    public bool TakeUnrecovered(long key) => !_unrecovered.IsEmpty && _unrecovered.TryRemove(key, out _);

    /// <summary>Forgets all; the engine has stopped.</summary>
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
        lock (_idleGate)
        {
            _idle.Clear();
        }
    }
}
