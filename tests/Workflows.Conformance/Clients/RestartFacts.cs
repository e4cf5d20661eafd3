using Workflows.Platform;

namespace Workflows.Conformance;

/// <summary>Another run of what has ended, and another chance for what has failed.</summary>
public abstract class RestartFacts(HomeFactory factory) : HomeFacts(factory)
{
    /// <summary>Row 74: restart under the same id.</summary>
    [Fact]
    public virtual async Task C74_restart_runs_an_ended_instance_again_with_its_input()
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
            return call.Input;
        });
        var id = await StartAsync(story.With("the input"));
        var first = await EndAsync(id);

        Assert.Equal(OperationOutcome.Done, await Client.RestartAsync(id, null, Bound));
        var second = await Eventually.ValueAsync(
            () => StateAsync(id), state => state.IsEnded && state.ExecutionId != first.ExecutionId,
            "the second run to end");
        Assert.Equal("the input", second.ReadOutput<string>());
        Assert.Equal(2, keys.Count);
        Assert.Equal(2, keys.Distinct().Count());
    }

    /// <summary>Row 74: restart under another id.</summary>
    [Fact]
    public virtual async Task C74_restart_under_a_new_id_leaves_the_old_one_as_it_was()
    {
        var id = await StartAsync(Story((_, call) => Task.FromResult<object?>(call.Input)).With("the input"));
        var first = await EndAsync(id);

        Assert.Equal(OperationOutcome.Done, await Client.RestartAsync(id, "the-second", Bound));
        Assert.Equal("the input", await ResultAsync<string>("the-second"));
        await UnchangedAsync(first);
        Assert.Equal(OperationOutcome.NoChange, await Client.RestartAsync(id, "the-second", Bound));
    }

    /// <summary>Row 74: not while it lives.</summary>
    [Fact]
    public virtual async Task C74_a_living_instance_is_not_restarted()
    {
        var id = await StartAsync(async (context, _) => await context.WaitForEventAsync<string>("close"));
        var before = await StatusAsync(id, OrchestrationStatus.Running);
        Assert.Equal(OperationOutcome.NoChange, await Client.RestartAsync(id, null, Bound));
        Assert.Equal(OperationOutcome.NoChange, await Client.RewindAsync(id, "x", Bound));
        Assert.Equal(OperationOutcome.NotFound, await Client.RestartAsync("nobody", null, Bound));
        Assert.Equal(OperationOutcome.NotFound, await Client.RewindAsync("nobody", "x", Bound));
        await UnchangedAsync(before);
    }

    /// <summary>Row 74: rewind.</summary>
    [Fact]
    public virtual async Task C74_rewind_runs_only_the_failed_step_again()
    {
        var good = new Mark();
        var bad = new Mark();
        var goodStep = Step(good.Hit);
        var badStep = Step((_, _) =>
        {
            bad.Hit();
            return bad.Count == 1 ? throw new InvalidOperationException("bank down") : Task.FromResult<object?>("paid");
        });
        var id = await StartAsync(async (context, _) =>
        {
            await context.DoAsync(goodStep);
            return await context.DoAsync<string>(badStep);
        });
        await FailureAsync(id);

        Assert.Equal(OperationOutcome.Done, await Client.RewindAsync(id, "the bank is back", Bound));
        var state = await StatusAsync(id, OrchestrationStatus.Completed);
        Assert.Equal("paid", state.ReadOutput<string>());
        Assert.Null(state.Failure);
        Assert.Equal((1, 2), (good.Count, bad.Count));
        Assert.Equal(OperationOutcome.NoChange, await Client.RewindAsync(id, "x", Bound));
    }

    /// <summary>Row 74: rewind, down through sub-orchestrations.</summary>
    [Fact]
    public virtual async Task C74_rewind_reaches_down_to_the_failed_step_of_a_child_and_leaves_its_sisters_alone()
    {
        var good = new Mark();
        var bad = new Mark();
        var goodStep = Step(good.Hit);
        var badStep = Step((_, _) =>
        {
            bad.Hit();
            return bad.Count == 1 ? throw new InvalidOperationException("bank down") : Task.FromResult<object?>("paid");
        });
        var goodChild = Story(async (context, _) =>
        {
            await context.DoAsync(goodStep);
            return "fine";
        });
        var grandchild = Story(async (context, _) => await context.DoAsync<string>(badStep));
        var badChild = Story(async (context, _) =>
            await context.RunSubAsync<string>(grandchild, new SubOrchestrationCallOptions("grandchild")));
        var id = await StartAsync(async (context, _) =>
        {
            var fine = await context.RunSubAsync<string>(goodChild, new SubOrchestrationCallOptions("good"));
            return $"{fine}, {await context.RunSubAsync<string>(badChild, new SubOrchestrationCallOptions("bad"))}";
        });
        await FailureAsync(id);

        Assert.Equal(OperationOutcome.Done, await Client.RewindAsync(id, "the bank is back", Bound));
        var state = await StatusAsync(id, OrchestrationStatus.Completed);
        Assert.Equal("fine, paid", state.ReadOutput<string>());
        Assert.Equal(OrchestrationStatus.Completed, (await StateAsync("bad")).Status);
        Assert.Equal(OrchestrationStatus.Completed, (await StateAsync("grandchild")).Status);
        Assert.Equal((1, 2), (good.Count, bad.Count));
    }
}
