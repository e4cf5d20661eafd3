using DurableTask.Core;
using DurableTask.Core.History;

namespace Workflows.Azure.Tests.DurableHost;

/// <summary>
/// The messages that Durable's storage would hold back until they are due: timers, and starts at a later time. They are
/// delivered when the virtual clock reaches them, by whichever process runs then; while none runs, they wait.
/// </summary>
internal sealed class VirtualTimers
{
    private readonly VirtualTime _time;
    private readonly PriorityQueue<TaskMessage, (DateTime Due, int Number)> _waiting = new();
    private readonly SemaphoreSlim _delivering = new(1, 1);
    private int _last;
    private int _parked;
    private Func<TaskMessage, Task>? _deliver;
    private Exception? _failure;

    public VirtualTimers(VirtualTime time)
    {
        _time = time;
        time.Clock.Moved += () => _ = DeliverAsync();
    }

    /// <summary>
    /// How many messages stand in the storage's own queue for as long as it would hold them back, and are not waited
    /// for: the instance that one is for is there at once, and pending.
    /// </summary>
    public int Parked => Volatile.Read(ref _parked);

    /// <summary>When the next message is due, UTC; null when there is none.</summary>
    public DateTimeOffset? NextDue
    {
        get
        {
            lock (_waiting)
            {
                return _waiting.TryPeek(out _, out var next) ? new DateTimeOffset(next.Due, TimeSpan.Zero) : null;
            }
        }
    }

    /// <summary>Whether everything that is due has been delivered.</summary>
    /// <exception cref="InvalidOperationException">A process that runs could not deliver.</exception>
    public bool AreDelivered => Volatile.Read(ref _failure) is { } failure
        ? throw new InvalidOperationException("A message that was due could not be delivered.", failure)
        : _delivering.CurrentCount > 0 && !(NextDue <= _time.Clock.GetUtcNow());

    /// <summary>Delivers through this process from now on.</summary>
    public void DeliverThrough(Func<TaskMessage, Task> deliver)
    {
        Volatile.Write(ref _deliver, deliver);
        _ = DeliverAsync();
    }

    /// <summary>Delivers no more through this process, if it was the one.</summary>
    public void StopDeliveringThrough(Func<TaskMessage, Task> deliver) =>
        Interlocked.CompareExchange(ref _deliver, null, deliver);

    /// <summary>Holds a timer's message until it is due.</summary>
    public void HoldTimer(TaskMessage timer)
    {
        var fired = (TimerFiredEvent)timer.Event;
        Hold(fired.FireAt, new TaskMessage
        {
            // Due at once, as the storage sees it.
            Event = new TimerFiredEvent(-1, TimeProvider.System.GetUtcNow().UtcDateTime) { TimerId = fired.TimerId },
            OrchestrationInstance = timer.OrchestrationInstance,
        });
    }

    /// <summary>Holds the start of an instance, of which the storage's own message was parked.</summary>
    public void HoldStart(DateTime due, TaskMessage start)
    {
        Interlocked.Increment(ref _parked);
        Hold(due, start);
    }

    private void Hold(DateTime due, TaskMessage message)
    {
        lock (_waiting)
        {
            _waiting.Enqueue(message, (due, ++_last));
        }

        _ = DeliverAsync();
    }

    private async Task DeliverAsync()
    {
        await _delivering.WaitAsync();
        try
        {
            while (Volatile.Read(ref _deliver) is { } deliver && NextDue <= _time.Clock.GetUtcNow())
            {
                TaskMessage due;
                lock (_waiting)
                {
                    due = _waiting.Peek();
                }

                try
                {
                    await deliver(due);
                }
                catch (Exception) when (Volatile.Read(ref _deliver) != deliver)
                {
                    // Its process is gone; the next one delivers it.
                    continue;
                }

                lock (_waiting)
                {
                    _waiting.Dequeue();
                }
            }
        }
        catch (Exception failed)
        {
            Volatile.Write(ref _failure, failed);
        }
        finally
        {
            _delivering.Release();
        }
    }
}
