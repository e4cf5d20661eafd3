using Workflows.Platform;

namespace Workflows.Conformance;

/// <summary>Generations: what they carry over, what they leave behind.</summary>
public abstract class ContinueAsNewFacts(HomeFactory factory) : HomeFacts(factory)
{
    /// <summary>Row 56.</summary>
    [Theory]
    [InlineData(10)]
    [InlineData(1_000)]
    public virtual async Task C56_generations_follow_each_other_to_the_right_result(int generations)
    {
        generations = Math.Min(generations, Traits.Many);
        var story = Story((context, call) =>
        {
            var n = call.Read<int>();
            if (n < generations)
            {
                context.ContinueAsNew(call.With(n + 1));
            }

            return Task.FromResult<object?>(n);
        });
        var id = await StartAsync(story.With(1));
        var execution = (await StateAsync(id)).ExecutionId;

        Assert.Equal(generations, await ResultAsync<int>(id));
        Assert.Equal(execution, (await StateAsync(id)).ExecutionId);
    }

    /// <summary>Row 57: each generation takes one event; with timers, each also sleeps once.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public virtual async Task C57_events_are_carried_from_generation_to_generation_in_order(bool withTimers)
    {
        var story = Story(async (context, call) =>
        {
            var got = call.Read<List<int>>();
            got.Add(await context.WaitForEventAsync<int>("paid"));
            if (withTimers)
            {
                await context.CreateTimerAsync(TimeSpan.Zero);
            }

            if (got.Count < 10)
            {
                context.ContinueAsNew(call.With(got), preserveUnprocessedEvents: true);
            }

            return got;
        });
        var id = await StartAsync(story.With(Array.Empty<int>()));
        for (var n = 0; n < 10; n++)
        {
            await GiveAsync(id, "paid", n);
        }

        Assert.Equal(Enumerable.Range(0, 10), await ResultAsync<int[]>(id));
    }

    /// <summary>Row 58.</summary>
    [Fact]
    public virtual async Task C58_events_that_are_not_preserved_are_dropped_and_the_log_counts_them()
    {
        var next = new Mark();
        var story = Story(async (context, call) =>
        {
            if (call.Read<int?>() == 1)
            {
                next.Hit();
                return (await context.WaitForEventAsync<string>("paid", context.UtcNow.AddHours(1))).TimedOut;
            }

            await context.WaitForEventAsync<string>("turn over");
            context.ContinueAsNew(call.With(1), preserveUnprocessedEvents: false);
            return null;
        });
        var id = await StartAsync(story);
        await GiveAsync(id, "paid", "one");
        await GiveAsync(id, "paid", "two");
        await GiveAsync(id, "turn over");
        await next.ReachedAsync();
        await RoundAsync();
        await Home.AdvanceAsync(TimeSpan.FromHours(1));

        Assert.True(await ResultAsync<bool>(id));
        Assert.Contains(Log.Lines, line =>
            line.Text.Contains(id, StringComparison.Ordinal) && line.Text.Contains('2', StringComparison.Ordinal));
    }

    /// <summary>Row 59.</summary>
    [Fact]
    public virtual async Task C59_no_event_is_lost_between_two_generations()
    {
        const int Events = 300;
        var story = Story(async (context, call) =>
        {
            var count = call.Read<int>() + 1;
            await context.WaitForEventAsync<int>("paid");
            if (count < Events)
            {
                context.ContinueAsNew(call.With(count), preserveUnprocessedEvents: true);
            }

            return count;
        });
        var id = await StartAsync(story.With(0));
        await Task.WhenAll(Enumerable.Range(0, Events).Select(n => GiveAsync(id, "paid", n)));
        Assert.Equal(Events, await ResultAsync<int>(id));
    }

    /// <summary>Row 60.</summary>
    [Fact]
    public virtual async Task C60_what_an_old_generation_left_open_does_not_touch_the_new_one()
    {
        var oldGate = NewGate();
        var newGate = NewGate();
        var oldEnded = new Mark();
        var oldStep = Step(async (context, _) =>
        {
            await oldGate.PassAsync(context.Stopping);
            oldEnded.Hit();
            return "old";
        });
        var newStep = StepThrough(newGate);
        var waiting = new Mark();
        var story = Story(async (context, call) =>
        {
            if (call.Read<int?>() == 1)
            {
                var timer = context.CreateTimerAsync(TimeSpan.FromDays(2));
                waiting.Hit();
                var step = context.DoAsync<string>(newStep.With("new"));
                return await Task.WhenAny(timer, step) == step ? await step : "the old timer";
            }

            _ = context.CreateTimerAsync(TimeSpan.FromDays(1));
            _ = context.DoAsync<string>(oldStep);
            await context.WaitForEventAsync<string>("turn over");
            context.ContinueAsNew(call.With(1));
            return null;
        });
        var id = await StartAsync(story);

        await oldGate.ArrivedAsync();
        await GiveAsync(id, "turn over");
        await waiting.ReachedAsync();
        await newGate.ArrivedAsync();
        oldGate.Open();
        await oldEnded.ReachedAsync();
        await Home.AdvanceAsync(TimeSpan.FromDays(1));
        await RoundAsync();
        await StatusAsync(id, OrchestrationStatus.Running);
        newGate.Open();

        Assert.Equal("new", await ResultAsync<string>(id));
    }

