using Workflows.Conformance;

namespace Workflows.Engine.Tests.Conformance;

/// <summary>The clock of the conformance suite.</summary>
public class VirtualClockTests
{
    private readonly VirtualClock _clock = new(new DateTimeOffset(2027, 1, 4, 8, 0, 0, TimeSpan.Zero));
    private readonly List<string> _fired = [];

    [Fact]
    public void A_timer_fires_when_it_is_due_and_not_before()
    {
        Set("a", TimeSpan.FromSeconds(3));
        _clock.Advance(TimeSpan.FromMilliseconds(2_999));
        Assert.Empty(_fired);
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(["a"], _fired);
        _clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(["a"], _fired);
    }

    [Fact]
    public void Timers_that_come_due_together_fire_in_order_of_due()
    {
        Set("third", TimeSpan.FromMinutes(3));
        Set("first", TimeSpan.FromMinutes(1));
        Set("second", TimeSpan.FromMinutes(2));
        Assert.Equal(_clock.GetUtcNow().AddMinutes(1), _clock.NextTimer);
        _clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(["first", "second", "third"], _fired);
        Assert.Null(_clock.NextTimer);
    }

    [Fact]
    public void A_changed_or_disposed_timer_forgets_its_old_due()
    {
        var moved = Set("moved", TimeSpan.FromMinutes(1));
        var gone = Set("gone", TimeSpan.FromMinutes(1));
        moved.Change(TimeSpan.FromMinutes(5), Timeout.InfiniteTimeSpan);
        gone.Dispose();
        _clock.Advance(TimeSpan.FromMinutes(4));
        Assert.Empty(_fired);
        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(["moved"], _fired);
        Assert.False(gone.Change(TimeSpan.FromMinutes(1), Timeout.InfiniteTimeSpan));
    }

    [Fact]
    public void A_periodic_timer_fires_once_for_each_time_the_clock_is_moved_past_it()
    {
        var second = TimeSpan.FromSeconds(1);
        using var timer = _clock.CreateTimer(_ => _fired.Add("tick"), null, second, second);
        _clock.Advance(TimeSpan.FromSeconds(1));
        _clock.Advance(TimeSpan.FromDays(365));
        _clock.Advance(TimeSpan.FromMilliseconds(999));
        Assert.Equal(2, _fired.Count);
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(3, _fired.Count);
    }

    [Fact]
    public void A_jump_moves_the_wall_clock_and_no_timer()
    {
        Set("a", TimeSpan.FromMinutes(1));
        var (wall, stamp) = (_clock.GetUtcNow(), _clock.GetTimestamp());
        _clock.Jump(TimeSpan.FromDays(365));
        _clock.Jump(-TimeSpan.FromDays(1));
        Assert.Empty(_fired);
        Assert.Equal(wall.AddDays(364), _clock.GetUtcNow());
        Assert.Equal(stamp, _clock.GetTimestamp());
        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(["a"], _fired);
        Assert.Equal(TimeSpan.FromMinutes(1), _clock.GetElapsedTime(stamp));
    }

    [Fact]
    public async Task A_delay_on_the_clock_ends_when_the_clock_is_moved_and_one_of_no_length_at_once()
    {
        var delay = Task.Delay(TimeSpan.FromDays(30), _clock);
        Assert.False(delay.IsCompleted);
        _clock.Advance(TimeSpan.FromDays(30));
        await delay.WaitAsync(Eventually.Bound);

        var fired = new TaskCompletionSource();
        using var timer = _clock.CreateTimer(_ => fired.TrySetResult(), null, TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        await fired.Task.WaitAsync(Eventually.Bound);
    }

    [Fact]
    public void Time_does_not_run_backwards_and_many_threads_may_move_it()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => _clock.Advance(TimeSpan.FromTicks(-1)));
        var count = 0;
        for (var i = 1; i <= 1_000; i++)
        {
            var due = TimeSpan.FromSeconds(i);
            _clock.CreateTimer(_ => Interlocked.Increment(ref count), null, due, Timeout.InfiniteTimeSpan);
        }

        var start = _clock.GetUtcNow();
        Parallel.For(0, 1_000, _ => _clock.Advance(TimeSpan.FromSeconds(1)));
        Assert.Equal(start.AddSeconds(1_000), _clock.GetUtcNow());
        Assert.Equal(1_000, count);
    }

    private ITimer Set(string name, TimeSpan due) =>
        _clock.CreateTimer(_ => _fired.Add(name), null, due, Timeout.InfiniteTimeSpan);
}
