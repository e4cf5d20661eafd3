using System.Collections.Concurrent;
using Workflows.Platform;

namespace Workflows.Conformance;

/// <summary>Activities: order, width, losers, and what late results may touch.</summary>
public abstract class ActivityFacts(HomeFactory factory) : HomeFacts(factory)
{
    /// <summary>Row 30: one after the other.</summary>
    [Fact]
    public virtual async Task C30_ten_activities_in_a_row_run_in_their_order()
    {
        var order = new ConcurrentQueue<int>();
        var step = Step((_, call) =>
        {
            order.Enqueue(call.Read<int>());
            return Task.FromResult<object?>(call.Read<int>() + 1);
        });
        var id = await StartAsync(async (context, _) =>
        {
            var n = 0;
            for (var i = 0; i < 10; i++)
            {
                n = await context.DoAsync<int>(step.With(n));
            }

            return n;
        });

        Assert.Equal(10, await ResultAsync<int>(id));
        Assert.Equal(Enumerable.Range(0, 10), order);
    }

    /// <summary>Row 30: a thousand at once.</summary>
    [Fact]
    public virtual async Task C30_a_thousand_parallel_activities_give_their_results_in_the_order_of_the_calls()
    {
        var runs = new Mark();
        var step = Step((_, call) =>
        {
            runs.Hit();
            return Task.FromResult<object?>(call.Read<int>() * 2);
        });
        var id = await StartAsync(async (context, _) =>
            await Task.WhenAll(Enumerable.Range(0, Traits.Many).Select(n => context.DoAsync<int>(step.With(n)))));

        Assert.Equal(Enumerable.Range(0, Traits.Many).Select(n => n * 2), await ResultAsync<int[]>(id));
        Assert.Equal(Traits.Many, runs.Count);
    }

    /// <summary>Row 31.</summary>
    [Fact]
    public virtual async Task C31_the_losers_of_a_race_run_to_their_end_and_are_not_heard()
    {
        var gate = NewGate();
        var ended = new Mark();
        var slow = Step(async (context, _) =>
        {
            await gate.PassAsync(context.Stopping);
            ended.Hit();
            throw new InvalidOperationException("Nobody should hear this.");
        });
        var id = await StartAsync(async (context, _) =>
        {
            var winner = Echo.CallAsync(context, "won");
            await Task.WhenAny(context.DoAsync(slow), winner, context.DoAsync(slow));
            await context.WaitForEventAsync<string>("close");
            return await winner;
        });

        await gate.ArrivedAsync(2);
        gate.Open();
        await ended.ReachedAsync(2);
        await RoundAsync();
        await GiveAsync(id, "close");
        Assert.Equal("won", await ResultAsync<string>(id));
        Assert.Equal(2, ended.Count);
    }

    /// <summary>Row 42: an activity that nobody has.</summary>
    [Fact]
    public virtual async Task C42_calling_an_activity_that_does_not_exist_fails_and_is_not_retried()
    {
        var asked = new Mark();
        var policy = new CallRetryPolicy(10, TimeSpan.FromSeconds(1), handle: _ =>
        {
            asked.Hit();
            return true;
        });
        var id = await StartAsync(
            async (context, _) => await context.CallActivityAsync<string>("NoSuchStep", "x", policy));

        var failure = await FailureAsync(id);
        Assert.True(failure.IsCausedBy<CallFailedException>(), failure.Type);
        Assert.Contains("NoSuchStep", failure.Message, StringComparison.Ordinal);
        Assert.True(failure.Inner!.IsNonRetriable);
        Assert.Equal(0, asked.Count);
    }

    /// <summary>Row 42: an orchestration that nobody has.</summary>
    [Fact]
    public virtual async Task C42_calling_an_orchestration_that_does_not_exist_fails_and_is_not_retried()
    {
        var asked = new Mark();
        var policy = new CallRetryPolicy(10, TimeSpan.FromSeconds(1), handle: _ =>
        {
            asked.Hit();
            return true;
        });
        var id = await StartAsync(async (context, _) => await context.CallSubOrchestrationAsync<string>(
            "NoSuchStory", "x", new SubOrchestrationCallOptions(Retry: policy)));

        var failure = await FailureAsync(id);
        Assert.True(failure.IsCausedBy<CallFailedException>(), failure.Type);
        Assert.Contains("NoSuchStory", failure.Message, StringComparison.Ordinal);
        Assert.Equal(0, asked.Count);
    }

