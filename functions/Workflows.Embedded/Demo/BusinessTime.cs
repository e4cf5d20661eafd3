namespace Workflows.Embedded.Demo;

/// <summary>
/// A clock on which working hours pass in seconds and nights and weekends faster still. It never goes back, and stands
/// still at its limits rather than pass them. Its time stamps and timers follow it.
/// </summary>
internal sealed class BusinessTime : TimeProvider
{
    // Longer waits are cut up, so that a timer never trusts one long calculation.
    private static readonly TimeSpan LongestSleep = TimeSpan.FromSeconds(20);

    private readonly Lock _gate = new();
    private readonly WorkingDay _day;
    private readonly TimeProvider _real;
    private DateTimeOffset _from;
    private long _fromStamp;
    private DateTimeOffset _limit;
    private DateTimeOffset _waitsAt = DateTimeOffset.MaxValue;
    private DateTimeOffset _last;

    /// <summary>A clock that starts now.</summary>
    /// <param name="start">Its first moment.</param>
    /// <param name="limit">It stands still here until the limit is moved.</param>
    /// <param name="day">How fast it goes, and when.</param>
    /// <param name="real">What it is driven by.</param>
    public BusinessTime(DateTimeOffset start, DateTimeOffset limit, WorkingDay day, TimeProvider real)
    {
        _day = day;
        _real = real;
        _from = start;
        _fromStamp = real.GetTimestamp();
        _limit = limit;
    }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
        {
            // Rounding must not turn it back by a tick.
            var now = Now();
            return _last = now > _last ? now : _last;
        }
    }

    public override long GetTimestamp() => GetUtcNow().UtcTicks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new Timer(this, callback, state, dueTime, period);

    /// <summary>What the clock shows after a while of real time, the limit aside.</summary>
    public DateTimeOffset After(TimeSpan real)
    {
        lock (_gate)
        {
            return Walk(Now(), real).Now;
        }
    }

    /// <summary>Moves on the moment at which it stands still; an earlier one changes nothing.</summary>
    public void MoveLimit(DateTimeOffset limit)
    {
        lock (_gate)
        {
            _limit = limit > _limit ? limit : _limit;
        }
    }

    /// <summary>
    /// Lets it run on for so much real time and no further until this is called again: a machine on which people cannot
    /// keep up gets longer days, not late ones.
    /// </summary>
    public void WaitAfter(TimeSpan real)
    {
        lock (_gate)
        {
            _waitsAt = Walk(Now(), real).Now;
        }
    }

    private DateTimeOffset Now()
    {
        var (now, segment, spent) = Walk(_from, _real.GetElapsedTime(_fromStamp));
        var limit = _limit < _waitsAt ? _limit : _waitsAt;
        if (now >= limit)
        {
            now = limit > _from ? limit : _from;
            (segment, spent) = (now, TimeSpan.Zero);
        }
        else if (segment == _from)
        {
            return now;
        }

        // What is behind need not be walked again; within a segment its start stays, so that nothing is rounded twice.
        _from = segment;
        _fromStamp = _real.GetTimestamp() - (long)(spent.TotalSeconds * _real.TimestampFrequency);
        return now;
    }

    // Where a while of real time leads; the segment it ends in, and what of the while is spent there.
    private (DateTimeOffset Now, DateTimeOffset Segment, TimeSpan Spent) Walk(DateTimeOffset from, TimeSpan real)
    {
        while (true)
        {
            var (end, rate) = _day.SegmentAt(from);
            var whole = (end - from) / rate;
            if (real < whole)
            {
                return (from + (real * rate), from, real);
            }

            real -= whole;
            from = end;
        }
    }

    private TimeSpan RealUntil(DateTimeOffset target)
    {
        var real = TimeSpan.Zero;
        for (var at = GetUtcNow(); at < target && real < LongestSleep;)
        {
            var (end, rate) = _day.SegmentAt(at);
            var until = end < target ? end : target;
            real += (until - at) / rate;
            at = until;
        }

        return real < LongestSleep ? real : LongestSleep;
    }

    private sealed class Timer : ITimer
    {
        private readonly Lock _gate = new();
        private readonly BusinessTime _clock;
        private readonly TimerCallback _callback;
        private readonly object? _state;
        private readonly ITimer _sleep;
        private DateTimeOffset? _due;
        private TimeSpan _period;

        public Timer(BusinessTime clock, TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            _clock = clock;
            _callback = callback;
            _state = state;
            _sleep = clock._real.CreateTimer(_ => Wake(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            Change(dueTime, period);
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (_gate)
            {
                var now = _clock.GetUtcNow();
                _period = period;
                _due = dueTime == Timeout.InfiniteTimeSpan ? null
                    : dueTime < DateTimeOffset.MaxValue - now ? now + dueTime : DateTimeOffset.MaxValue;
                return Sleep();
            }
        }

        public void Dispose() => _sleep.Dispose();

        public ValueTask DisposeAsync() => _sleep.DisposeAsync();

        private bool Sleep() => _sleep.Change(
            _due is { } due ? RoundUp(_clock.RealUntil(due)) : Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        private void Wake()
        {
            lock (_gate)
            {
                if (_due is not { } due)
                {
                    return;
                }

                if (_clock.GetUtcNow() < due)
                {
                    Sleep();
                    return;
                }

                _due = _period > TimeSpan.Zero ? due + _period : null;
                if (_due is not null)
                {
                    Sleep();
                }
            }

            _callback(_state);
        }

        private static TimeSpan RoundUp(TimeSpan real) =>
            TimeSpan.FromMilliseconds(Math.Ceiling(real.TotalMilliseconds));
    }
}