    /// <summary>Row 61: called twice.</summary>
    [Fact]
    public virtual async Task C61_the_last_of_several_calls_wins()
    {
        var story = Story((context, call) =>
        {
            if (call.Read<string?>() is { } input)
            {
                return Task.FromResult<object?>(input);
            }

            context.ContinueAsNew(call.With("first"));
            context.ContinueAsNew(call.With("last"));
            return Task.FromResult<object?>("unused");
        });
        Assert.Equal("last", await ResultAsync<string>(await StartAsync(story)));
    }

    /// <summary>Row 61: a failure after the call.</summary>
    [Fact]
    public virtual async Task C61_a_failure_after_the_call_ends_the_instance()
    {
        var starts = new Mark();
        var story = Story((context, call) =>
        {
            starts.Hit();
            context.ContinueAsNew(call.With("never"));
            throw new InvalidOperationException("after the call");
        });
        Assert.Equal("after the call", (await FailureAsync(await StartAsync(story))).Message);
        await RoundAsync();
        Assert.Equal(1, starts.Count);
    }

    /// <summary>Row 62.</summary>
    [Fact]
    public virtual async Task C62_a_new_generation_may_be_of_a_new_version_and_keeps_parent_and_status()
    {
        var child = Story((context, call) =>
        {
            if (context.Version != "2")
            {
                context.SetCustomStatus("from version 1");
                context.ContinueAsNew(call, newVersion: "2");
                return Task.FromResult<object?>("unused");
            }

            return Task.FromResult<object?>($"version {context.Version} of {context.ParentInstanceId}");
        });
        var id = await StartAsync(async (context, _) =>
            await context.RunSubAsync<string>(child, new SubOrchestrationCallOptions("child", Version: "1")));

        Assert.Equal($"version 2 of {id}", await ResultAsync<string>(id));
        var state = await StateAsync("child");
        Assert.Equal("2", state.Version);
        Assert.Equal("from version 1", state.ReadCustomStatus<string>());
    }

    /// <summary>The same step of another generation is another effect.</summary>
    [Fact]
    public virtual async Task Each_generation_has_idempotency_keys_of_its_own()
    {
        var keys = new System.Collections.Concurrent.ConcurrentQueue<string>();
        var step = Step((context, _) =>
        {
            keys.Enqueue(context.IdempotencyKey);
            return Task.FromResult<object?>(null);
        });
        var story = Story(async (context, call) =>
        {
            await context.DoAsync(step);
            if (call.Read<int>() < 3)
            {
                context.ContinueAsNew(call.With(call.Read<int>() + 1));
            }

            return call.Input;
        });
        Assert.Equal(3, await ResultAsync<int>(await StartAsync(story.With(1))));
        Assert.Equal(3, keys.Count);
        Assert.Equal(3, keys.Distinct().Count());
    }

    /// <summary>A generation's history is its own: after a restart only the last one is replayed.</summary>
    [Fact]
    public virtual async Task After_a_restart_only_the_last_generation_is_replayed()
    {
        var generations = new System.Collections.Concurrent.ConcurrentQueue<int>();
        var story = Story(async (context, call) =>
        {
            var n = call.Read<int>();
            generations.Enqueue(n);
            if (n < 5)
            {
                await Echo.CallAsync(context, "busy");
                context.ContinueAsNew(call.With(n + 1));
                return null;
            }

            return await context.WaitForEventAsync<string>("close");
        });
        var id = await StartAsync(story.With(1));
        await Eventually.TrueAsync(() => generations.Contains(5), "the fifth generation");
        await RoundAsync();
        generations.Clear();

        await Home.RestartAsync();
        await GiveAsync(id, "close", "closed");
        Assert.Equal("closed", await ResultAsync<string>(id));
        Assert.Equal([5], generations.Distinct());
    }
}
