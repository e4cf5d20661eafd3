using System.Collections.Concurrent;
using System.Diagnostics;
using Workflows.Benchmarks.Lifecycles;
using Workflows.Benchmarks.Measures;
using Workflows.Benchmarks.Storage;
using Workflows.Engine;
using Workflows.Platform;

namespace Workflows.Benchmarks.Engines;

/// <summary>
/// Lifecycles per second, every step durable. Open: start calls go out so many at a time until all are started, each
/// lifecycle is approved as soon as it waits. Closed: so many lifecycles are in flight, the next starts when one ends.
/// The rate is the number over the time from the first start call to the last end as the client's wait sees it.
/// </summary>
internal sealed class EngineBenchmark
{
    private const int WarmUp = 300;

    private readonly IOrchestrationClient _client;
    private readonly string _prefix;
    private readonly int _lifecycles;
    private readonly int _concurrency;
    private readonly Durations _startAcks;
    private readonly Durations _approvals;
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _waiting = new();
    private int _next;

    private EngineBenchmark(IOrchestrationClient client, string prefix, int lifecycles, int concurrency)
    {
        _client = client;
        _prefix = prefix;
        _lifecycles = lifecycles;
        _concurrency = concurrency;
        _startAcks = new Durations(lifecycles);
        _approvals = new Durations(lifecycles);
        Waiting.Heard = id => WaitOf(id).TrySetResult();
    }

    public static async Task<EngineFigures> RunAsync(Arguments arguments)
    {
        var lifecycles = arguments.Number("--lifecycles", 5_000);
        var concurrency = arguments.Number("--concurrency", 64);
        var closed = arguments.Flag("--closed");
        using var file = new BenchmarkFile(arguments);
        await using var engine = await BenchmarkEngine.StartAsync(file.FilePath);

        // The runtime compiles hot code again after a while; a server that runs for months is measured, not its first
        // second.
        await new EngineBenchmark(engine.Client, "warm-up", WarmUp, concurrency).RunAsync(closed);
        GC.Collect();

        var before = await UsageAsync(engine);
        var benchmark = new EngineBenchmark(engine.Client, "lifecycle", lifecycles, concurrency);
        var elapsed = await benchmark.RunAsync(closed);
        var after = await UsageAsync(engine);
        var size = file.SizeMiB();
        await engine.StopAsync();

        var (rows, commits) = (after.Rows - before.Rows, after.Commits - before.Commits);
        var rowBytes = (int)Math.Clamp(size * 1024 * 1024 / Math.Max(1, rows), 50, 1_000);
        var raw = RawFloor.Measure(file.FilePath, rowBytes);
        var floor = raw.Seconds(rows, commits);
        return new EngineFigures(
            closed ? "closed" : "open",
            lifecycles,
            concurrency,
            Durations.Round(lifecycles / elapsed.TotalSeconds),
            benchmark._startAcks.Percentiles(),
            benchmark._approvals.Percentiles(),
            benchmark._approvals.Percentiles(less: BenchmarkLifecycle.Pause.TotalMilliseconds),
            Durations.Round((after.Cpu - before.Cpu) / lifecycles * 1_000),
            Durations.Round((after.Allocated - before.Allocated) / 1024.0 / lifecycles),
            Durations.Round(after.PeakRss),
            Durations.Round(size),
            new WriterFigures(
                Durations.Round(after.Apply - before.Apply),
                Durations.Round(after.Commit - before.Commit),
                Durations.Round((double)(after.Items - before.Items) / commits)),
            new FloorFigures(
                Durations.Round((double)rows / lifecycles),
                Durations.Round((double)commits / lifecycles),
                raw.RowMicroseconds,
                raw.CommitMilliseconds,
                Durations.Round(lifecycles / floor),
                Durations.Round(elapsed.TotalSeconds / floor)));
    }

