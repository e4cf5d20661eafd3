using System.Collections.Concurrent;
using Workflows.Platform;

namespace Workflows.Conformance;

/// <summary>
/// The process dies or stops in the middle of work, and nothing that was acknowledged is lost or doubled.
/// </summary>
public abstract class CrashFacts(HomeFactory factory) : HomeFacts(factory)
{
    /// <summary>Row 43.</summary>
    [Fact]
    public virtual async Task C43_an_activity_that_was_killed_runs_again_under_the_same_key()
    {
        var runs = new ConcurrentQueue<(string Key, int Attempt)>();
        var gate = NewGate();
        var step = Step(async (context, _) =>
        {
            runs.Enqueue((context.IdempotencyKey, context.Attempt));
            var run = runs.Count;
            if (run == 1)
            {
                await gate.PassAsync();
            }

            return $"run {run}";
        });
        var id = await StartAsync(async (context, _) => await context.DoAsync<string>(step));

        await gate.ArrivedAsync();
        await Home.CrashAndRestartAsync();

        Assert.Equal("run 2", await ResultAsync<string>(id));
        Assert.Equal(Traits.CountsKilledStarts ? [1, 2] : [1, 1], runs.Select(run => run.Attempt));
        Assert.Single(runs.Select(run => run.Key).Distinct());
    }

    /// <summary>Row 44: the provider took the payment, the result was not saved.</summary>
    [Fact]
    public virtual async Task C44_an_effect_whose_result_was_lost_is_asked_for_again_under_the_same_key()
    {
        var provider = new ConcurrentDictionary<string, string>();
        var calls = new Mark();
        var gate = NewGate();
        var pay = Step(async (context, _) =>
        {
            calls.Hit();
            var receipt = provider.GetOrAdd(context.IdempotencyKey, _ => $"receipt {provider.Count + 1}");
            if (calls.Count == 1)
            {
                await gate.PassAsync();
            }

            return receipt;
        });
        var id = await StartAsync(async (context, _) => await context.DoAsync<string>(pay));

        await gate.ArrivedAsync();
        await Home.CrashAndRestartAsync();

        Assert.Equal("receipt 1", await ResultAsync<string>(id));
        Assert.Equal(2, calls.Count);
        Assert.Single(provider);
    }

    /// <summary>Row 48.</summary>
    [Fact]
    public virtual async Task C48_an_activity_that_kills_the_process_every_time_is_parked_and_others_go_on()
    {
        if (Traits.StartsBeforeParking is not { } limit)
        {
            return;
        }

        var starts = new Mark();
        var gate = NewGate();
        var poison = Step(async (context, _) =>
        {
            starts.Hit();
            await gate.PassAsync();
            return null;
        });
        var id = await StartAsync(async (context, _) =>
        {
            await context.DoAsync(poison);
            return "survived";
        });

        for (var death = 1; death <= limit; death++)
        {
            await starts.ReachedAsync(death);
            await Home.CrashAndRestartAsync();
        }

        var parked = await StatusAsync(id, OrchestrationStatus.Blocked);
        Assert.Contains(Work.Name, parked.Reason, StringComparison.Ordinal);
        Assert.Equal(limit, starts.Count);
        AlertedOf(id);
        await RoundAsync();

        // A repaired step and a word from a person, and it goes on.
        gate.Open();
        Assert.Equal(OperationOutcome.Done, await Client.ResumeAsync(id, "repaired", Bound));
        Assert.Equal("survived", await ResultAsync<string>(id));
        Assert.Equal(limit + 1, starts.Count);
    }

    /// <summary>Row 51: the child is there, the parent has not heard of it yet.</summary>
    [Fact]
    public virtual async Task C51_a_crash_while_a_child_runs_makes_no_second_child()
    {
        var gate = NewGate();
        var childStarts = new ConcurrentQueue<string>();
        var runs = new Mark();
        var step = Step(async (_, _) =>
        {
            runs.Hit();
            if (runs.Count == 1)
            {
                await gate.PassAsync();
            }

            return "child's result";
        });
        var child = Story(async (context, _) =>
        {
            childStarts.Enqueue(context.InstanceId);
            return await context.DoAsync<string>(step);
        });
        var id = await StartAsync(Story(async (context, _) => await context.RunSubAsync<string>(child)), "parent");

        await gate.ArrivedAsync();
        await Home.CrashAndRestartAsync();

        Assert.Equal("child's result", await ResultAsync<string>(id));
        Assert.Equal(OrchestrationStatus.Completed, (await StateAsync(Assert.Single(childStarts.Distinct()))).Status);
    }

