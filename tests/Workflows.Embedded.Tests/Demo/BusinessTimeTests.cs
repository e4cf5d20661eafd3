using Workflows.Conformance;
using Workflows.Embedded.Demo;

namespace Workflows.Embedded.Tests.Demo;

public sealed class BusinessTimeTests
{
    private static readonly DateTimeOffset Monday = new(2027, 1, 4, 9, 0, 0, TimeSpan.Zero);
    private static readonly DayOfWeek[] Weekdays =
        [DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday];

    private readonly VirtualClock _real = new();

    [Fact]
    public void A_working_day_passes_in_its_seconds_and_the_night_in_its_own()
    {
        var clock = Clock(Monday);

        _real.Advance(TimeSpan.FromSeconds(4));
        AssertAbout(Monday.AddHours(9), clock.GetUtcNow());

        _real.Advance(TimeSpan.FromSeconds(0.5));
        AssertAbout(Monday.AddDays(1), clock.GetUtcNow());
    }

    [Fact]
    public void A_weekend_passes_at_the_pace_of_nights()
    {
        var friday = Monday.AddDays(4).AddHours(9);
        var clock = Clock(friday);

        _real.Advance(TimeSpan.FromSeconds(0.5 * 63 / 15));

        AssertAbout(Monday.AddDays(7), clock.GetUtcNow());
    }

    [Fact]
    public void It_never_goes_back_however_it_is_read()
    {
        var clock = Clock(Monday);
        var last = clock.GetUtcNow();
        for (var i = 0; i < 5000; i++)
        {
            _real.Advance(TimeSpan.FromTicks(7919));
            var now = clock.GetUtcNow();
            Assert.True(now >= last, $"{now:O} is before {last:O}");
            last = now;
        }
    }

    [Fact]
    public void Reading_often_and_reading_once_show_the_same_time()
    {
        var often = Clock(Monday);
        var once = Clock(Monday);
        for (var i = 0; i < 300; i++)
        {
            _real.Advance(TimeSpan.FromMilliseconds(37));
            often.GetUtcNow();
        }

        AssertAbout(once.GetUtcNow(), often.GetUtcNow());
    }

    [Fact]
    public void A_timer_fires_when_its_time_has_come_and_not_before()
    {
        var clock = Clock(Monday);
        DateTimeOffset? fired = null;
        using var timer = clock.CreateTimer(
            _ => fired = clock.GetUtcNow(), null, TimeSpan.FromHours(30), Timeout.InfiniteTimeSpan);

        // Nine hours of work in 4 s, the night in 0.5 s, six more hours of work.
        _real.Advance(TimeSpan.FromSeconds(7.1));
        Assert.Null(fired);

        _real.Advance(TimeSpan.FromSeconds(0.1));
        Assert.NotNull(fired);
        Assert.True(fired >= Monday.AddHours(30));
    }

    [Fact]
    public void A_timer_months_away_does_not_fire_early()
    {
        var clock = Clock(Monday);
        DateTimeOffset? fired = null;
        using var timer = clock.CreateTimer(
            _ => fired = clock.GetUtcNow(), null, TimeSpan.FromDays(90), Timeout.InfiniteTimeSpan);

        for (var i = 0; i < 10_000 && fired is null; i++)
        {
            _real.Advance(TimeSpan.FromMilliseconds(50));
        }

        Assert.InRange(fired!.Value - Monday, TimeSpan.FromDays(90), TimeSpan.FromDays(91));
    }

    [Fact]
    public void It_stands_still_at_its_limit_and_goes_on_from_there()
    {
        var clock = Clock(Monday, Monday.AddHours(1));
        _real.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(Monday.AddHours(1), clock.GetUtcNow());

        clock.MoveLimit(Monday.AddYears(1));
        AssertAbout(Monday.AddHours(1), clock.GetUtcNow());
    }

    [Fact]
    public void It_waits_for_those_who_cannot_keep_up_and_makes_up_for_nothing()
    {
        var clock = Clock(Monday);
        clock.WaitAfter(TimeSpan.FromSeconds(1));
        _real.Advance(TimeSpan.FromSeconds(10));
        var waiting = clock.GetUtcNow();
        AssertAbout(Monday.AddHours(2.25), waiting);

        clock.WaitAfter(TimeSpan.FromSeconds(1));
        AssertAbout(waiting, clock.GetUtcNow());
        _real.Advance(TimeSpan.FromSeconds(0.5));
        AssertAbout(waiting.AddHours(1.125), clock.GetUtcNow());
    }

    [Fact]
    public void A_clock_that_is_read_from_its_file_goes_on_after_all_that_was_ever_shown()
    {
        var database = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        var file = new ClockFile(database);
        try
        {
            Assert.Null(file.Read());
            var clock = Clock(Monday, Monday);
            file.Write(clock.After(TimeSpan.FromSeconds(3)));
            clock.MoveLimit(file.Read()!.Value);

            // The process is killed later than the file allows for.
            _real.Advance(TimeSpan.FromSeconds(30));

            Assert.True(file.Read() >= clock.GetUtcNow());
        }
        finally
        {
            File.Delete(database + ".clock");
        }
    }

    private BusinessTime Clock(DateTimeOffset start, DateTimeOffset? limit = null) => new(
        start, limit ?? start.AddYears(10), WorkingDay.Of(TimeZoneInfo.Utc, new(9, 0), new(18, 0), Weekdays, speed: 1),
        _real);

    private static void AssertAbout(DateTimeOffset expected, DateTimeOffset actual) =>
        Assert.InRange((actual - expected).TotalSeconds, -1, 1);
}
