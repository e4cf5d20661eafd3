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
        var blocking = ScriptRegistry.Add((OrchestrationScript)((_, _) =>
        {
            blocked.Wait();
            return Task.FromResult<object?>("at last");
        }));
        var starts = Enumerable.Range(0, Environment.ProcessorCount * 2)
            .Select(n => ScheduleAsync(blocking, $"blocking-{n}")).ToList();
        var story = ScriptRegistry.Add(
            (OrchestrationScript)(async (context, _) => await Echo.CallAsync(context, "done")));

        await ScheduleAsync(story, "free");
        var state = await Engine.Client.WaitForCompletionAsync("free", CancellationToken.None)
            .WaitAsync(Eventually.Bound);

        Assert.Equal("done", state!.ReadOutput<string>());
        Assert.DoesNotContain(starts, start => start.IsCompleted);
        Assert.NotEqual(0, Engine.Registry.Scheduler.ThreadsAdded);
        blocked.Set();
        await Task.WhenAll(starts);
    }

    [Fact]
    public async Task Activities_that_block_their_threads_take_no_thread_from_turns()
    {
        // So that a turn never waits for the thread pool itself, which adds threads slowly.
        ThreadPool.GetMinThreads(out var workers, out var ports);
        ThreadPool.SetMinThreads(Math.Max(workers, 64), ports);
        var activities = Environment.ProcessorCount * 2;
        var running = 0;
        using var blocked = new ManualResetEventSlim();
        var activity = ScriptRegistry.Add((ActivityScript)((_, _) =>
        {
            Interlocked.Increment(ref running);
            blocked.Wait();
            return Task.FromResult<object?>(null);
        }));
        var blocking = ScriptRegistry.Add((OrchestrationScript)(async (context, _) =>
        {
            await context.DoAsync(activity);
            return null;
        }));
        try
        {
            for (var n = 0; n < activities; n++)
            {
                await ScheduleAsync(blocking, $"blocking-{n}");
            }

            await Eventually.TrueAsync(() => Volatile.Read(ref running) == activities, "all activities to block");
            var story = ScriptRegistry.Add((OrchestrationScript)((_, _) => Task.FromResult<object?>("done")));
            await ScheduleAsync(story, "free");

            var state = await Engine.Client.GetAsync("free", CancellationToken.None);
            Assert.Equal("done", state!.ReadOutput<string>());
            // A busy machine may stall all turns for once; activities on the threads of turns would need more threads.
            Assert.InRange(Engine.Registry.Scheduler.ThreadsAdded, 0, Environment.ProcessorCount - 1);
        }
        finally
        {
            blocked.Set();
        }
    }

    private Task<ScheduleOutcome> ScheduleAsync(ScriptCall script, string id) =>
        Scripted.ScheduleAsync(Engine.Client, script, new ScheduleOptions(id), CancellationToken.None)
            .WaitAsync(Eventually.Bound);
}
