using Microsoft.Extensions.Logging;
using Workflows.Conformance;
using Workflows.Engine.Storage;
using Workflows.Platform;

namespace Workflows.Engine.Tests.Storage;

public sealed class DispatcherTests : EngineFixture
{
    // Set in the test's own calls, and not on the engine's threads.
    private static readonly AsyncLocal<bool> IsCaller = new();

    private readonly HomeLog _log = new();

    protected override DurableCatalog Catalog => new DurableCatalog()
        .AddOrchestration<LifecycleTests.SmallLifecycle>().AddActivity<LifecycleTests.AddOne>();

    protected override ILoggerFactory Logging => LoggerFactory.Create(builder => builder.AddProvider(_log));

    [Fact]
    public async Task C95_errors_of_every_kind_in_commits_are_logged_and_work_goes_on()
    {
        var errors = new Queue<Exception>(Enumerable.Range(0, 3).SelectMany(_ => Errors()));
        var transactions = 0;
        Engine.Writer.Transactions.BeforeTransaction = _ =>
        {
            // Every second one fails, so that the storage is seen to recover each time.
            if (++transactions % 2 == 0 && errors.TryDequeue(out var error))
            {
                throw error;
            }
        };

        await RunAsync("one");
        Assert.True(transactions > 10);
        Assert.Contains(_log.Lines, line => line.Level == LogLevel.Error
            && line.Text.Contains("cannot be written", StringComparison.Ordinal));
        Assert.Contains(_log.Lines, line => line.Text.Contains("can be written again", StringComparison.Ordinal));
    }

    [Fact]
    public async Task C95_errors_of_every_kind_in_reads_are_logged_and_work_goes_on()
    {
        // Damage is left out: it blocks the instance, and is tested as such.
        var errors = new Queue<Exception>(Errors().Where(error => error is not DamagedDataException));
        Engine.Registry.Database.Readers.BeforeRead = () =>
        {
            lock (errors)
            {
                if (!IsCaller.Value && errors.TryDequeue(out var error))
                {
                    throw error;
                }
            }
        };

        await RunAsync("one");
        Assert.Empty(errors);
    }

    private static IEnumerable<Exception> Errors() =>
    [
        new StorageException(5, "database is locked"),
        new StorageException(10, "disk I/O error"),
        new StorageException(1, "SQL logic error"),
        new IOException("The pipe is broken."),
        new InvalidOperationException("It should not be so."),
        new TimeoutException("It took too long."),
        new DamagedDataException("Some row"),
    ];

    /// <summary>Runs a lifecycle, asking again for whatever fails, as a caller would.</summary>
    private async Task RunAsync(string id)
    {
        await InsistAsync(() => LifecycleTests.SmallLifecycle.ScheduleAsync(
            Engine.Client, 1, new ScheduleOptions(id), CancellationToken.None));
        await InsistAsync(() => Engine.Client.RaiseEventAsync(id, "approved", true, "e1", CancellationToken.None));
        var state = await Eventually.ValueAsync(
            () => InsistAsync(() => Engine.Client.GetAsync(id, CancellationToken.None)),
            state => state is { IsEnded: true },
            "the end");
        Assert.Equal(12, state!.ReadOutput<int>());
        Assert.Equal(11, (await Engine.Tables.QueryAsync("Steps", TableQuery.Of(id))).Items.Count);
    }

    private static async Task<T> InsistAsync<T>(Func<Task<T>> request)
    {
        for (var tries = 0; ; tries++)
        {
            try
            {
                IsCaller.Value = true;
                return await request();
            }
            catch (Exception exception) when (tries < 100 && exception is not Xunit.Sdk.XunitException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
            }
        }
    }
}