    private async Task<TimeSpan> RunAsync(bool closed)
    {
        var ends = new ConcurrentBag<Task>();
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, _concurrency).Select(_ => Task.Run(async () =>
        {
            while (Interlocked.Increment(ref _next) is var number && number <= _lifecycles)
            {
                var id = $"{_prefix}-{number}";
                await StartAsync(number, id);
                var end = ApproveAsync(number, id);
                if (closed)
                {
                    await end;
                }
                else
                {
                    ends.Add(end);
                }
            }
        })));
        await Task.WhenAll(ends);
        return Stopwatch.GetElapsedTime(started);
    }

    private async Task StartAsync(int number, string id)
    {
        var started = Stopwatch.GetTimestamp();
        var outcome = await BenchmarkLifecycle.ScheduleAsync(
            _client,
            new Inquiry(number, "Nordwind Pumpen GmbH", "Gear reducer R-40"),
            new ScheduleOptions(id),
            CancellationToken.None);
        _startAcks.Add(Stopwatch.GetElapsedTime(started));
        if (!outcome.Created)
        {
            throw new InvalidOperationException($"{id} was there before.");
        }
    }

    private async Task ApproveAsync(int number, string id)
    {
        await WaitOf(id).Task;
        _waiting.TryRemove(id, out _);
        var approved = Stopwatch.GetTimestamp();
        var raised = await BenchmarkLifecycle.Approved.RaiseAsync(
            _client, id, new Decision("manager", "good margin"), "approval", CancellationToken.None);
        if (raised != RaiseOutcome.Accepted)
        {
            throw new InvalidOperationException($"The approval of {id} was {raised}.");
        }

        var ended = await _client.WaitForCompletionAsync(id, CancellationToken.None);
        _approvals.Add(Stopwatch.GetElapsedTime(approved));
        if (ended?.ReadOutput<Receipt>() != new Receipt(number, 11, "manager"))
        {
            throw new InvalidOperationException($"{id} ended as {ended?.Status} with {ended?.Output}.");
        }
    }

    private TaskCompletionSource WaitOf(string id) =>
        _waiting.GetOrAdd(id, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));

    private static async Task<Usage> UsageAsync(DurableEngine engine)
    {
        var rows = await engine.Writer.WriteAsync(
            connection => connection.Use("SELECT total_changes()").ReadLong() ?? 0);
        var writer = engine.Writer.Transactions;
        return new Usage(
            ProcessUsage.CpuSeconds(),
            GC.GetTotalAllocatedBytes(),
            ProcessUsage.PeakRssMiB(),
            rows,
            writer.Commits,
            writer.Items,
            (double)writer.ApplyTicks / Stopwatch.Frequency,
            (double)writer.CommitTicks / Stopwatch.Frequency);
    }

    private sealed record Usage(
        double Cpu, long Allocated, double PeakRss, long Rows, long Commits, long Items, double Apply, double Commit);
}

/// <summary>Times are milliseconds; "less timer" is without the lifecycle's own 0.2 s.</summary>
internal sealed record EngineFigures(
    string Run,
    int Lifecycles,
    int Concurrency,
    double LifecyclesPerSecond,
    Percentiles StartAckMs,
    Percentiles ApprovalToDoneMs,
    Percentiles ApprovalToDoneLessTimerMs,
    double CpuMsPerLifecycle,
    double AllocatedKiBPerLifecycle,
    double PeakRssMiB,
    double DbMiB,
    WriterFigures Writer,
    FloorFigures Floor);

/// <summary>What the one writing thread did, on the clock and not in processor time.</summary>
/// <param name="ApplySeconds">Running the statements of the items.</param>
/// <param name="CommitSeconds">Committing, which is writing the WAL and waiting for its sync.</param>
/// <param name="ItemsPerCommit">How many items shared a commit.</param>
internal sealed record WriterFigures(double ApplySeconds, double CommitSeconds, double ItemsPerCommit);

/// <summary>
/// The rows that the engine changed and the commits that it made, at what the same SQLite takes for them with nothing
/// around it, one after the other.
/// </summary>
/// <param name="RowsPerLifecycle">Rows inserted, changed and removed.</param>
/// <param name="CommitsPerLifecycle">Synced transactions.</param>
/// <param name="RowMicroseconds">What a row takes SQLite alone.</param>
/// <param name="CommitMilliseconds">What a commit takes SQLite alone.</param>
/// <param name="LifecyclesPerSecond">The rate if nothing but those rows and commits took time.</param>
/// <param name="TimesTheFloor">How many times longer the run took.</param>
internal sealed record FloorFigures(
    double RowsPerLifecycle,
    double CommitsPerLifecycle,
    double RowMicroseconds,
    double CommitMilliseconds,
    double LifecyclesPerSecond,
    double TimesTheFloor);
