using Workflows.Engine.Storage;
using Workflows.Platform;

namespace Workflows.Engine.Tests;

public sealed class PurgeTests : EngineFixture
{
    protected override DurableCatalog Catalog => new DurableCatalog()
        .AddOrchestration<LifecycleTests.SmallLifecycle>().AddActivity<LifecycleTests.AddOne>();

    [Fact]
    public async Task A_purge_of_many_goes_in_small_commits_and_leaves_only_the_business_rows()
    {
        var ids = Enumerable.Range(0, 60).Select(n => $"deal-{n:d2}").ToList();
        await Task.WhenAll(ids.Select(EndAsync));
        var seen = new List<long>();
        Engine.Writer.Transactions.BeforeTransaction = connection =>
            seen.Add(connection.Use("SELECT count(*) FROM instances").ReadLong() ?? 0);

        var purged = await Engine.Client.PurgeAsync(new InstanceQuery { PageSize = 1000 }, CancellationToken.None);

        Assert.Equal(60, purged);
        Engine.Writer.Transactions.BeforeTransaction = null;
        seen.Add(0);
        Assert.All(seen.Zip(seen.Skip(1)), pair => Assert.InRange(pair.First - pair.Second, 0, 16));
        Assert.Equal(0, await Engine.Client.PurgeAsync(new InstanceQuery(), CancellationToken.None));
        using var connection = Connection.Open(FilePath, readOnly: true);
        foreach (var table in (string[])["instances", "history", "inbox", "event_ids", "timers", "working", "restarts"])
        {
            using var count = connection.Prepare($"SELECT count(*) FROM {table}");
            Assert.Equal(0, count.ReadLong());
        }

        foreach (var id in ids)
        {
            Assert.Equal(11, (await Engine.Tables.QueryAsync("Steps", TableQuery.Of(id))).Items.Count);
        }
    }

    [Fact]
    public async Task What_ended_first_is_found_without_a_look_at_what_has_not_ended()
    {
        await EndAsync("ended");
        using var connection = Connection.Open(FilePath, readOnly: true);
        using var plan = connection.Prepare(
            "EXPLAIN QUERY PLAN SELECT id FROM instances WHERE ended > ? AND ended < ? ORDER BY ended, key LIMIT ?");
        Assert.True(plan.Read());
        Assert.Contains("instances_by_end", plan.Text(3), StringComparison.Ordinal);
        Assert.False(plan.Read());
    }

    [Fact]
    public void Instances_of_one_status_are_found_without_a_look_at_the_others()
    {
        using var connection = Connection.Open(FilePath, readOnly: true);
        using var plan = connection.Prepare(
            "EXPLAIN QUERY PLAN SELECT id FROM instances WHERE key > ? AND status IN (5) ORDER BY key LIMIT ?");
        Assert.True(plan.Read());
        Assert.Contains("instances_by_status (status=? AND rowid>?)", plan.Text(3), StringComparison.Ordinal);
        Assert.False(plan.Read());
    }

    private async Task EndAsync(string id)
    {
        await LifecycleTests.SmallLifecycle.ScheduleAsync(
            Engine.Client, 1, new ScheduleOptions(id), CancellationToken.None);
        await Engine.Client.RaiseEventAsync(id, "approved", true, "e1", CancellationToken.None);
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await Engine.Client.WaitForCompletionAsync(id, timeout.Token);
    }
}
