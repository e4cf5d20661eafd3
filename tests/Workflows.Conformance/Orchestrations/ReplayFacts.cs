using System.Collections.Concurrent;
using Workflows.Platform;

namespace Workflows.Conformance;

/// <summary>Replay: what an orchestrator sees the second time, and code that must not be in one.</summary>
public abstract class ReplayFacts(HomeFactory factory) : HomeFacts(factory)
{
    /// <summary>Row 79.</summary>
    [Fact]
    public virtual async Task C79_replay_is_marked_as_such_and_each_line_is_logged_once()
    {
        var passes = new ConcurrentQueue<(string Place, bool Replaying)>();
        var last = new Mark();
        var id = await StartAsync(async (context, _) =>
        {
            var logger = context.CreateLogger(FactLog.Category);
            Pass("start");
            await context.CreateTimerAsync(TimeSpan.Zero);
            Pass("first timer");
            await context.CreateTimerAsync(TimeSpan.Zero);
            Pass("second timer");
            last.Hit();
            await context.WaitForEventAsync<string>("close");
            Pass("end");
            return "done";

            void Pass(string place)
            {
                passes.Enqueue((place, context.IsReplaying));
                FactLog.Passed(logger, place);
            }
        });

        await last.ReachedAsync();
        await RoundAsync();
        await Home.RestartAsync();
        await GiveAsync(id, "close");
        Assert.Equal("done", await ResultAsync<string>(id));

        string[] places = ["start", "first timer", "second timer", "end"];
        foreach (var place in places)
        {
            var flags = passes.Where(pass => pass.Place == place).Select(pass => pass.Replaying).ToArray();
            Assert.False(flags[0], $"{place}, the first time");
            Assert.All(flags.Skip(1), Assert.True);
        }

        Assert.True(passes.Count(pass => pass.Place == "start") > 1, "The restart should have led to a replay.");
        var lines = Log.Lines.Where(line => line.Category == FactLog.Category).Select(line => line.Text);
        Assert.Equal(places.Select(place => $"Passed {place}"), lines);
    }

    /// <summary>Row 80.</summary>
    [Fact]
    public virtual async Task C80_new_GUIDs_are_unique_and_the_same_in_every_replay()
    {
        var drawn = new ConcurrentQueue<(int Number, Guid Value)>();
        var last = new Mark();
        var story = Story(async (context, _) =>
        {
            var ids = new List<Guid>();
            Draw();
            Draw();
            await Echo.CallAsync(context, "between");
            Draw();
            last.Hit();
            await context.WaitForEventAsync<string>("close");
            Draw();
            return ids;

            void Draw()
            {
                ids.Add(context.NewGuid());
                drawn.Enqueue((ids.Count, ids[^1]));
            }
        });
        var id = await StartAsync(story);
        await last.ReachedAsync();
        await RoundAsync();
        await Home.RestartAsync();
        await GiveAsync(id, "close");

        var ids = await ResultAsync<Guid[]>(id);
        Assert.Equal(4, ids.Distinct().Count());
        Assert.DoesNotContain(Guid.Empty, ids);
        Assert.True(drawn.Count > 4, "The restart should have led to a replay.");
        Assert.All(drawn, draw => Assert.Equal(ids[draw.Number - 1], draw.Value));

        var sister = await StartAsync(story);
        await GiveAsync(sister, "close");
        Assert.Empty(ids.Intersect(await ResultAsync<Guid[]>(sister)));
    }

