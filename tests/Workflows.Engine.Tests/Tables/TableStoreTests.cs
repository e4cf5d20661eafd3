using Workflows.Platform;

namespace Workflows.Engine.Tests.Tables;

public sealed class TableStoreTests : EngineFixture
{
    [Fact]
    public async Task Every_type_of_value_comes_back_as_it_was()
    {
        var row = new TableRow("p", "r")
        {
            ["Text"] = "emoji 🚢, RTL \u202eabc, NUL \0 end",
            ["Int"] = int.MinValue,
            ["Long"] = long.MaxValue,
            ["Double"] = double.Epsilon,
            ["Flag"] = true,
            ["NotFlag"] = false,
            ["Time"] = new DateTimeOffset(9999, 12, 31, 23, 59, 59, TimeSpan.Zero).AddTicks(9_999_999),
            ["Guid"] = Guid.Parse("f81d4fae-7dec-11d0-a765-00a0c91e6bf6"),
            ["Bytes"] = new byte[] { 0, 1, 255 },
        };
        await Engine.Tables.InsertAsync("Things", row);

        var read = await Engine.Tables.GetAsync("things", "p", "r");

        Assert.Equal(row.Properties, read!.Properties);
        Assert.Equal(row.Properties.Select(p => p.Value.GetType()), read.Properties.Select(p => p.Value.GetType()));
    }

    [Fact]
    public async Task Merges_of_different_properties_at_the_same_time_keep_all_of_them()
    {
        await Engine.Tables.InsertAsync("Things", new TableRow("p", "r"));

        await Task.WhenAll(Enumerable.Range(0, 50).Select(n => Task.Run(() => Engine.Tables.ExecuteAsync(
            "Things", [TableOperation.Merge(new TableRow("p", "r") { [$"P{n}"] = n }, TableOperation.AnyETag)]))));

        Assert.Equal(50, (await Engine.Tables.GetAsync("Things", "p", "r"))!.Properties.Count);
    }

    [Fact]
    public async Task Of_inserts_at_the_same_time_one_wins()
    {
        var wins = await Task.WhenAll(Enumerable.Range(0, 20).Select(n => Task.Run(() =>
            Engine.Tables.TryInsertAsync("Things", new TableRow("p", "r") { ["By"] = n }))));

        Assert.Single(wins, won => won);
    }

    [Fact]
    public async Task Pages_across_partitions_follow_on_without_gap_or_double()
    {
        for (var partition = 0; partition < 5; partition++)
        {
            await Engine.Tables.ExecuteAsync("Things", [.. Enumerable.Range(0, 30).Select(n =>
                TableOperation.Insert(new TableRow($"p{partition}", $"r{n:d2}")))]);
        }

        var rows = new List<string>();
        var query = new TableQuery { PartitionFrom = "p1", PartitionBefore = "p4", PageSize = 7 };
        await foreach (var row in Engine.Tables.ReadAllAsync("Things", query))
        {
            rows.Add(row.PartitionKey + row.RowKey);
        }

        Assert.Equal(90, rows.Count);
        Assert.Equal(rows.Order(StringComparer.Ordinal).Distinct(), rows);
    }
}
