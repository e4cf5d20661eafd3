using Workflows.Platform;

namespace Workflows.Conformance;

/// <summary>Wall clocks that jump, and the time an orchestration reads.</summary>
public abstract class ClockFacts(HomeFactory factory) : HomeFacts(factory)
{
    /// <summary>Row 26.</summary>
    [Fact]
    public virtual async Task C26_a_clock_set_a_year_ahead_fires_what_is_due_once_and_nothing_else()
    {
        var fired = new Mark();
        var soon = await SleepersAsync(fired, TimeSpan.FromDays(30));
        var later = await SleepersAsync(fired, TimeSpan.FromDays(500));

        await Home.JumpAsync(TimeSpan.FromDays(365));
        await Home.AdvanceAsync(TimeSpan.FromMinutes(1));

        Assert.Equal("woke", await ResultAsync<string>(soon));
        await RoundAsync();
        Assert.Equal(1, fired.Count);
        await StatusAsync(later, OrchestrationStatus.Running);
    }

    /// <summary>Row 27: nothing twice.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(3_600)]
    public virtual async Task C27_a_clock_set_back_fires_nothing_twice(int seconds)
    {
        var fired = new Mark();
        var id = await SleepersAsync(fired, TimeSpan.FromMinutes(10));
        await Home.AdvanceAsync(TimeSpan.FromMinutes(10));
        Assert.Equal("woke", await ResultAsync<string>(id));

        await Home.JumpAsync(-TimeSpan.FromSeconds(seconds));
        await Home.AdvanceAsync(TimeSpan.FromSeconds(seconds + 60));
        await RoundAsync();
        Assert.Equal(1, fired.Count);
    }

    /// <summary>Row 27: time inside an instance stands still rather than run back, also across a restart.</summary>
    [Fact]
    public virtual async Task C27_time_inside_an_instance_never_runs_back()
    {
        var before = new Mark();
        var id = await StartAsync(async (context, _) =>
        {
            var times = new List<DateTimeOffset> { context.UtcNow };
            before.Hit();
            for (var i = 0; i < 3; i++)
            {
                await context.WaitForEventAsync<string>("next");
                times.Add(context.UtcNow);
            }

            return times;
        });

        await before.ReachedAsync();
        await Home.JumpAsync(-TimeSpan.FromHours(1));
        await GiveAsync(id, "next");
        await RoundAsync();
        await Home.RestartAsync();
        await Home.JumpAsync(-TimeSpan.FromSeconds(1));
        await GiveAsync(id, "next");
        await Home.AdvanceAsync(TimeSpan.FromHours(3));
        await GiveAsync(id, "next");

        var times = await ResultAsync<DateTimeOffset[]>(id);
        Assert.Equal(times.Order(), times);
        Assert.True(times[^1] > times[0], "Time should go on once the clock is past where it was.");
    }

    /// <summary>Row 28.</summary>
    [Fact]
    public virtual async Task C28_time_stands_still_between_awaits_and_is_the_same_in_every_replay()
    {
        var passes = new System.Collections.Concurrent.ConcurrentQueue<(string Place, DateTimeOffset Time)>();
        var gate = NewGate();
        var step = StepThrough(gate);
        var resumed = new Mark();
        var id = await StartAsync(async (context, _) =>
        {
            passes.Enqueue(("start", context.UtcNow));
            passes.Enqueue(("start", context.UtcNow));
            await context.DoAsync(step);
            passes.Enqueue(("after the step", context.UtcNow));
            resumed.Hit();
            await context.WaitForEventAsync<string>("close");
            passes.Enqueue(("end", context.UtcNow));
            return "done";
        });

        await gate.ArrivedAsync();
        await Home.AdvanceAsync(TimeSpan.FromMinutes(5));
        gate.Open();
        await resumed.ReachedAsync();
        await RoundAsync();
        await Home.AdvanceAsync(TimeSpan.FromMinutes(5));
        await Home.RestartAsync();
        await GiveAsync(id, "close");
        Assert.Equal("done", await ResultAsync<string>(id));

        var places = passes.GroupBy(pass => pass.Place, pass => pass.Time)
            .ToDictionary(p => p.Key, p => p.Distinct().ToArray());
        var start = Assert.Single(places["start"]);
        var middle = Assert.Single(places["after the step"]);
        var end = Assert.Single(places["end"]);
        Assert.Equal(TimeSpan.FromMinutes(5), middle - start);
        Assert.Equal(TimeSpan.FromMinutes(5), end - middle);
    }

    private async Task<string> SleepersAsync(Mark fired, TimeSpan delay)
    {
        var waiting = new Mark();
        var wake = Step(fired.Hit);
        var id = await StartAsync(async (context, _) =>
        {
            waiting.Hit();
            await context.CreateTimerAsync(delay);
            await context.DoAsync(wake);
            return "woke";
        });
        await waiting.ReachedAsync();
        await RoundAsync();
        return id;
    }
}
