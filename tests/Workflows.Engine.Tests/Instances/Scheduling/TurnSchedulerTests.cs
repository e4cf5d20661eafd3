using Workflows.Conformance;
using Workflows.Platform;

namespace Workflows.Engine.Tests.Instances.Scheduling;

public sealed class TurnSchedulerTests : EngineFixture
{
    protected override DurableCatalog Catalog => new DurableCatalog()
        .AddOrchestration<Scripted>().AddActivity<Work>().AddActivity<Echo>();

    [Fact]
    public async Task Orchestrators_that_block_their_threads_do_not_stop_the_others()
    {
        using var blocked = new ManualResetEventSlim();
        var blocking = ScriptBook.Add((OrchestrationScript)((_, _) =>
        {
            blocked.Wait();
            return Task.FromResult<object?>("at last");
        }));
        var starts = Enumerable.Range(0, Environment.ProcessorCount * 2).Select(n => Scripted.ScheduleAsync(
            Engine.Client, blocking, new ScheduleOptions($"blocking-{n}"), CancellationToken.None)).ToList();
        var story = ScriptBook.Add((OrchestrationScript)(async (context, _) => await Echo.CallAsync(context, "done")));

        var started = Scripted.ScheduleAsync(Engine.Client, story, new ScheduleOptions("free"), CancellationToken.None);
        await started.WaitAsync(Eventually.Bound);
        var state = await Engine.Client.WaitForCompletionAsync("free", CancellationToken.None).WaitAsync(Eventually.Bound);

        Assert.Equal("done", state!.ReadOutput<string>());
        Assert.DoesNotContain(starts, start => start.IsCompleted);
        blocked.Set();
        await Task.WhenAll(starts);
    }

    [Fact]
    public async Task Activities_that_block_their_threads_hold_up_no_turns()
    {
        using var blocked = new ManualResetEventSlim();
        var step = ScriptBook.Add((ActivityScript)((_, _) =>
        {
            blocked.Wait();
            return Task.FromResult<object?>(null);
        }));
        var blocking = ScriptBook.Add((OrchestrationScript)(async (context, _) =>
        {
            await context.DoAsync(step);
            return null;
        }));
        for (var n = 0; n < Environment.ProcessorCount * 2; n++)
        {
            await Scripted.ScheduleAsync(Engine.Client, blocking, new ScheduleOptions($"blocking-{n}"), CancellationToken.None);
        }

        var story = ScriptBook.Add((OrchestrationScript)((_, _) => Task.FromResult<object?>("done")));
        await Scripted.ScheduleAsync(Engine.Client, story, new ScheduleOptions("free"), CancellationToken.None).WaitAsync(Eventually.Bound);
        blocked.Set();
    }
}
