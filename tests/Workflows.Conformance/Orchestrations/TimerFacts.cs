using Workflows.Platform;

namespace Workflows.Conformance;

/// <summary>Timers: not early, not twice, of any length, and gone when cancelled.</summary>
public abstract class TimerFacts(HomeFactory factory) : HomeFacts(factory)
{
    /// <summary>Row 18.</summary>
    [Fact]
    public virtual async Task C18_a_timer_fires_when_it_is_due_and_not_before()
    {
        var (id, due) = await SleeperAsync(TimeSpan.FromSeconds(3));
        await Home.AdvanceAsync(TimeSpan.FromMilliseconds(2_999));
        await RoundAsync();
        await StatusAsync(id, OrchestrationStatus.Running);

        await Home.AdvanceAsync(TimeSpan.FromMilliseconds(1));
        Assert.InRange(await ResultAsync<DateTimeOffset>(id), due, due.AddSeconds(1));
    }

    /// <summary>Row 19.</summary>
    [Fact]
    public virtual async Task C19_a_cancelled_timer_never_fires_and_keeps_nothing_open()
    {
        var id = await StartAsync(async (context, _) =>
        {
            using var cancellation = new CancellationTokenSource();
            var timer = context.CreateTimerAsync(context.UtcNow.AddDays(30), cancellation.Token);
            await context.WaitForEventAsync<string>("paid");
            cancellation.Cancel();
            return timer.IsCanceled;
        });

        await GiveAsync(id, "paid");
        Assert.True(await ResultAsync<bool>(id));
        var ended = await StateAsync(id);
        await Home.AdvanceAsync(TimeSpan.FromDays(31));
        await RoundAsync();
        await UnchangedAsync(ended);
    }

    /// <summary>Row 20. No product orchestration does this: it cancels what lost.</summary>
    [Fact]
    public virtual async Task C20_returning_with_an_open_timer_ends_as_this_home_documents()
    {
        var waiting = new Mark();
        var id = await StartAsync(async (context, _) =>
        {
            var timer = context.CreateTimerAsync(context.UtcNow.AddDays(30));
            waiting.Hit();
            await Task.WhenAny(timer, context.WaitForEventAsync<string>("paid"));
            return "left";
        });

        await waiting.ReachedAsync();
        await GiveAsync(id, "paid");
        await RoundAsync();
        if (!Traits.EndsWithOpenTimers)
        {
            await StatusAsync(id, OrchestrationStatus.Running);
            await Home.AdvanceAsync(TimeSpan.FromDays(30));
        }

        Assert.Equal("left", await ResultAsync<string>(id));
    }

    /// <summary>Row 21.</summary>
    [Fact]
    public virtual async Task C21_a_timer_of_forty_five_days_is_exact()
    {
        var (id, due) = await SleeperAsync(TimeSpan.FromDays(45));
        for (var day = 0; day < 44; day++)
        {
            await Home.AdvanceAsync(TimeSpan.FromDays(1));
        }

        await Home.AdvanceAsync(TimeSpan.FromHours(23));
        await RoundAsync();
        await StatusAsync(id, OrchestrationStatus.Running);

        await Home.AdvanceAsync(TimeSpan.FromHours(1));
        Assert.InRange(await ResultAsync<DateTimeOffset>(id), due, due.AddSeconds(1));
    }

    /// <summary>Row 22.</summary>
    [Fact]
    public virtual async Task C22_a_long_timer_can_be_cancelled_halfway()
    {
        var waiting = new Mark();
        var id = await StartAsync(async (context, _) =>
        {
            using var cancellation = new CancellationTokenSource();
            var timer = context.CreateTimerAsync(context.UtcNow.AddDays(45), cancellation.Token);
            waiting.Hit();
            await context.WaitForEventAsync<string>("paid");
            cancellation.Cancel();
            return timer.IsCanceled;
        });

        await waiting.ReachedAsync();
        for (var day = 0; day < 20; day++)
        {
            await Home.AdvanceAsync(TimeSpan.FromDays(1));
        }

        await GiveAsync(id, "paid");
        Assert.True(await ResultAsync<bool>(id));
        var ended = await StateAsync(id);
        await Home.AdvanceAsync(TimeSpan.FromDays(30));
        await RoundAsync();
        await UnchangedAsync(ended);
    }

    /// <summary>Row 23.</summary>
    [Fact]
    public virtual async Task C23_a_timer_of_the_past_or_of_no_length_fires_in_the_next_turn()
    {
        var id = await StartAsync(async (context, _) =>
        {
            await context.CreateTimerAsync(context.UtcNow.AddYears(-1));
            await context.CreateTimerAsync(DateTimeOffset.MinValue);
            await context.CreateTimerAsync(TimeSpan.Zero);
            return "through";
        });
        Assert.Equal("through", await ResultAsync<string>(id));
    }

