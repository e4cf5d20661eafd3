using Workflows.Engine.Storage;
using Workflows.Platform;

namespace Workflows.Engine.Tests.Storage;

public sealed class StorageFailureTests : EngineFixture
{
    // On a full disk every write fails; in a full database only those that need a page, as this one does.
    private const string Growth =
        "INSERT INTO digests (tbl, pk, count, digest) VALUES (hex(zeroblob(100000)), '', 0, 0)";

    protected override DurableCatalog Catalog => new DurableCatalog()
        .AddOrchestration<LifecycleTests.SmallLifecycle>().AddActivity<LifecycleTests.AddOne>();

    [Theory]
    [InlineData("PRAGMA query_only = 1", "PRAGMA query_only = 0")]
    [InlineData("PRAGMA max_page_count = 1; " + Growth, "PRAGMA max_page_count = 1000000")]
    public async Task A_storage_that_cannot_be_written_refuses_requests_and_recovers_by_itself(
        string failure, string cure)
    {
        await StartAsync("under-way");
        var holder = new Holder();
        Engine.Writer.Transactions.BeforeTransaction = connection => holder.Pass(connection, failure, cure);
        holder.IsFailing = true;
        var large = new TableRow("p", "lost") { ["Text"] = new string('x', 30_000) };
        await Eventually(() => FailsAsync(Engine.Tables.UpsertAsync("Things", large)));
        var refused = await Assert.ThrowsAsync<HomeUnavailableException>(() => StartAsync("refused"));
        Assert.True(refused.RetryAfter > TimeSpan.Zero);
        Assert.NotNull(await Engine.Client.GetAsync("under-way", CancellationToken.None));

        holder.IsFailing = false;
        await Eventually(async () => !await FailsAsync(Engine.Tables.UpsertAsync("Things", new TableRow("p", "kept"))));

        Assert.Null(await Engine.Tables.GetAsync("Things", "p", "lost"));
        Assert.Null(await Engine.Client.GetAsync("refused", CancellationToken.None));
        await EndsAsync("under-way");
    }

    [Fact]
    public async Task An_error_at_the_sync_acknowledges_nothing_and_loses_nothing_that_was_under_way()
    {
        await StartAsync("under-way");
        var fails = true;
        Engine.Writer.Transactions.BeforeTransaction = _ =>
        {
            if (fails)
            {
                throw new StorageException(10 | (4 << 8), "disk I/O error");
            }
        };
        var raise = Engine.Client.RaiseEventAsync("under-way", "approved", true, "e1", CancellationToken.None);
        await Assert.ThrowsAsync<HomeUnavailableException>(() => raise);

        fails = false;
        await EndsAsync("under-way");
    }

    [Fact]
    public async Task A_request_behind_work_that_cannot_be_written_fails_and_does_not_wait_for_the_storage()
    {
        using var mayFail = new ManualResetEventSlim();
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var (transactions, fails) = (0, true);
        Engine.Writer.Transactions.BeforeTransaction = _ =>
        {
            // The first one starts the instance; the second has the result of its first activity.
            if (++transactions > 1 && fails)
            {
                reached.TrySetResult();
                mayFail.Wait();
                throw new StorageException(10 | (4 << 8), "disk I/O error");
            }
        };
        await StartAsync("under-way");
        await reached.Task;
        var raise = Engine.Client.RaiseEventAsync("under-way", "approved", true, "e1", CancellationToken.None);
        var suspend = Engine.Client.SuspendAsync("under-way", "not now", CancellationToken.None);
        Assert.False(raise.IsCompleted);
        mayFail.Set();

        await Assert.ThrowsAsync<HomeUnavailableException>(() => raise.WaitAsync(TimeSpan.FromSeconds(30)));
        await Assert.ThrowsAsync<HomeUnavailableException>(() => suspend.WaitAsync(TimeSpan.FromSeconds(30)));
        fails = false;
        await EndsAsync("under-way");
    }

    [Fact]
    public async Task While_another_connection_holds_the_lock_writes_fail_and_afterwards_they_succeed()
    {
        await StartAsync("under-way");
        using (var backup = Connection.Open(FilePath, readOnly: false))
        {
            backup.Execute("PRAGMA busy_timeout = 5000; BEGIN IMMEDIATE");
            await Assert.ThrowsAsync<HomeUnavailableException>(() =>
                Engine.Tables.UpsertAsync("Things", new TableRow("p", "lost")));
            Assert.NotNull(await Engine.Client.GetAsync("under-way", CancellationToken.None));
            backup.Execute("ROLLBACK");
        }

        await Eventually(async () => !await FailsAsync(Engine.Tables.UpsertAsync("Things", new TableRow("p", "kept"))));
        Assert.Null(await Engine.Tables.GetAsync("Things", "p", "lost"));
        await EndsAsync("under-way");
    }

    private static async Task<bool> FailsAsync(Task write)
    {
        try
        {
            await write;
            return false;
        }
        catch (HomeUnavailableException)
        {
            return true;
        }
    }

    private static async Task Eventually(Func<Task<bool>> holds)
    {
        for (var tries = 0; !await holds(); tries++)
        {
            Assert.True(tries < 2_000, "The condition did not hold within 20 s.");
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System);
        }
    }

    private Task<ScheduleOutcome> StartAsync(string id) =>
        LifecycleTests.SmallLifecycle.ScheduleAsync(Engine.Client, 1, new ScheduleOptions(id), CancellationToken.None);

    private async Task EndsAsync(string id)
    {
        await Eventually(async () => !await FailsAsync(
            Engine.Client.RaiseEventAsync(id, "approved", true, "e1", CancellationToken.None)));
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var state = await Engine.Client.WaitForCompletionAsync(id, timeout.Token);
        Assert.Equal(12, state!.ReadOutput<int>());
        Assert.Equal(11, (await Engine.Tables.QueryAsync("Steps", TableQuery.Of(id))).Items.Count);
    }

    private sealed class Holder
    {
        public bool IsFailing { get; set; }

        public void Pass(Connection connection, string failure, string cure) =>
            connection.Execute(IsFailing ? failure : cure);
    }
}
