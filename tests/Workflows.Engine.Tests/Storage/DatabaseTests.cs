using System.Runtime.Versioning;
using Workflows.Engine.Storage;
using Workflows.Platform;

namespace Workflows.Engine.Tests.Storage;

public sealed class DatabaseTests : EngineFixture
{
    private const UnixFileMode OwnersOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    [Fact]
    public async Task A_second_engine_on_the_file_refuses_to_start_and_says_why()
    {
        await using var second = NewEngine();

        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => second.StartAsync());

        Assert.Contains("Another engine is running", refusal.Message, StringComparison.Ordinal);
        await Engine.Tables.InsertAsync("Things", new TableRow("p", "r"));
    }

    [Fact]
    public async Task Nobody_but_the_owner_may_read_the_file_and_what_lies_beside_it()
    {
        if (OperatingSystem.IsWindows())
        {
            // It has no file modes.
            return;
        }

        await Engine.Tables.InsertAsync("Things", new TableRow("p", "r"));
        var whileItRuns = Modes();
        await Engine.StopAsync();
        foreach (var file in Files())
        {
            File.SetUnixFileMode(file, (UnixFileMode)0b110_100_100);
        }

        await using var next = NewEngine();
        await next.StartAsync();

        var suffixes = new[] { "", "-shm", "-wal", ".lock", ".mark" };
        Assert.Equal(suffixes.Select(suffix => (FilePath + suffix, OwnersOnly)), whileItRuns);
        Assert.Equal(suffixes.Select(suffix => (FilePath + suffix, OwnersOnly)), Modes());
    }

    [Fact]
    public async Task A_file_of_a_newer_build_is_refused_with_both_versions()
    {
        await Engine.StopAsync();
        using (var connection = Connection.Open(FilePath, readOnly: false))
        {
            connection.Execute("PRAGMA user_version = 999");
        }

        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => NewEngine().StartAsync());

        Assert.Contains("999", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("newer build", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_engine_whose_file_was_opened_again_changes_nothing_any_more()
    {
        await Engine.Tables.UpsertAsync("Things", new TableRow("p", "r") { ["Owner"] = "first" });
        File.Delete(FilePath + ".lock");
        await using var second = NewEngine();
        await second.StartAsync();
        await second.Tables.UpsertAsync("Things", new TableRow("p", "r") { ["Owner"] = "second" });

        await Assert.ThrowsAsync<HomeUnavailableException>(() =>
            Engine.Tables.UpsertAsync("Things", new TableRow("p", "r") { ["Owner"] = "stale" }));

        Assert.Equal("second", (await second.Tables.GetAsync("Things", "p", "r"))!.Text("Owner"));
    }

    [Fact]
    public async Task Writes_that_gather_share_a_commit()
    {
        var before = Engine.Writer.Transactions.Commits;

        await Task.WhenAll(Enumerable.Range(0, 500).Select(n => Task.Run(() =>
            Engine.Tables.InsertAsync("Things", new TableRow("p", $"r{n:d3}")))));

        Assert.InRange(Engine.Writer.Transactions.Commits - before, 1, 400);
        Assert.Equal(500, (await Engine.Tables.QueryAsync("Things", TableQuery.Of("p"))).Items.Count);
    }

    [Fact]
    public void Queries_by_range_use_the_primary_key()
    {
        using var connection = Connection.Open(FilePath, readOnly: true);
        using var plan = connection.Prepare(
            "EXPLAIN QUERY PLAN SELECT pk, rk, version, at, properties, seal FROM rows "
            + "WHERE tbl = ? AND (pk, rk) >= (?, ?) AND (pk, rk) < (?, ?) ORDER BY pk, rk LIMIT ?");
        Assert.True(plan.Read());
        var line = plan.Text(3);
        Assert.Contains("SEARCH rows USING PRIMARY KEY (tbl=? AND (pk,rk)>(?,?)", line, StringComparison.Ordinal);
        Assert.False(plan.Read());
    }

    private IEnumerable<string> Files() =>
        Directory.GetFiles(Path.GetDirectoryName(FilePath)!).Order(StringComparer.Ordinal);

    [UnsupportedOSPlatform("windows")]
    private List<(string File, UnixFileMode Mode)> Modes() =>
        [.. Files().Select(file => (file, File.GetUnixFileMode(file)))];
}