    /// <summary>Row 46: the same task number, but of a life of the instance that is over.</summary>
    [Fact]
    public virtual async Task C46_the_result_of_an_earlier_execution_does_not_reach_the_next_one()
    {
        var oldGate = NewGate();
        var newGate = NewGate();
        var oldEnded = new Mark();
        var starts = 0;
        var step = Step(async (context, _) =>
        {
            if (Interlocked.Increment(ref starts) == 1)
            {
                await oldGate.PassAsync(context.Stopping);
                oldEnded.Hit();
                return "old";
            }

            await newGate.PassAsync(context.Stopping);
            return "new";
        });
        var id = await StartAsync(async (context, _) => await context.DoAsync<string>(step));

        await oldGate.ArrivedAsync();
        await Client.TerminateAsync(id, "again", recursive: false, Bound);
        Assert.Equal(OperationOutcome.Done, await Client.RestartAsync(id, null, Bound));
        await newGate.ArrivedAsync();
        oldGate.Open();
        await oldEnded.ReachedAsync();
        await RoundAsync();
        await StatusAsync(id, OrchestrationStatus.Running);
        newGate.Open();

        Assert.Equal("new", await ResultAsync<string>(id));
    }

    /// <summary>Row 47.</summary>
    [Fact]
    public virtual async Task C47_a_result_that_comes_after_its_timeout_is_ignored()
    {
        var gate = NewGate();
        var waiting = new Mark();
        var ended = new Mark();
        var slow = Step(async (context, _) =>
        {
            await gate.PassAsync(context.Stopping);
            ended.Hit();
            return "too late";
        });
        var id = await StartAsync(async (context, _) =>
        {
            var work = context.DoAsync<string>(slow);
            var timeout = context.CreateTimerAsync(TimeSpan.FromMinutes(1));
            waiting.Hit();
            var outcome = await Task.WhenAny(work, timeout) == timeout ? "timeout" : "result";
            return $"{outcome}, {await context.WaitForEventAsync<string>("close")}";
        });

        await waiting.ReachedAsync();
        await gate.ArrivedAsync();
        await Home.AdvanceAsync(TimeSpan.FromMinutes(1));
        await RoundAsync();
        gate.Open();
        await ended.ReachedAsync();
        await RoundAsync();
        await GiveAsync(id, "close", "closed");
        Assert.Equal("timeout, closed", await ResultAsync<string>(id));
    }

    /// <summary>What an activity knows about itself.</summary>
    [Fact]
    public virtual async Task An_activity_knows_its_instance_its_step_and_its_own_idempotency_key()
    {
        var step = Step((context, _) => Task.FromResult<object?>(
            new About(
                context.InstanceId, context.Name, context.TaskId, context.Attempt, context.IdempotencyKey,
                context.UtcNow)));
        var story = Story(
            async (context, _) => await Task.WhenAll(context.DoAsync<About>(step), context.DoAsync<About>(step)));
        var first = await ResultAsync<About[]>(await StartAsync(story, "deal-1"));
        var second = await ResultAsync<About[]>(await StartAsync(story, "deal-2"));

        Assert.All(
            first, about => Assert.Equal(("deal-1", Work.Name, 1), (about.InstanceId, about.Name, about.Attempt)));
        Assert.All(first, about => Assert.Equal(Home.Now, about.UtcNow, TimeSpan.FromMinutes(1)));
        Assert.NotEqual(first[0].TaskId, first[1].TaskId);
        Assert.Equal(first.Select(about => about.TaskId), second.Select(about => about.TaskId));
        Assert.Equal(4, first.Concat(second).Select(about => about.IdempotencyKey).Distinct().Count());
    }

    private sealed record About(
        string InstanceId, string Name, int TaskId, int Attempt, string IdempotencyKey, DateTimeOffset UtcNow);
}
