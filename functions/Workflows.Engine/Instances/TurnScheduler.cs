using System.Collections.Concurrent;

namespace Workflows.Engine.Instances;

/// <summary>Who waits for an instance to deal with its mail.</summary>
internal enum Urgency
{
    /// <summary>A caller, or work under way.</summary>
    Asked,

    /// <summary>Nobody in particular: a timer has come due.</summary>
    Due,

    /// <summary>Nobody at all: recovery after a start, eviction.</summary>
    Idle,
}

/// <summary>
/// Where instances wait for a thread to deal with their mail. Only as many as there are processors have one, and each goes
/// through the thread pool's line for every instance: however many timers come due at once, a web request stands behind a
/// few of them and not behind all. The more urgent go first; the others still get every fourth and eighth place. When all
/// threads are blocked, by an orchestrator that waits where it must not, another one is added.
/// </summary>
internal sealed class TurnScheduler : IThreadPoolWorkItem
{
    private static readonly TimeSpan StallTimeout = TimeSpan.FromSeconds(1);

    private readonly ConcurrentQueue<LiveInstance>[] _waiting = [new(), new(), new()];
    private readonly int _most = Environment.ProcessorCount;
    private int _running;
    private int _taken;
    private int _watching;

    private bool HasWaiting => !_waiting[0].IsEmpty || !_waiting[1].IsEmpty || !_waiting[2].IsEmpty;

    /// <summary>Lines an instance up. It may stand in several places; the first to be reached counts.</summary>
    public void Add(LiveInstance instance, Urgency urgency)
    {
        _waiting[(int)urgency].Enqueue(instance);
        StartAnother();
    }

    void IThreadPoolWorkItem.Execute()
    {
        var toStart = Next()?.Deal() ?? default;
        // An activity may block its thread; the place is another's by then.
        GoOn();
        toStart.Start();
    }

    private LiveInstance? Next()
    {
        var taken = Interlocked.Increment(ref _taken);
        var favoured = taken % 8 == 0 ? Urgency.Idle : taken % 4 == 0 ? Urgency.Due : Urgency.Asked;
        return Next(favoured) ?? Next(Urgency.Asked) ?? Next(Urgency.Due) ?? Next(Urgency.Idle);
    }

    private LiveInstance? Next(Urgency urgency)
    {
        while (_waiting[(int)urgency].TryDequeue(out var instance))
        {
            if (instance.LeaveLine())
            {
                return instance;
            }
        }

        return null;
    }

    private void StartAnother()
    {
        // What was added must be seen by whoever leaves, or his leaving be seen here.
        Interlocked.MemoryBarrier();
        var running = Volatile.Read(ref _running);
        if (running >= _most && Interlocked.Exchange(ref _watching, 1) == 0)
        {
            _ = WatchAsync();
        }

        while (running < _most)
        {
            var seen = Interlocked.CompareExchange(ref _running, running + 1, running);
            if (seen == running)
            {
                ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
                return;
            }

            running = seen;
        }
    }

    private async Task WatchAsync()
    {
        do
        {
            while (HasWaiting)
            {
                var taken = Volatile.Read(ref _taken);
                await Task.Delay(StallTimeout, TimeProvider.System);
                if (HasWaiting && taken == Volatile.Read(ref _taken))
                {
                    Interlocked.Increment(ref _running);
                    ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
                }
            }

            Interlocked.Exchange(ref _watching, 0);
        }
        while (HasWaiting && Interlocked.Exchange(ref _watching, 1) == 0);
    }

    private void GoOn()
    {
        if (HasWaiting)
        {
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
            return;
        }

        Interlocked.Decrement(ref _running);
        // Something may have come between the look and the leaving.
        if (HasWaiting)
        {
            StartAnother();
        }
    }
}