    /// <summary>Row 24: two hundred timers for each of ten days, and the home was down for all of them.</summary>
    [Fact]
    public virtual async Task C24_timers_that_came_due_in_a_downtime_fire_once_each_and_in_order_of_due()
    {
        const int Days = 10;
        var perDay = Traits.Many / 5;
        var waiting = new Mark();
        var fired = new System.Collections.Concurrent.ConcurrentQueue<int>();
        var story = Story(async (context, call) =>
        {
            var n = call.Read<int>();
            waiting.Hit(context);
            await context.CreateTimerAsync(context.UtcNow.AddHours(12).AddDays(n / perDay));
            if (!context.IsReplaying)
            {
                fired.Enqueue(n);
            }

            return n;
        });
        var ids = await Task.WhenAll(Enumerable.Range(0, Days * perDay).Select(n => StartAsync(story.With(n))));
        await waiting.ReachedAsync(ids.Length);
        await RoundAsync();

        await Home.RestartAsync(downtime: TimeSpan.FromDays(Days));

        Assert.Equal(Enumerable.Range(0, ids.Length), (await Task.WhenAll(ids.Select(ResultAsync<int>))).Order());
        Assert.Equal(Enumerable.Range(0, ids.Length), fired.Order());

        // Many are under way at once and overtake each other; chance alone would put them 3.3 days from their place.
        var displaced = fired.Select((n, position) => Math.Abs(n / perDay - position / perDay)).Average();
        Assert.InRange(displaced, 0, 2);
    }

    /// <summary>Row 25.</summary>
    [Fact]
    public virtual async Task C25_many_timers_of_one_moment_all_fire()
    {
        var many = Traits.Many / 2;
        var waiting = new Mark();
        var due = Home.Now.AddHours(1);
        var sleeper = Story(async (context, call) =>
        {
            waiting.Hit(context);
            await context.CreateTimerAsync(due);
            return call.Input;
        });
        var parent = await StartAsync(async (context, _) =>
            (
                await Task.WhenAll(
                    Enumerable.Range(0, many).Select(n => context.RunSubAsync<int>(sleeper.With(n))))).Sum());
        var alone = await Task.WhenAll(Enumerable.Range(0, many).Select(n => StartAsync(sleeper.With(n))));

        await waiting.ReachedAsync(2 * many);
        await RoundAsync();
        await Home.AdvanceAsync(TimeSpan.FromHours(1));
        Assert.Equal(many * (many - 1) / 2, await ResultAsync<int>(parent));
        Assert.Equal(Enumerable.Range(0, many), await Task.WhenAll(alone.Select(ResultAsync<int>)));
    }

    /// <summary>Row 29.</summary>
    [Fact]
    public virtual async Task C29_times_of_other_zones_are_the_same_moment_in_UTC()
    {
        var id = NewId();
        var startAt = Home.Now.AddMinutes(30).ToOffset(TimeSpan.FromHours(8));
        var story = Story(async (context, _) =>
        {
            await context.CreateTimerAsync(context.UtcNow.ToOffset(TimeSpan.FromHours(-5)));
            return context.UtcNow;
        });
        await ScheduleAsync(story, new ScheduleOptions(id, startAt));

        var pending = await StateAsync(id);
        Assert.Equal(startAt, pending.StartAt);
        Assert.Equal(TimeSpan.Zero, pending.StartAt!.Value.Offset);
        Assert.Equal(TimeSpan.Zero, pending.CreatedAt.Offset);
        await Home.AdvanceAsync(TimeSpan.FromMinutes(29));
        await RoundAsync();
        Assert.Equal(OrchestrationStatus.Pending, (await StateAsync(id)).Status);
        await Home.AdvanceAsync(TimeSpan.FromMinutes(1));

        var ended = await ResultAsync<DateTimeOffset>(id);
        Assert.Equal(TimeSpan.Zero, ended.Offset);
        Assert.InRange(ended, startAt, startAt.AddSeconds(1));
    }

    private async Task<(string Id, DateTimeOffset Due)> SleeperAsync(TimeSpan delay)
    {
        var waiting = new Mark();
        var start = Home.Now;
        var id = await StartAsync(async (context, _) =>
        {
            waiting.Hit();
            await context.CreateTimerAsync(delay);
            return context.UtcNow;
        });
        await waiting.ReachedAsync();
        return (id, start + delay);
    }
}
