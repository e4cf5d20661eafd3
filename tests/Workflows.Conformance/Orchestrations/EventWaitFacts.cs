using Workflows.Platform;

namespace Workflows.Conformance;

/// <summary>Waits that end early: cancelled, timed out, tied. None of them takes an event with it.</summary>
public abstract class EventWaitFacts(HomeFactory factory) : HomeFacts(factory)
{
    /// <summary>Row 5.</summary>
    [Fact]
    public virtual async Task C05_after_a_cancelled_wait_the_new_one_gets_the_event()
    {
        var waiting = new Mark();
        var id = await StartAsync(async (context, _) =>
        {
            var cancelled = await CancelAWaitAsync(context);
            waiting.Hit();
            return $"{cancelled}, {await context.WaitForEventAsync<string>("approved")}";
        });

        await waiting.ReachedAsync();
        await GiveAsync(id, "approved", "yes");
        Assert.Equal("cancelled, yes", await ResultAsync<string>(id));
    }

    /// <summary>Row 6: the reminder is on its way out while the manager clicks.</summary>
    [Fact]
    public virtual async Task C06_an_event_that_comes_after_a_timed_out_wait_is_kept_for_the_next()
    {
        var waiting = new Mark();
        var gate = NewGate();
        var reminder = StepThrough(gate);
        var id = await StartAsync(async (context, _) =>
        {
            waiting.Hit();
            var first = await context.WaitForEventAsync<string>("approved", context.UtcNow.AddHours(1));
            await context.DoAsync(reminder);
            return $"{(first.TimedOut ? "late" : "early")}, {await context.WaitForEventAsync<string>("approved")}";
        });

        await waiting.ReachedAsync();
        await Home.AdvanceAsync(TimeSpan.FromHours(1));
        await gate.ArrivedAsync();
        await GiveAsync(id, "approved", "yes");
        gate.Open();

        Assert.Equal("late, yes", await ResultAsync<string>(id));
    }

    /// <summary>Row 6, many times over: one event per reminder, none lost and none twice.</summary>
    [Fact]
    public virtual async Task C06_a_reminder_loop_loses_no_event_however_often_it_times_out()
    {
        const int Rounds = 12;
        var waiting = new Mark();
        var reminded = new Mark();
        var reminder = Step(reminded.Hit);
        var id = await StartAsync(async (context, _) =>
        {
            var got = new List<int>();
            for (var round = 0; round < Rounds; round++)
            {
                waiting.Hit(context);
                var wait = await context.WaitForEventAsync<int>("paid", context.UtcNow.AddMinutes(10));
                await context.DoAsync(reminder);
                got.Add(wait.TimedOut ? await context.WaitForEventAsync<int>("paid") : wait.Payload);
            }

            return got;
        });

        for (var round = 0; round < Rounds; round++)
        {
            await waiting.ReachedAsync(round + 1);
            if (round % 2 == 0)
            {
                await Home.AdvanceAsync(TimeSpan.FromMinutes(10));
                await reminded.ReachedAsync(round + 1);
            }

            await GiveAsync(id, "paid", round);
        }

        Assert.Equal(Enumerable.Range(0, Rounds), await ResultAsync<int[]>(id));
    }

    /// <summary>Row 7.</summary>
    [Fact]
    public virtual async Task C07_when_the_newest_wait_is_cancelled_the_older_one_gets_the_event()
    {
        var waiting = new Mark();
        var id = await StartAsync(async (context, _) =>
        {
            var older = context.WaitForEventAsync<string>("approved");
            var cancelled = await CancelAWaitAsync(context);
            waiting.Hit();
            return $"{cancelled}, {await older}";
        });

        await waiting.ReachedAsync();
        await GiveAsync(id, "approved", "yes");
        Assert.Equal("cancelled, yes", await ResultAsync<string>(id));
    }

    /// <summary>Row 8. The hold makes both events ready in one turn, while both waits are open.</summary>
    [Fact]
    public virtual async Task C08_an_event_for_the_loser_of_a_race_reaches_the_next_generation()
    {
        var waiting = new Mark();
        var story = Story(async (context, call) =>
        {
            if (call.Read<int?>() == 1)
            {
                return await context.WaitForEventAsync<string>("e1");
            }

            var won = context.WaitForEventAsync<string>("e0");
            var lost = context.WaitForEventAsync<string>("e1");
            waiting.Hit();
            await Task.WhenAny(won, lost);
            context.ContinueAsNew(call.With(1), preserveUnprocessedEvents: true);
            return "unused";
        });
        var id = await StartAsync(story);

        await waiting.ReachedAsync();
        Assert.Equal(OperationOutcome.Done, await Client.SuspendAsync(id, "hold", Bound));
        await GiveAsync(id, "e0", "zero");
        await GiveAsync(id, "e1", "one");
        Assert.Equal(OperationOutcome.Done, await Client.ResumeAsync(id, "go", Bound));

        Assert.Equal("one", await ResultAsync<string>(id));
    }

