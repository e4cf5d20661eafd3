using System.Collections.Concurrent;
using Workflows.Platform;

namespace Workflows.Conformance;

/// <summary>Terminate, suspend, resume.</summary>
public abstract class ControlFacts(HomeFactory factory) : HomeFacts(factory)
{
    private static readonly ScriptCall Waiting = Story(
        async (context, _) => await context.WaitForEventAsync<string>("close"));

    /// <summary>Row 68: running, then again, then nobody.</summary>
    [Fact]
    public virtual async Task C68_terminate_ends_a_running_instance_and_the_first_reason_stays()
    {
        var id = await StartAsync(Waiting);
        await StatusAsync(id, OrchestrationStatus.Running);
        Assert.Equal(OperationOutcome.Done, await Client.TerminateAsync(id, "duplicate deal", false, Bound));
        var ended = await EndAsync(id);
        Assert.Equal(OrchestrationStatus.Terminated, ended.Status);
        Assert.Equal("duplicate deal", ended.ReadOutput<string>());
        Assert.Equal("duplicate deal", ended.Reason);

        Assert.Equal(OperationOutcome.NoChange, await Client.TerminateAsync(id, "second thoughts", false, Bound));
        await RoundAsync();
        await UnchangedAsync(ended);
        Assert.Equal(OperationOutcome.NotFound, await Client.TerminateAsync("nobody", "x", false, Bound));
    }

    /// <summary>Row 68: suspended.</summary>
    [Fact]
    public virtual async Task C68_terminate_ends_a_suspended_instance()
    {
        var id = await StartAsync(Waiting);
        await Client.SuspendAsync(id, "hold", Bound);
        await StatusAsync(id, OrchestrationStatus.Suspended);
        Assert.Equal(OperationOutcome.Done, await Client.TerminateAsync(id, "over", false, Bound));
        Assert.Equal("over", (await EndAsync(id)).ReadOutput<string>());
        Assert.Equal(OperationOutcome.NoChange, await Client.ResumeAsync(id, "x", Bound));
    }

    /// <summary>Row 68: a running activity finishes unheard, and nothing follows it.</summary>
    [Fact]
    public virtual async Task C68_after_terminate_a_running_activity_is_not_heard_and_no_other_follows()
    {
        var gate = NewGate();
        var first = StepThrough(gate);
        var effects = new Mark();
        var second = Step(effects.Hit);
        var id = await StartAsync(async (context, _) =>
        {
            await context.DoAsync(first);
            await context.DoAsync(second);
            return "unheard";
        });

        await gate.ArrivedAsync();
        await Client.TerminateAsync(id, "over", false, Bound);
        var ended = await EndAsync(id);
        gate.Open();
        await RoundAsync();
        await UnchangedAsync(ended);
        Assert.Equal(0, effects.Count);
    }

    /// <summary>Row 69.</summary>
    [Fact]
    public virtual async Task C69_a_suspended_instance_keeps_events_and_timers_and_gets_them_in_order_when_resumed()
    {
        var waiting = new Mark();
        var seen = new ConcurrentQueue<string>();
        var id = await StartAsync(async (context, _) =>
        {
            var timer = NoteAsync(context.CreateTimerAsync(TimeSpan.FromHours(1)), "timer");
            waiting.Hit();
            for (var i = 0; i < 3; i++)
            {
                seen.Enqueue(await context.WaitForEventAsync<string>("note"));
            }

            await timer;
            return seen.ToArray();
        });

        await waiting.ReachedAsync();
        Assert.Equal(OperationOutcome.Done, await Client.SuspendAsync(id, "waiting for the auditor", Bound));
        var held = await StatusAsync(id, OrchestrationStatus.Suspended);
        Assert.Equal("waiting for the auditor", held.Reason);
        foreach (var note in new[] { "one", "two", "three" })
        {
            await GiveAsync(id, "note", note);
        }

        await Home.AdvanceAsync(TimeSpan.FromHours(2));
        await RoundAsync();
        Assert.Empty(seen);
        Assert.Equal(OrchestrationStatus.Suspended, (await StateAsync(id)).Status);

        Assert.Equal(OperationOutcome.Done, await Client.ResumeAsync(id, "audited", Bound));
        Assert.Equal(["one", "two", "three"], (await ResultAsync<string[]>(id)).Where(line => line != "timer"));
        Assert.Contains("timer", seen);

        async Task NoteAsync(Task timer, string what)
        {
            await timer;
            seen.Enqueue(what);
        }
    }