    /// <summary>Row 96.</summary>
    [Fact]
    public virtual async Task C96_fifty_stops_and_starts_lose_nothing()
    {
        // One stop for each step of each instance.
        const int Instances = 5;
        var steps = Math.Max(1, Traits.Many / 100);
        var step = Step((_, call) => Task.FromResult<object?>(call.Read<int>() + 1));
        var story = Story(async (context, _) =>
        {
            var n = 0;
            for (var i = 0; i < steps; i++)
            {
                n = await context.DoAsync<int>(step.With(n));
                await context.WaitForEventAsync<int>("next");
            }

            return n;
        });
        var ids = await Task.WhenAll(Enumerable.Range(0, Instances).Select(_ => StartAsync(story)));

        for (var stop = 0; stop < Instances * steps; stop++)
        {
            await GiveAsync(ids[stop % ids.Length], "next", stop);
            await Home.RestartAsync();
        }

        Assert.All(await Task.WhenAll(ids.Select(ResultAsync<int>)), n => Assert.Equal(steps, n));
    }

    /// <summary>Row 96: work in flight at the stop is done after the start.</summary>
    [Fact]
    public virtual async Task C96_an_activity_in_flight_at_the_stop_runs_again_after_the_start()
    {
        var gate = NewGate();
        var stopped = new Mark();
        var runs = new Mark();
        var step = Step(async (context, _) =>
        {
            runs.Hit();
            if (runs.Count == 1)
            {
                try
                {
                    await gate.PassAsync(context.Stopping);
                }
                catch (OperationCanceledException)
                {
                    stopped.Hit();
                    throw;
                }
            }

            return "done";
        });
        var id = await StartAsync(async (context, _) => await context.DoAsync<string>(step));

        await gate.ArrivedAsync();
        await Home.RestartAsync();
        Assert.Equal("done", await ResultAsync<string>(id));
        Assert.Equal(1, stopped.Count);
    }

    /// <summary>Row 97.</summary>
    [Fact]
    public virtual async Task C97_a_crash_at_every_step_neither_loses_a_step_nor_sets_the_status_back()
    {
        const int Steps = 6;
        var done = new ConcurrentDictionary<string, int>();
        var gates = Enumerable.Range(0, Steps).Select(_ => NewGate()).ToArray();
        var begun = new ConcurrentDictionary<string, bool>();
        var step = Step(async (context, call) =>
        {
            if (begun.TryAdd(context.IdempotencyKey, true))
            {
                await gates[call.Read<int>()].PassAsync();
            }

            done.AddOrUpdate(context.IdempotencyKey, 1, (_, count) => count + 1);
            return call.Input;
        });
        var id = await StartAsync(async (context, _) =>
        {
            var sum = 0;
            for (var i = 0; i < Steps; i++)
            {
                sum += await context.DoAsync<int>(step.With(i));
            }

            return sum;
        });

        var (execution, hasRun) = ("", false);
        foreach (var gate in gates)
        {
            await gate.ArrivedAsync();
            await Home.CrashAndRestartAsync();
            var state = await StateAsync(id);
            // A home that sends its steps out before their turn is kept may have lost the turn in which it began.
            hasRun |= state.Status == OrchestrationStatus.Running;
            Assert.True(
                state.Status is OrchestrationStatus.Running or OrchestrationStatus.Completed
                    || (!hasRun && !Traits.ActivitiesAreTransactions && state.Status == OrchestrationStatus.Pending),
                $"{state.Status}");
            execution = execution.Length == 0 ? state.ExecutionId : execution;
            Assert.Equal(execution, state.ExecutionId);
        }

        Assert.Equal(15, await ResultAsync<int>(id));
        Assert.Equal(Steps, done.Count);
        Assert.All(done.Values, count => Assert.Equal(1, count));
    }

    /// <summary>What a call promised when it returned is there after a crash at that very moment.</summary>
    [Fact]
    public virtual async Task What_was_acknowledged_before_a_crash_is_there_after_it()
    {
        var story = Story(async (context, _) => await context.WaitForEventAsync<string>("paid"));
        var id = await StartAsync(story);
        await Home.CrashAndRestartAsync();
        await GiveAsync(id, "paid", "in full");
        await Home.CrashAndRestartAsync();
        Assert.Equal("in full", await ResultAsync<string>(id));
        await Home.CrashAndRestartAsync();
        Assert.Equal("in full", (await StateAsync(id)).ReadOutput<string>());
    }
}
