using Workflows.Conformance;
using Workflows.Platform;

namespace Workflows.Azure.Tests.Conformance;

// Facts that hold otherwise on Durable Functions. Each is a row of the table in docs/azure.md.

public sealed class DurableRestartTests() : RestartFacts(new DurableHomeFactory())
{
    /// <summary>A failed instance is restarted as a whole; Durable has no rewind that would stand retries.</summary>
    public override Task C74_rewind_runs_only_the_failed_step_again() => RewindIsRefusedAsync();

    public override Task C74_rewind_reaches_down_to_the_failed_step_of_a_child_and_leaves_its_sisters_alone() => RewindIsRefusedAsync();

    private async Task RewindIsRefusedAsync()
    {
        var id = await StartAsync((_, _) => throw new InvalidOperationException("bank down"));
        await FailureAsync(id);
        var before = await StateAsync(id);
        Assert.Equal(OperationOutcome.NoChange, await Client.RewindAsync(id, "the bank is back", Bound));
        await UnchangedAsync(before);
    }
}

public sealed class DurableReplayTests() : ReplayFacts(new DurableHomeFactory())
{
    /// <summary>Durable fails what it has no code for. Deploy first, then start.</summary>
    public override async Task C87_an_instance_of_an_orchestration_that_is_not_deployed_yet_waits_for_it()
    {
        await Client.ScheduleAsync("NotDeployed", "hello", new ScheduleOptions("deal-1"), Bound);
        await StatusAsync("deal-1", OrchestrationStatus.Failed);
    }
}

public sealed class DurableContinueAsNewTests() : ContinueAsNewFacts(new DurableHomeFactory())
{
    /// <summary>The next generation starts when the last activity of the old one has ended; its timers do not hold it.</summary>
    public override async Task C60_what_an_old_generation_left_open_does_not_touch_the_new_one()
    {
        var gate = NewGate();
        var step = StepThrough(gate);
        var next = new Mark();
        var story = Story(async (context, call) =>
        {
            if (call.Read<int?>() == 1)
            {
                next.Hit();
                return "new";
            }

            _ = context.CreateTimerAsync(TimeSpan.FromDays(1));
            _ = context.DoAsync<string>(step.With("old"));
            await context.WaitForEventAsync<string>("turn over");
            context.ContinueAsNew(call.With(1));
            return null;
        });
        var id = await StartAsync(story);
        await gate.ArrivedAsync();
        await GiveAsync(id, "turn over");
        await RoundAsync();
        Assert.Equal(0, next.Count);
        gate.Open();
        Assert.Equal("new", await ResultAsync<string>(id));
    }
}
