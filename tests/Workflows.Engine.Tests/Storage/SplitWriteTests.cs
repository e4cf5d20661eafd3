using Workflows.Engine.Storage;
using Workflows.Platform;

namespace Workflows.Engine.Tests.Storage;

public sealed class SplitWriteTests : EngineFixture
{
    protected override DurableCatalog Catalog => new DurableCatalog()
        .AddOrchestration<LifecycleTests.SmallLifecycle>().AddActivity<LifecycleTests.AddOne>();

    [Fact]
    public async Task C94_a_crash_between_any_two_rows_of_a_commit_leaves_none_of_it()
    {
        using var snapshots = new Snapshots(FilePath);
        Engine.Writer.Transactions.BeforeTransaction = snapshots.TakeAtEachChange;
        await RunAsync(Engine, "one");
        await Engine.StopAsync();

        Assert.InRange(snapshots.Files.Count, 20, 1000);
        var begun = 0;
        await Parallel.ForEachAsync(
            snapshots.Files, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (file, cancellation) =>
            {
                AssertRowsAgree(file);
                var options = Options;
                options.DatabasePath = file;
                await using var engine = NewEngine(options);
                await engine.StartAsync(cancellation);
                if (await engine.Client.GetAsync("one", cancellation) is not null)
                {
                    Interlocked.Increment(ref begun);
                }

                await RunAsync(engine, "one");
                var steps = await engine.Tables.QueryAsync("Steps", TableQuery.Of("one"), cancellation);
                Assert.Equal(11, steps.Items.Count);
            });
        Assert.InRange(begun, 10, snapshots.Files.Count - 1);
    }

    /// <summary>
    /// Checks that every history replays on the present code, and that no instance is without a turn.
    /// </summary>
    private void AssertRowsAgree(string file)
    {
        var report = new HistoryVerifier(Catalog).VerifyFile(file);
        Assert.Empty(report.Findings);
        using var connection = Connection.Open(file, readOnly: false);
        using var ended = connection.Prepare(
            "SELECT status FROM instances WHERE (SELECT count(*) FROM history WHERE history.key = instances.key) = 0");
        Assert.Null(ended.ReadLong());
    }

    private static async Task RunAsync(DurableEngine engine, string id)
    {
        await LifecycleTests.SmallLifecycle.ScheduleAsync(
            engine.Client, 1, new ScheduleOptions(id), CancellationToken.None);
        await engine.Client.RaiseEventAsync(id, "approved", true, "e1", CancellationToken.None);
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var state = await engine.Client.WaitForCompletionAsync(id, timeout.Token);
        Assert.Equal(12, state!.ReadOutput<int>());
    }
}
