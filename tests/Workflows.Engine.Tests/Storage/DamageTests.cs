using Workflows.Engine.Storage;
using Workflows.Platform;

namespace Workflows.Engine.Tests.Storage;

public sealed class DamageTests : EngineFixture
{
    protected override EngineOptions Options
    {
        get
        {
            var options = base.Options;
            options.GuardedTables.Add("Ledger");
            return options;
        }
    }

    protected override DurableCatalog Catalog => new DurableCatalog()
        .AddOrchestration<LifecycleTests.SmallLifecycle>().AddActivity<LifecycleTests.AddOne>();

    [Fact]
    public async Task A_flipped_bit_in_a_history_blocks_that_instance_and_no_other()
    {
        await StartAsync("damaged");
        await StartAsync("sound");
        await Engine.StopAsync();
        Change("UPDATE history SET data = cast(substr(data, 1, length(data) - 1) || x'5a' AS BLOB) "
            + "WHERE key = (SELECT key FROM instances WHERE id = 'damaged') AND turn = 2");
        await RestartAsync();
        await RaiseAsync("damaged");
        await RaiseAsync("sound");

        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var sound = await Engine.Client.WaitForCompletionAsync("sound", timeout.Token);
        var damaged = await Engine.Client.GetAsync("damaged", CancellationToken.None);
        Assert.Equal(OrchestrationStatus.Completed, sound!.Status);
        Assert.Equal(OrchestrationStatus.Blocked, damaged!.Status);
        Assert.Contains("is damaged", damaged.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_flipped_bit_in_an_instance_is_found_when_it_is_read()
    {
        await StartAsync("one");
        await Engine.StopAsync();
        Change("UPDATE instances SET input = x'32'");
        await RestartAsync();

        var damage = await Assert.ThrowsAsync<DamagedDataException>(
            () => Engine.Client.GetAsync("one", CancellationToken.None));

        Assert.Contains("'one'", damage.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_flipped_bit_in_a_row_is_found_when_it_is_read()
    {
        await Engine.Tables.InsertAsync("Prices", new TableRow("p", "r") { ["Amount"] = "100.00" });
        await Engine.StopAsync();
        Change("UPDATE rows SET properties = cast(replace(properties, '1', '7') AS BLOB)");
        await RestartAsync();

        await Assert.ThrowsAsync<DamagedDataException>(() => Engine.Tables.GetAsync("Prices", "p", "r"));
        await Assert.ThrowsAsync<DamagedDataException>(() => Engine.Tables.QueryAsync("Prices", TableQuery.Of("p")));
    }

    [Fact]
    public async Task A_row_that_vanished_from_a_guarded_partition_is_missed()
    {
        await Engine.Tables.InsertAsync("Ledger", new TableRow("invoice-1", "1") { ["Amount"] = "100.00" });
        await Engine.Tables.InsertAsync("Ledger", new TableRow("invoice-1", "2") { ["Amount"] = "-100.00" });
        await Engine.Tables.UpsertAsync("Ledger", new TableRow("invoice-1", "2") { ["Amount"] = "-90.00" });
        await Engine.Tables.DeleteAsync("Ledger", "invoice-1", "1", TableOperation.AnyETag);
        Assert.Single((await Engine.Tables.QueryAsync("Ledger", TableQuery.Of("invoice-1"))).Items);
        await Engine.StopAsync();
        Change("DELETE FROM rows WHERE rk = '2'");
        await RestartAsync();

        await Assert.ThrowsAsync<DamagedDataException>(
            () => Engine.Tables.QueryAsync("Ledger", TableQuery.Of("invoice-1")));
        var report = new HistoryVerifier(Catalog).VerifyFile(FilePath);
        Assert.Equal("ledger/invoice-1", Assert.Single(report.Findings).Subject);
    }

    [Fact]
    public async Task A_table_that_is_guarded_from_now_on_is_taken_as_it_is_and_the_file_remembers_to_guard_it()
    {
        await Engine.Tables.InsertAsync("Trail", new TableRow("deal-1", "1") { ["What"] = "Received" });
        await Engine.Tables.InsertAsync("Trail", new TableRow("deal-1", "2") { ["What"] = "Quoted" });
        await Engine.StopAsync();
        var guarding = Options;
        guarding.GuardedTables.Add("Trail");
        await using (var engine = NewEngine(guarding))
        {
            await engine.StartAsync();
            Assert.Equal(2, (await engine.Tables.QueryAsync("Trail", TableQuery.Of("deal-1"))).Items.Count);
        }

        await RestartAsync();
        await Engine.Tables.InsertAsync("Trail", new TableRow("deal-1", "3") { ["What"] = "Ordered" });
        Assert.NotNull(await Engine.Tables.GetAsync("Trail", "deal-1", "3"));
        await Engine.StopAsync();
        Change("DELETE FROM rows WHERE tbl = 'trail' AND rk = '2'");
        await RestartAsync();

        await Assert.ThrowsAsync<DamagedDataException>(() => Engine.Tables.GetAsync("Trail", "deal-1", "2"));
        await Assert.ThrowsAsync<DamagedDataException>(() => Engine.Tables.GetAsync("Trail", "deal-1", "3"));
        await Assert.ThrowsAsync<DamagedDataException>(() => Engine.Tables.QueryAsync("Trail", new TableQuery()));
    }

    [Fact]
    public async Task An_older_copy_of_the_file_is_refused_until_an_admin_accepts_the_loss()
    {
        await Engine.Tables.InsertAsync("Things", new TableRow("p", "1"));
        await Engine.StopAsync();
        File.Copy(FilePath, FilePath + ".old");
        await RestartAsync();
        await Engine.Tables.InsertAsync("Things", new TableRow("p", "2"));
        await Engine.StopAsync();
        File.Move(FilePath + ".old", FilePath, overwrite: true);

        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => NewEngine().StartAsync());

        Assert.Contains("has lost its last", refusal.Message, StringComparison.Ordinal);
        File.Delete(HighWaterMark.PathOf(FilePath));
        await RestartAsync();
        Assert.Null(await Engine.Tables.GetAsync("Things", "p", "2"));
    }

    [Fact]
    public async Task A_WAL_that_lost_its_end_is_refused()
    {
        await Engine.Tables.InsertAsync("Things", new TableRow("p", "1"));
        var before = new FileInfo(FilePath + "-wal").Length;
        await Engine.Tables.InsertAsync("Things", new TableRow("p", "2"));
        var copy = FilePath + ".copy";
        foreach (var end in (string[])["", "-wal", ".mark"])
        {
            await CopySharedAsync(FilePath + end, copy + end);
        }

        using (var wal = new FileStream(copy + "-wal", FileMode.Open))
        {
            wal.SetLength(before);
        }

        var options = Options;
        options.DatabasePath = copy;
        await using var engine = NewEngine(options);
        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => engine.StartAsync());

        Assert.Contains("lost its last 1 commits", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_gone_or_another_one_in_its_place_is_refused()
    {
        await Engine.StopAsync();
        File.Delete(FilePath);
        var gone = await Assert.ThrowsAsync<InvalidOperationException>(() => NewEngine().StartAsync());
        Assert.Contains("is gone", gone.Message, StringComparison.Ordinal);

        var options = Options;
        options.DatabasePath = FilePath + ".other";
        await using (var other = NewEngine(options))
        {
            await other.StartAsync();
        }

        File.Move(FilePath + ".other", FilePath);
        var foreign = await Assert.ThrowsAsync<InvalidOperationException>(() => NewEngine().StartAsync());
        Assert.Contains("another one was put in its place", foreign.Message, StringComparison.Ordinal);
    }

    private static async Task CopySharedAsync(string from, string to)
    {
        await using var source = new FileStream(
            from, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        await using var target = File.Create(to);
        await source.CopyToAsync(target);
    }

    private async Task StartAsync(string id)
    {
        await LifecycleTests.SmallLifecycle.ScheduleAsync(
            Engine.Client, 1, new ScheduleOptions(id), CancellationToken.None);
        while ((await Engine.Tables.QueryAsync("Steps", TableQuery.Of(id))).Items.Count < 6)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System);
        }
    }

    private Task<RaiseOutcome> RaiseAsync(string id) =>
        Engine.Client.RaiseEventAsync(id, "approved", true, "e1", CancellationToken.None);

    private void Change(string sql)
    {
        using var connection = Connection.Open(FilePath, readOnly: false);
        connection.Execute(sql);
    }
}
