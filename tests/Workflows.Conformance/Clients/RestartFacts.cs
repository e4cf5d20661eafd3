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

    /// <summary>Row 74: a termination is undone, down through sub-orchestrations.</summary>
    [Fact]
    public virtual async Task C74_rewind_lets_a_terminated_instance_go_on_where_it_stood()
    {
        var before = new Mark();
        var beforeStep = Step(before.Hit);
        var child = Story(async (context, _) => await context.WaitForEventAsync<string>("go"));
        var done = Story((_, _) => Task.FromResult<object?>("done"));
        var id = await StartAsync(async (context, _) =>
        {
            await context.DoAsync(beforeStep);
            var told = context.RunSubAsync<string>(child, new SubOrchestrationCallOptions("waiting-child"));
            var timer = context.CreateTimerAsync(TimeSpan.FromHours(1));
            var late = await context.RunSubAsync<string>(done, new SubOrchestrationCallOptions("done-child"));
            await timer;
            return $"{late}, {await told}, {await context.WaitForEventAsync<string>("go")}";
        });
        await Eventually.SeenAsync(() => Client.GetAsync("waiting-child", Bound), "the child");
        await GiveAsync(id, "go", "kept");
        await RoundAsync();
        await Client.TerminateAsync(id, "by mistake", recursive: true, Bound);
        await StatusAsync("waiting-child", OrchestrationStatus.Terminated);

        Assert.Equal(OperationOutcome.Done, await Client.RewindAsync(id, "undo", Bound));
        await StatusAsync("waiting-child", OrchestrationStatus.Running);
        await GiveAsync("waiting-child", "go", "told");
        await Home.AdvanceAsync(TimeSpan.FromHours(1));

        Assert.Equal("done, told, kept", await ResultAsync<string>(id));
        Assert.Equal(1, before.Count);
    }

    /// <summary>Row 74: what ended while its parent was terminated is reported when the parent goes on.</summary>
    [Fact]
    public virtual async Task C74_a_parent_that_goes_on_gets_the_result_of_a_child_that_ended_meanwhile()
    {
        var child = Story(async (context, _) => await context.WaitForEventAsync<string>("go"));
        var id = await StartAsync(async (context, _) =>
            await context.RunSubAsync<string>(child, new SubOrchestrationCallOptions("lone-child")));
        await Eventually.SeenAsync(() => Client.GetAsync("lone-child", Bound), "the child");
        await Client.TerminateAsync(id, "by mistake", recursive: false, Bound);
        await GiveAsync("lone-child", "go", "told");
        await ResultAsync<string>("lone-child");

        Assert.Equal(OperationOutcome.Done, await Client.RewindAsync(id, "undo", Bound));

        Assert.Equal("told", (await StatusAsync(id, OrchestrationStatus.Completed)).ReadOutput<string>());
    }
}