    /// <summary>Row 15: the event comes in time, and the instance does not stay for the deadline.</summary>
    [Fact]
    public virtual async Task C15_a_wait_with_a_deadline_ends_at_once_with_the_event()
    {
        var id = await StartAsync(async (context, _) =>
            await context.WaitForEventAsync<string>("approved", context.UtcNow.AddDays(30)));
        await GiveAsync(id, "approved", "yes");
        Assert.Equal(new EventOrTimeout<string>(false, "yes"), await ResultAsync<EventOrTimeout<string>>(id));
    }

    /// <summary>Row 15: the deadline comes first, and not before its time.</summary>
    [Fact]
    public virtual async Task C15_a_wait_with_a_deadline_ends_at_the_deadline_without_an_event()
    {
        var waiting = new Mark();
        var id = await StartAsync(async (context, _) =>
        {
            waiting.Hit();
            return await context.WaitForEventAsync<string>("approved", context.UtcNow.AddDays(30));
        });

        await waiting.ReachedAsync();
        await Home.AdvanceAsync(TimeSpan.FromDays(30) - TimeSpan.FromSeconds(1));
        await RoundAsync();
        await StatusAsync(id, OrchestrationStatus.Running);
        await Home.AdvanceAsync(TimeSpan.FromSeconds(1));
        Assert.Equal(new EventOrTimeout<string>(true, null), await ResultAsync<EventOrTimeout<string>>(id));
    }

    /// <summary>Row 15: the caller gives up first; neither the event nor the timer is left behind.</summary>
    [Fact]
    public virtual async Task C15_a_wait_with_a_deadline_that_is_cancelled_leaves_nothing_open()
    {
        var id = await StartAsync(async (context, _) =>
        {
            using var giveUp = new CancellationTokenSource();
            var wait = context.WaitForEventAsync<string>("approved", context.UtcNow.AddDays(30), giveUp.Token);
            await context.WaitForEventAsync<string>("stop");
            giveUp.Cancel();
            var cancelled = await IsCancelledAsync(wait);
            return $"{cancelled}, {await context.WaitForEventAsync<string>("approved")}";
        });

        await GiveAsync(id, "stop");
        await GiveAsync(id, "approved", "yes");
        Assert.Equal("cancelled, yes", await ResultAsync<string>(id));
    }

    /// <summary>
    /// Row 16: the event was recorded while the deadline lay ahead, so it wins although both are ready at once.
    /// </summary>
    [Fact]
    public virtual async Task C16_when_event_and_deadline_are_both_ready_the_one_recorded_first_wins()
    {
        var waiting = new Mark();
        var id = await StartAsync(async (context, _) =>
        {
            waiting.Hit();
            return (await context.WaitForEventAsync<string>("approved", context.UtcNow.AddHours(1))).TimedOut;
        });

        await waiting.ReachedAsync();
        await Client.SuspendAsync(id, "hold", Bound);
        await GiveAsync(id, "approved", "in time");
        await Home.AdvanceAsync(TimeSpan.FromHours(2));
        await RoundAsync();
        await Client.ResumeAsync(id, "go", Bound);
        Assert.False(await ResultAsync<bool>(id));
    }

    /// <summary>Row 16: the winner of a tie wins it again in every replay.</summary>
    [Fact]
    public virtual async Task C16_replay_picks_the_same_winner_of_a_tie()
    {
        var waiting = new Mark();
        var decided = new Mark();
        var winners = new List<bool>();
        var id = await StartAsync(async (context, _) =>
        {
            waiting.Hit();
            var wait = await context.WaitForEventAsync<string>("approved", context.UtcNow.AddHours(1));
            lock (winners)
            {
                winners.Add(wait.TimedOut);
            }

            decided.Hit();
            await context.WaitForEventAsync<string>("close");
            return wait.TimedOut;
        });

        await waiting.ReachedAsync();
        await Client.SuspendAsync(id, "hold", Bound);
        await Home.AdvanceAsync(TimeSpan.FromHours(2));
        await GiveAsync(id, "approved", "after the deadline");
        await Client.ResumeAsync(id, "go", Bound);
        await decided.ReachedAsync();
        await Home.RestartAsync();
        await GiveAsync(id, "close");

        var result = await ResultAsync<bool>(id);
        Assert.All(winners, winner => Assert.Equal(result, winner));
        Assert.True(winners.Count > 1, "The restart should have led to a replay.");
    }

    private static async Task<string> CancelAWaitAsync(OrchestrationContext context)
    {
        using var cancellation = new CancellationTokenSource();
        var wait = context.WaitForEventAsync<string>("approved", cancellation.Token);
        cancellation.Cancel();
        return await IsCancelledAsync(wait);
    }

    private static async Task<string> IsCancelledAsync(Task wait)
    {
        try
        {
            await wait;
            return "not cancelled";
        }
        catch (OperationCanceledException)
        {
            return "cancelled";
        }
    }
}
