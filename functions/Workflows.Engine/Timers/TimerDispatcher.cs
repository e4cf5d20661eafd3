using Microsoft.Extensions.Logging;
using Workflows.Engine.History;
using Workflows.Engine.Instances;
using Workflows.Engine.Instances.Messages;
using Workflows.Engine.Storage;

namespace Workflows.Engine.Timers;

/// <summary>
/// Fires durable timers. Only the time of the next one is in memory. Due rows are read in order, a limited number at a
/// time, and are deleted when the turn that consumes them commits. Until then a timer is in flight, and not fired
/// again.
/// </summary>
internal sealed class TimerDispatcher : IDisposable
{
    private const int MaxPerRead = 256;
    private const int MaxInFlight = 2048;

    // A clock may be moved without its timers noticing, so the time is checked at this interval.
    private static readonly TimeSpan CheckInterval = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);

    // The timers of a TimeProvider take at most 2^32 - 2 milliseconds; a longer wait is divided.
    private static readonly TimeSpan MaxAlarm = TimeSpan.FromDays(20);

    // A clock that is moved after it was read and before the alarm is set would fire late by as much.
    private static readonly long ClockLeap = TimeSpan.FromMilliseconds(100).Ticks;

    private readonly Lock _gate = new();
    private readonly HashSet<(long Due, long Key, int Task)> _inFlight = [];
    private readonly Database _database;
    private readonly InstanceRegistry _registry;
    private readonly TimeProvider _clock;
    private readonly ILogger _log;
    private readonly ITimer _alarm;
    private readonly ITimer _check;
    private long _next = long.MaxValue;
    private long _alarmAt = long.MaxValue;
    private bool _dispatching;
    private bool _again;
    private bool _stopped;

    public TimerDispatcher(Database database, InstanceRegistry registry, TimeProvider clock, ILogger log)
    {
        _database = database;
        _registry = registry;
        _clock = clock;
        _log = log;
        _alarm = clock.CreateTimer(_ => FireDue(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _check = clock.CreateTimer(_ => CheckTime(), null, CheckInterval, CheckInterval);
    }

    /// <summary>Whether timers are being fired, or are in flight.</summary>
    public bool IsFiring
    {
        get
        {
            lock (_gate)
            {
                return _dispatching || _again || _inFlight.Count > 0;
            }
        }
    }

    /// <summary>When the next durable timer is due, UTC; null when none is.</summary>
    public DateTimeOffset? NextDue
    {
        get
        {
            lock (_gate)
            {
                return _next == long.MaxValue ? null : new DateTimeOffset(_next, TimeSpan.Zero);
            }
        }
    }

    /// <summary>Timers were committed; the earliest is due at this time.</summary>
    public void Added(long due)
    {
        lock (_gate)
        {
            if (due < _next)
            {
                _next = due;
                SetAlarm();
            }
        }
    }

    /// <summary>A timer is no longer in flight: its row is deleted, or its message was dropped.</summary>
    public void Release(long due, long key, int task)
    {
        lock (_gate)
        {
            _inFlight.Remove((due, key, task));
            if (_again && !_dispatching && _inFlight.Count < MaxInFlight / 2)
            {
                _again = false;
                StartDispatching();
            }
        }
    }

    /// <summary>Fires what is due, until nothing more is.</summary>
    public void FireDue()
    {
        lock (_gate)
        {
            _alarmAt = long.MaxValue;
            if (_dispatching)
            {
                _again = true;
                return;
            }

            StartDispatching();
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _stopped = true;
        }

        _alarm.Dispose();
        _check.Dispose();
    }

    private void StartDispatching()
    {
        if (!_stopped)
        {
            _dispatching = true;
            ThreadPool.UnsafeQueueUserWorkItem(static dispatcher => dispatcher.Dispatch(), this, preferLocal: false);
        }
    }

    private void CheckTime()
    {
        lock (_gate)
        {
            if (!_dispatching && _next <= _clock.GetUtcNow().UtcTicks)
            {
                // The clock was moved, and the alarm counts elapsed time: it is set again.
                _alarmAt = long.MaxValue;
                StartDispatching();
            }
        }
    }

    private void Dispatch()
    {
        try
        {
            while (FireSome())
            {
            }
        }
        catch (Exception exception)
        {
            // An exception that leaves this method would end the process. The timers are still in the file.
            _log.TimersUnread(exception);
            _ = FireLaterAsync();
        }

        lock (_gate)
        {
            _dispatching = false;
            if (_again && _inFlight.Count < MaxInFlight)
            {
                _again = false;
                StartDispatching();
            }
        }
    }

    private async Task FireLaterAsync()
    {
        await Task.Delay(RetryDelay, TimeProvider.System);
        FireDue();
    }

    /// <summary>
    /// Reads the first timers and fires those that are due and not in flight. False when the others are not due, or
    /// enough are in flight.
    /// </summary>
    private bool FireSome()
    {
        int inFlight;
        lock (_gate)
        {
            if (_stopped)
            {
                return false;
            }

            inFlight = _inFlight.Count;
            if (inFlight >= MaxInFlight)
            {
                _again = true;
                return false;
            }

            // The read below sees a row that is committed after this, or the row's commit lowers this again.
            _next = long.MaxValue;
        }

        var now = _clock.GetUtcNow().UtcTicks;
        var most = inFlight + MaxPerRead;
        var rows = _database.Readers.Read(
            most, static (connection, most) => TimerStatements.ReadFirst(connection, most));
        var due = rows.Count(row => row.Due <= now);
        lock (_gate)
        {
            if (due < rows.Count)
            {
                _next = Math.Min(_next, rows[due].Due);
                SetAlarm();
            }
        }

        foreach (var row in rows.Take(due))
        {
            Fire(row);
        }

        return due == most;
    }

    private void Fire(TimerRow row)
    {
        lock (_gate)
        {
            if (!_inFlight.Add((row.Due, row.Key, row.Task)))
            {
                return;
            }
        }

        if (row.InstanceId is null)
        {
            _ = RemoveOrphanAsync(row);
            return;
        }

        var fired = new TimerFired(row.Generation, row.Task, row.Due);
        _registry.Post(row.InstanceId, new OrchestratorMessage(fired) { Key = row.Key });
    }

    /// <summary>
    /// Removes the timer of a purged instance. When that fails, the timer is found again with the next read.
    /// </summary>
    private async Task RemoveOrphanAsync(TimerRow row)
    {
        try
        {
            await _database.Writer.WriteAsync(connection =>
            {
                TimerStatements.Remove(connection, row.Due, row.Key, row.Task);
                return true;
            });
        }
        catch (Exception exception) when (exception is Platform.HomeUnavailableException or InvalidOperationException)
        {
            _log.TimersUnread(exception);
        }

        Release(row.Due, row.Key, row.Task);
    }

    private void SetAlarm()
    {
        if (_stopped || _next >= _alarmAt || _next == long.MaxValue)
        {
            return;
        }

        _alarmAt = _next;
        long now;
        do
        {
            now = _clock.GetUtcNow().UtcTicks;
            var wait = TimeSpan.FromTicks(Math.Max(0, _next - now));
            // Rounded up to the next millisecond, in which timers count: one that fires early would have to be set
            // again.
            wait = TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds));
            _alarm.Change(wait < MaxAlarm ? wait : MaxAlarm, Timeout.InfiniteTimeSpan);
        }
        while (_clock.GetUtcNow().UtcTicks - now > ClockLeap);
    }
}
