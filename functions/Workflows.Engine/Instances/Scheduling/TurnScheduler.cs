using System.Collections.Concurrent;

namespace Workflows.Engine.Instances.Scheduling;

/// <summary>
/// Where instances wait for a thread to handle their messages. At most as many as there are processors have one, and
/// each goes through the thread pool's queue for every instance: however many timers come due at once, a web request
/// stands behind a few of them and not behind all. The more urgent go first; the others still get every fourth and
/// eighth place. When all threads are blocked, by an orchestrator that waits where it must not, another one is added.
/// </summary>
internal sealed class TurnScheduler : IThreadPoolWorkItem
{
    private static readonly TimeSpan StallTimeout = TimeSpan.FromSeconds(1);

    private readonly ConcurrentQueue<LiveInstance>[] _waiting = [new(), new(), new()];
    private readonly int _maxThreads = Environment.ProcessorCount;
    private int _running;
    private int _taken;
    private int _watching;
    private int _threadsAdded;

    /// <summary>How often all threads were blocked for the length of the time-out, and another one was added.</summary>
    public int ThreadsAdded => Volatile.Read(ref _threadsAdded);

    private bool HasWaiting => !_waiting[0].IsEmpty || !_waiting[1].IsEmpty || !_waiting[2].IsEmpty;

    /// <summary>Queues an instance. It may stand in several places; the first that is reached counts.</summary>
    public void Add(LiveInstance instance, Urgency urgency)
    {
        _waiting[(int)urgency].Enqueue(instance);
        StartThread();
    }

    void IThreadPoolWorkItem.Execute()
    {
        var toStart = Next()?.ProcessMessages() ?? default;
        // An activity may block this thread, so its place is given to the next instance before the activity starts.
        RunNextOrLeave();
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
            if (instance.TryLeaveQueue())
            {
                return instance;
            }
        }

        return null;
    }

    private void StartThread()
    {
        // A thread that leaves either sees what was added here, or is seen here to have left.
        Interlocked.MemoryBarrier();
        var running = Volatile.Read(ref _running);
        if (running >= _maxThreads && Interlocked.Exchange(ref _watching, 1) == 0)
        {
            _ = WatchAsync();
        }

        while (running < _maxThreads)
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

    /// <summary>Adds a thread whenever instances wait and none was taken for the length of the time-out.</summary>
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
                    Interlocked.Increment(ref _threadsAdded);
                    Interlocked.Increment(ref _running);
                    ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
                }
            }

            Interlocked.Exchange(ref _watching, 0);
        }
        while (HasWaiting && Interlocked.Exchange(ref _watching, 1) == 0);
    }

    private void RunNextOrLeave()
    {
        if (HasWaiting)
        {
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
            return;
        }

        Interlocked.Decrement(ref _running);
        // An instance may have been added after the check and before this thread left.
        if (HasWaiting)
        {
            StartThread();
        }
    }
}
