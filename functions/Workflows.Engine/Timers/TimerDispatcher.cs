using Microsoft.Extensions.Logging;
using Workflows.Engine.History;
using Workflows.Engine.Instances;
using Workflows.Engine.Instances.Messages;
using Workflows.Engine.Storage;

namespace Workflows.Engine.Timers;

/// <summary>
/// Fires durable timers. Only the time of the next one is in memory; due rows are read in order, a bounded number at a
/// time, and go when the turn that hears of them commits. A timer on its way is not fired again.
/// </summary>
internal sealed class TimerDispatcher : IDisposable
{
    private const int MostPerRead = 256;
    private const int MostOnTheWay = 2048;

    // A clock may jump without any timer of its own noticing, so the time is looked at now and then.
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);

    // Clocks count alarms in 32 bits of milliseconds; a longer wait is cut up.
    private static readonly TimeSpan LongestAlarm = TimeSpan.FromDays(20);

    // A clock that is moved between its reading and the setting of an alarm would ring late by as much.
    private static readonly long ClockLeap = TimeSpan.FromMilliseconds(100).Ticks;

    private readonly Lock _gate = new();
    private readonly HashSet<(long Due, long Key, int Task)> _onTheWay = [];
    private readonly Database _database;
    private readonly InstanceRegistry _registry;
    private readonly TimeProvider _clock;
    private readonly ILogger _log;
    private readonly ITimer _alarm;
    private readonly ITimer _look;
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
        _alarm = clock.CreateTimer(_ => Ring(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _look = clock.CreateTimer(_ => Look(), null, LookInterval, LookInterval);
    }

    /// <summary>Whether timers are being fired, or have been and were not heard of yet.</summary>
    public bool IsFiring
    {
        get
        {
            lock (_gate)
            {
                return _dispatching || _again || _onTheWay.Count > 0;
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

    /// <summary>Rows with this earliest due time were committed.</summary>
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

    /// <summary>A timer's row is gone, or its message was dropped: it is no longer on its way.</summary>
    public void Arrived(long due, long key, int task)
    {
        lock (_gate)
        {
            _onTheWay.Remove((due, key, task));
            if (_again && !_dispatching && _onTheWay.Count < MostOnTheWay / 2)
            {
                _again = false;
                StartDispatching();
            }
        }
    }

    /// <summary>Reads the time and fires what is due, until nothing more is.</summary>
    public void Ring()
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
        _look.Dispose();
    }

    private void StartDispatching()
    {
        if (!_stopped)
        {
            _dispatching = true;
            ThreadPool.UnsafeQueueUserWorkItem(static dispatcher => dispatcher.Dispatch(), this, preferLocal: false);
        }
    }

    private void Look()
    {
        lock (_gate)
        {
            if (!_dispatching && _next <= _clock.GetUtcNow().UtcTicks)
            {
                // The alarm counts elapsed time and slept through the jump: it is set anew.
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
            // Whatever it is: out of here it would end the process, and the timers are still on file.
            _log.TimersUnread(exception);
            _ = RingLaterAsync();
        }

        lock (_gate)
        {
            _dispatching = false;
            if (_again && _onTheWay.Count < MostOnTheWay)
            {
                _again = false;
                StartDispatching();
            }
        }
    }

    private async Task RingLaterAsync()
    {
        await Task.Delay(RetryDelay, TimeProvider.System);
        Ring();
    }

    /// <summary>One read: fires what is due and not on its way. False when the rest is not due, or enough is on its way.</summary>
    private bool FireSome()
    {
        int onTheWay;
        lock (_gate)
        {
            if (_stopped)
            {
                return false;
            }

            onTheWay = _onTheWay.Count;
            if (onTheWay >= MostOnTheWay)
            {
                _again = true;
                return false;
            }

            // A row that is committed from here on is seen by the read, or lowers this again.
            _next = long.MaxValue;
        }

        var now = _clock.GetUtcNow().UtcTicks;
        var most = onTheWay + MostPerRead;
        var rows = _database.Readers.Read(most, static (connection, most) => TimerStatements.ReadFirst(connection, most));
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
            if (!_onTheWay.Add((row.Due, row.Key, row.Task)))
            {
                return;
            }
        }

        if (row.InstanceId is null)
        {
            _ = RemoveOrphanAsync(row);
            return;
        }

        _registry.Post(row.InstanceId, new OrchestratorMessage(new TimerFired(row.Generation, row.Task, row.Due)) { Key = row.Key });
    }

    /// <summary>Of an instance that was purged. When it cannot be removed now, it is found again at the next look.</summary>
    private async Task RemoveOrphanAsync(TimerRow row)
    {
        try
        {
            await _database.Writer.WriteAsync(connection =>
            {
                InstanceStatements.RemoveTimer(connection, row.Due, row.Key, row.Task);
                return true;
            });
        }
        catch (Exception exception) when (exception is Platform.HomeUnavailableException or InvalidOperationException)
        {
            _log.TimersUnread(exception);
        }

        Arrived(row.Due, row.Key, row.Task);
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
            // Up to the next millisecond, which is what timers count in: an early one would have to be set again.
            wait = TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds));
            _alarm.Change(wait < LongestAlarm ? wait : LongestAlarm, Timeout.InfiniteTimeSpan);
        }
        while (_clock.GetUtcNow().UtcTicks - now > ClockLeap);
    }
}
