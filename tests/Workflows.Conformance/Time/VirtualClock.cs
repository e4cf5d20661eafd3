namespace Workflows.Conformance;

/// <summary>
/// A clock that stands still until a test moves it. Thread-safe. <see cref="Advance"/> is time passing: wall clock and
/// timers move together, as after a machine slept; each timer that came due is called once, in due order.
/// <see cref="Jump"/> is a person setting the wall clock: timers, which count elapsed time, do not notice.
/// </summary>
public sealed class VirtualClock : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly PriorityQueue<(VirtualTimer Timer, int Setting), (long Due, long Order)> _timers = new();
    private DateTimeOffset _wall;
    private long _elapsed;
    private long _order;

    /// <summary>A clock at the given time.</summary>
    public VirtualClock(DateTimeOffset start) => _wall = start.ToUniversalTime();

    /// <summary>A clock at 08:00 UTC on Monday the 4th of January 2027.</summary>
    public VirtualClock() : this(new DateTimeOffset(2027, 1, 4, 8, 0, 0, TimeSpan.Zero))
    {
    }

    /// <summary>Raised after the wall clock was moved, before any timer that came due is called.</summary>
    public event Action? Moved;

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>When the next timer is due, UTC; null when none is set.</summary>
    public DateTimeOffset? NextTimer
    {
        get
        {
            lock (_lock)
            {
                DropUnset();
                return _timers.TryPeek(out _, out var next) ? _wall.AddTicks(Math.Max(0, next.Due - _elapsed)) : null;
            }
        }
    }

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock)
        {
            return _wall;
        }
    }

    /// <inheritdoc/>
    public override long GetTimestamp()
    {
        lock (_lock)
        {
            return _elapsed;
        }
    }

    /// <summary>Lets time pass and calls the timers that came due, on the caller's thread.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Time does not run backwards; see <see cref="Jump"/>.</exception>
    public void Advance(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        lock (_lock)
        {
            _wall += by;
            _elapsed += by.Ticks;
        }

        if (by > TimeSpan.Zero)
        {
            Moved?.Invoke();
        }

        while (TakeDue() is { } timer)
        {
            timer.Call();
        }
    }

    /// <summary>Lets time pass up to a moment of the wall clock; does nothing when that is past.</summary>
    public void AdvanceTo(DateTimeOffset moment)
    {
        var by = moment - GetUtcNow();
        Advance(by > TimeSpan.Zero ? by : TimeSpan.Zero);
    }

    /// <summary>Sets the wall clock forward or back. No time passes.</summary>
    public void Jump(TimeSpan by)
    {
        lock (_lock)
        {
            _wall += by;
        }

        Moved?.Invoke();
    }

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new VirtualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    private VirtualTimer? TakeDue()
    {
        lock (_lock)
        {
            DropUnset();
            if (!_timers.TryPeek(out var next, out var key) || key.Due > _elapsed)
            {
                return null;
            }

            _timers.Dequeue();
            next.Timer.Rearm();
            return next.Timer;
        }
    }

    private void DropUnset()
    {
        while (_timers.TryPeek(out var next, out _) && next.Setting != next.Timer.Setting)
        {
            _timers.Dequeue();
        }
    }

    private sealed class VirtualTimer(VirtualClock clock, TimerCallback callback, object? state) : ITimer
    {
        private TimeSpan _period = Timeout.InfiniteTimeSpan;
        private bool _disposed;

        /// <summary>Grows with every change, so that entries of the queue that were overtaken are known.</summary>
        public int Setting { get; private set; }

        public void Call() => callback(state);

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock._lock)
            {
                if (_disposed)
                {
                    return false;
                }

                _period = period;
                Arm(dueTime);
            }

            // A timer without delay is due at once; it must not wait for a test to move the clock.
            if (dueTime == TimeSpan.Zero)
            {
                ThreadPool.UnsafeQueueUserWorkItem(_ => clock.Advance(TimeSpan.Zero), null);
            }

            return true;
        }

        /// <summary>After a call: the next one a period later, however many periods went by at once.</summary>
        public void Rearm() => Arm(_period > TimeSpan.Zero ? _period : Timeout.InfiniteTimeSpan);

        public void Dispose()
        {
            lock (clock._lock)
            {
                _disposed = true;
                Setting++;
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }

        private void Arm(TimeSpan dueTime)
        {
            Setting++;
            if (dueTime != Timeout.InfiniteTimeSpan)
            {
                clock._timers.Enqueue((this, Setting), (clock._elapsed + dueTime.Ticks, clock._order++));
            }
        }
    }
}
