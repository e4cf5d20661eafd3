using Workflows.Platform;

namespace Workflows.Engine.Tests;

public sealed class LifecycleTests : EngineFixture
{
    protected override DurableCatalog Catalog => new DurableCatalog()
        .AddOrchestration<SmallLifecycle>().AddActivity<AddOne>();

    [Fact]
    public async Task A_lifecycle_runs_from_start_to_end()
    {
        var client = Engine.Client;
        var started = await SmallLifecycle.ScheduleAsync(client, 1, new ScheduleOptions("one"), CancellationToken.None);
        Assert.True(started.Created);

        var raised = await client.RaiseEventAsync("one", "approved", true, "e1", CancellationToken.None);
        Assert.Equal(RaiseOutcome.Accepted, raised);

        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        var state = await client.WaitForCompletionAsync("one", limit.Token);
        Assert.Equal(OrchestrationStatus.Completed, state!.Status);
        Assert.Equal(12, state.ReadOutput<int>());
        Assert.Equal(11, (await Engine.Tables.QueryAsync("Steps", TableQuery.Of("one"))).Items.Count);
    }

    [Fact]
    public async Task A_lifecycle_goes_on_after_a_restart_of_the_engine()
    {
        await SmallLifecycle.ScheduleAsync(Engine.Client, 1, new ScheduleOptions("one"), CancellationToken.None);
        await RestartAsync();
        await Engine.Client.RaiseEventAsync("one", "approved", true, "e1", CancellationToken.None);
        await RestartAsync();

        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        var state = await Engine.Client.WaitForCompletionAsync("one", limit.Token);
        Assert.Equal(OrchestrationStatus.Completed, state!.Status);
        Assert.Equal(12, state.ReadOutput<int>());
        Assert.Equal(11, (await Engine.Tables.QueryAsync("Steps", TableQuery.Of("one"))).Items.Count);
    }

    internal sealed class SmallLifecycle : Orchestration<SmallLifecycle, int, int>
    {
        public override async Task<int> RunAsync(OrchestrationContext context, int input)
        {
            for (var i = 0; i < 6; i++)
            {
                input = await AddOne.CallAsync(context, input);
            }

            await context.WaitForEventAsync<bool>("approved");
            for (var i = 0; i < 3; i++)
            {
                input = await AddOne.CallAsync(context, input);
            }

            await context.CreateTimerAsync(TimeSpan.FromSeconds(0.2));
            for (var i = 0; i < 2; i++)
            {
                input = await AddOne.CallAsync(context, input);
            }

            return input;
        }
    }

    internal sealed class AddOne : Activity<AddOne, int, int>
    {
        public override async Task<int> RunAsync(ActivityContext context, int input)
        {
            await context.Tables.InsertAsync("Steps", new TableRow(context.InstanceId, $"{input:d4}"));
            return input + 1;
        }
    }
}