    /// <summary>Row 69: the hold outlives the process.</summary>
    [Fact]
    public virtual async Task C69_a_suspended_instance_is_still_suspended_after_a_restart()
    {
        var id = await StartAsync(Waiting);
        await Client.SuspendAsync(id, "hold", Bound);
        await GiveAsync(id, "close", "closed");
        await Home.RestartAsync();
        await RoundAsync();
        Assert.Equal(OrchestrationStatus.Suspended, (await StateAsync(id)).Status);
        await Client.ResumeAsync(id, "go", Bound);
        Assert.Equal("closed", await ResultAsync<string>(id));
    }

    /// <summary>Row 70.</summary>
    [Fact]
    public virtual async Task C70_a_result_that_comes_in_a_hold_leads_to_nothing_until_resumed_and_then_once()
    {
        var gate = NewGate();
        var ended = new Mark();
        var effects = new Mark();
        var first = Step(async (context, _) =>
        {
            await gate.PassAsync(context.Stopping);
            ended.Hit();
            return null;
        });
        var second = Step(effects.Hit);
        var id = await StartAsync(async (context, _) =>
        {
            await context.DoAsync(first);
            await context.DoAsync(second);
            return "done";
        });

        await gate.ArrivedAsync();
        await Client.SuspendAsync(id, "hold", Bound);
        gate.Open();
        await ended.ReachedAsync();
        await RoundAsync();
        Assert.Equal(0, effects.Count);
        await Client.ResumeAsync(id, "go", Bound);
        Assert.Equal("done", await ResultAsync<string>(id));
        Assert.Equal(1, effects.Count);
    }

    /// <summary>Row 71.</summary>
    [Fact]
    public virtual async Task C71_suspend_and_resume_in_the_wrong_state_change_nothing_and_are_no_error()
    {
        var id = await StartAsync(Waiting);
        await StatusAsync(id, OrchestrationStatus.Running);
        Assert.Equal(OperationOutcome.NoChange, await Client.ResumeAsync(id, "x", Bound));
        Assert.Equal(OperationOutcome.Done, await Client.SuspendAsync(id, "first", Bound));
        Assert.Equal(OperationOutcome.NoChange, await Client.SuspendAsync(id, "second", Bound));
        Assert.Equal("first", (await StateAsync(id)).Reason);
        Assert.Equal(OperationOutcome.Done, await Client.ResumeAsync(id, "go", Bound));
        await GiveAsync(id, "close", "closed");
        Assert.Equal("closed", await ResultAsync<string>(id));

        Assert.Equal(OperationOutcome.NoChange, await Client.SuspendAsync(id, "x", Bound));
        Assert.Equal(OperationOutcome.NoChange, await Client.ResumeAsync(id, "x", Bound));
        Assert.Equal(OperationOutcome.NotFound, await Client.SuspendAsync("nobody", "x", Bound));
        Assert.Equal(OperationOutcome.NotFound, await Client.ResumeAsync("nobody", "x", Bound));
    }

    /// <summary>Suspended before it began.</summary>
    [Fact]
    public virtual async Task A_pending_instance_can_be_suspended_and_starts_only_after_the_resume()
    {
        var starts = new Mark();
        var story = Story((_, _) =>
        {
            starts.Hit();
            return Task.FromResult<object?>("ran");
        });
        await ScheduleAsync(story, new ScheduleOptions("deal-1", Home.Now.AddHours(1)));
        Assert.Equal(OperationOutcome.Done, await Client.SuspendAsync("deal-1", "hold", Bound));
        await Home.AdvanceAsync(TimeSpan.FromHours(2));
        await RoundAsync();
        Assert.Equal(0, starts.Count);
        Assert.Equal(OperationOutcome.Done, await Client.ResumeAsync("deal-1", "go", Bound));
        Assert.Equal("ran", await ResultAsync<string>("deal-1"));
    }
}