    /// <summary>Row 84: an await that no history can answer.</summary>
    [Theory]
    [InlineData("delay")]
    [InlineData("thread pool")]
    [InlineData("never")]
    public virtual async Task C84_awaiting_what_is_not_durable_is_an_error_and_not_a_hang(string kind)
    {
        var id = await StartAsync(async (context, _) =>
        {
            await Echo.CallAsync(context, "first");
            await (kind switch
            {
                "delay" => Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System),
                "thread pool" => Task.Run(() => Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System)),
                _ => new TaskCompletionSource().Task,
            });
            return await Echo.CallAsync(context, "second");
        });

        var state = await Eventually.ValueAsync(
            () => StateAsync(id),
            seen => seen.Status is not (OrchestrationStatus.Pending or OrchestrationStatus.Running), "an end");
        Assert.Contains(state.Status, new[] { OrchestrationStatus.Failed, OrchestrationStatus.Blocked });
        Assert.Matches("(?i)await|durable", state.Failure?.Message ?? state.Reason);
    }

    /// <summary>Row 84: the context from another thread.</summary>
    [Fact]
    public virtual async Task C84_the_context_is_refused_outside_the_orchestrators_own_flow()
    {
        var refusal = new TaskCompletionSource<Exception?>(TaskCreationOptions.RunContinuationsAsynchronously);
        var id = await StartAsync(async (context, _) =>
        {
            if (!context.IsReplaying)
            {
                new Thread(() => refusal.TrySetResult(Record.Exception(Stray))).Start();
            }

            return await context.WaitForEventAsync<string>("close");

            void Stray() => context.CreateTimerAsync(TimeSpan.Zero);
        });

        Assert.IsType<InvalidOperationException>(await refusal.Task.WaitAsync(Eventually.Bound));
        await GiveAsync(id, "close", "unharmed");
        Assert.Equal("unharmed", await ResultAsync<string>(id));
    }

    /// <summary>
    /// Row 86, as far as a contract without routing goes: old instances stay on the old path of new code.
    /// </summary>
    [Fact]
    public virtual async Task C86_new_code_leads_old_instances_along_their_old_path()
    {
        var story = Story(async (context, _) =>
        {
            await Echo.CallAsync(context, "old path");
            return $"{context.Version ?? "none"}: {await context.WaitForEventAsync<string>("close")}";
        });
        var old = NewId();
        await ScheduleAsync(story, new ScheduleOptions(old, Version: "1"));
        var unversioned = await StartAsync(story);
        await RoundAsync();

        ScriptRegistry.Replace(story, (OrchestrationScript)(async (context, _) =>
        {
            if (context.Version is null or "1")
            {
                await Echo.CallAsync(context, "old path");
            }
            else
            {
                await OtherEcho.CallAsync(context, "new path");
            }

            return $"{context.Version ?? "none"}: {await context.WaitForEventAsync<string>("close")}";
        }));
        await Home.RestartAsync();
        var young = NewId();
        await ScheduleAsync(story, new ScheduleOptions(young, Version: "2"));

        foreach (var id in new[] { old, unversioned, young })
        {
            await GiveAsync(id, "close", "closed");
        }

        Assert.Equal("1: closed", await ResultAsync<string>(old));
        Assert.Equal("none: closed", await ResultAsync<string>(unversioned));
        Assert.Equal("2: closed", await ResultAsync<string>(young));
    }

    /// <summary>Row 87.</summary>
    [Fact]
    public virtual async Task C87_an_instance_of_an_orchestration_that_is_not_deployed_yet_waits_for_it()
    {
        var id = NewId();
        var scheduled = await Client.ScheduleAsync(DeployedLater.Name, "hello", new ScheduleOptions(id), Bound);
        Assert.True(scheduled.Created);
        await RoundAsync();
        var waiting = await StateAsync(id);
        Assert.Contains(waiting.Status, new[] { OrchestrationStatus.Blocked, OrchestrationStatus.Pending });
        await GiveAsync(id, "close", "closed");

        await Home.RestartAsync(Code().AddOrchestration<DeployedLater>());
        await Client.ResumeAsync(id, "deployed", Bound);
        Assert.Equal("hello closed", await ResultAsync<string>(id));
    }

    /// <summary>Whatever the home keeps in memory, a restart in the middle changes no result.</summary>
    [Fact]
    public virtual async Task A_restart_between_any_two_steps_changes_no_result()
    {
        var runs = new ConcurrentQueue<int>();
        var step = Step((_, call) =>
        {
            runs.Enqueue(call.Read<int>());
            return Task.FromResult<object?>(call.Read<int>() * 10);
        });
        var id = await StartAsync(async (context, _) =>
        {
            var sum = 0;
            for (var i = 1; i <= 4; i++)
            {
                var pair = await Task.WhenAll(context.DoAsync<int>(step.With(i)), context.DoAsync<int>(step.With(-i)));
                sum += pair[0] - pair[1] + await context.WaitForEventAsync<int>("add");
            }

            return sum;
        });

        for (var i = 1; i <= 4; i++)
        {
            await Eventually.TrueAsync(() => runs.Distinct().Count() == 2 * i, $"pair {i}");
            await Home.RestartAsync();
            await GiveAsync(id, "add", i);
        }

        Assert.Equal(210, await ResultAsync<int>(id));
        Assert.Equal([-4, -3, -2, -1, 1, 2, 3, 4], runs.Distinct().Order());
    }

    /// <summary>Not in the code that facts start with.</summary>
    private sealed class DeployedLater : Orchestration<DeployedLater, string, string>
    {
        public override async Task<string> RunAsync(OrchestrationContext context, string input) =>
            $"{input} {await context.WaitForEventAsync<string>("close")}";
    }
}
