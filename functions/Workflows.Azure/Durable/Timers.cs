using Microsoft.DurableTask;

namespace Workflows.Azure.Durable;

/// <summary>
/// An orchestrator's timers, on as few of Durable's as will do: each of those costs messages and a turn, one that is
/// given up comes all the same, and one of more than three days is several. So one is set only where none rings in
/// time, and what is due is found when one rings.
/// </summary>
internal sealed class Timers(TaskOrchestrationContext context, OrchestrationClock clock)
{
    /// <summary>
    /// Durable splits what is longer: its storage holds a message back for seven days at most, and the host takes six.
    /// </summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(6);

    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly PriorityQueue<Timer, (DateTime DueAt, int Number)> _open = new();
    private readonly SortedDictionary<DateTime, CancellationTokenSource> _alarms = [];
    private int _last;
    private bool _hasEnded;

    /// <summary>Ends at a time; in the next turn when that is past; never after the end.</summary>
    public Task CreateAsync(DateTimeOffset dueAt, CancellationToken cancellation)
    {
        if (cancellation.IsCancellationRequested)
        {
            return Task.FromCanceled(cancellation);
        }

        if (_hasEnded)
        {
            return new TaskCompletionSource().Task;
        }

        var due = dueAt.UtcDateTime > clock.UtcNow ? dueAt.UtcDateTime : clock.UtcNow;
        SetAlarm(due);
        var timer = new Timer(cancellation);
        _open.Enqueue(timer, (due, ++_last));
        return timer.Task;
    }

    /// <summary>Leaves none of Durable's open: it would keep the instance running until then.</summary>
    public void End()
    {
        _hasEnded = true;
        _open.Clear();
        foreach (var alarm in _alarms.Values.ToArray())
        {
            alarm.Cancel();
        }
    }

    /// <summary>Sees to it that an alarm rings by then, or as late as alarms ring.</summary>
    private void SetAlarm(DateTime due)
    {
        var latest = clock.UtcNow + Longest;
        var at = due < latest ? due : latest;
        if ((_alarms.Count == 0 || _alarms.First().Key > at) && RingAsync(at) is { IsFaulted: true } refused)
        {
            refused.GetAwaiter().GetResult();
        }
    }

    private async Task RingAsync(DateTime at)
    {
        using var off = new CancellationTokenSource();
        _alarms.Add(at, off);
        try
        {
            await context.CreateTimer(at, off.Token);
        }
        catch (OperationCanceledException) when (off.IsCancellationRequested)
        {
            return;
        }
        finally
        {
            _alarms.Remove(at);
        }

        // What is set by those that ring now rings in another turn.
        var (now, last) = (clock.UtcNow, _last);
        while (_open.TryPeek(out var timer, out var next))
        {
            if (!timer.Task.IsCompleted && (next.DueAt > now || next.Number > last))
            {
                // Storage counts in whole seconds: what rang too early would do so again and again.
                SetAlarm(now < at && next.DueAt < now + Second ? now + Second : next.DueAt);
                return;
            }

            _open.Dequeue();
            timer.Ring();
        }
    }

    private sealed class Timer
    {
        private readonly TaskCompletionSource _rung = new();
        private readonly CancellationTokenRegistration _givingUp;

        public Timer(CancellationToken cancellation) =>
            _givingUp = cancellation.Register(() => _rung.TrySetCanceled(cancellation));

        public Task Task => _rung.Task;

        public void Ring()
        {
            _givingUp.Dispose();
            _rung.TrySetResult();
        }
    }
}
