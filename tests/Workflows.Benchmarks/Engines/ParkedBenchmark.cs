using System.Diagnostics;
using System.Net;
using Workflows.Benchmarks.Measures;
using Workflows.Benchmarks.Storage;
using Workflows.Platform;

namespace Workflows.Benchmarks.Engines;

/// <summary>
/// So many instances wait for a timer a month away. A new process opens them: how soon it is ready, and how much memory
/// it has. Then 10,000 of the timers come due within one second while web requests go on.
/// </summary>
/// <remarks>
/// The month is not slept through: the second process runs on a clock that is set to shortly before the 10,000 are due.
/// The requests come from this process, over HTTP, and read an instance each.
/// </remarks>
internal static class ParkedBenchmark
{
    public const int DueAtOnce = 10_000;
    public static readonly TimeSpan Month = TimeSpan.FromDays(30);
    public static readonly TimeSpan LeadIn = TimeSpan.FromSeconds(15);

    public static async Task<ParkedFigures> RunAsync(Arguments arguments)
    {
        var count = arguments.Number("--count", 1_000_000);
        using var file = new BenchmarkFile(arguments);
        var due = TimeProvider.System.GetUtcNow() + Month;
        var filled = await FillAsync(file.FilePath, count, due);
        var size = file.SizeMiB();

        using var child = ChildProcess.Start(
            "parked-child", "--file", file.FilePath, "--due", $"{due.UtcTicks}", "--fires",
            $"{Math.Min(count, DueAtOnce)}");
        var ready = Json.Read<ReadyFigures>(await child.LineAsync());
        var firing = child.LineAsync();
        var requests = await AskUntilAsync(ready.Address, firing);
        var fired = Json.Read<FiredFigures>(await firing);
        await child.EndAsync();
        return new ParkedFigures(
            count,
            Durations.Round(size),
            Durations.Round(count / filled.TotalSeconds),
            ready.ReadyMs,
            ready.RssMiB,
            ready.IdleCpuPercent,
            fired,
            requests.Percentiles());
    }

    /// <summary>The first 10,000 are due within one second; the others an hour and more after them.</summary>
    private static async Task<TimeSpan> FillAsync(string path, int count, DateTimeOffset due)
    {
        await using var engine = await BenchmarkEngine.StartAsync(path);
        var started = Stopwatch.GetTimestamp();
        var done = 0;
        await Parallel.ForEachAsync(
            Enumerable.Range(0, count),
            new ParallelOptions { MaxDegreeOfParallelism = 512 },
            async (number, _) =>
            {
                var at = number < DueAtOnce
                    ? due.AddMilliseconds(number / 10.0)
                    : due.AddHours(1).AddSeconds(number % 100_000);
                await Parked.ScheduleAsync(
                    engine.Client, at, new ScheduleOptions($"parked-{number}"), CancellationToken.None);
                if (Interlocked.Increment(ref done) % 100_000 == 0)
                {
                    await Console.Error.WriteLineAsync($"{done} started");
                }
            });
        await Parked.AllAsleepAsync(count);
        return Stopwatch.GetElapsedTime(started);
    }

    /// <summary>Eight readers, each a hundred requests a second at the most, until the timers have fired.</summary>
    private static async Task<Durations> AskUntilAsync(string address, Task until)
    {
        var durations = new Durations(1_000_000);
        using var http = new HttpClient { BaseAddress = new Uri(address) };
        await Task.WhenAll(Enumerable.Range(0, 8).Select(reader => Task.Run(async () =>
        {
            for (var number = reader; !until.IsCompleted; number = (number + 8) % DueAtOnce)
            {
                var started = Stopwatch.GetTimestamp();
                using var answer = await http.GetAsync(new Uri($"instances/parked-{number}", UriKind.Relative));
                durations.Add(Stopwatch.GetElapsedTime(started));
                if (answer.StatusCode != HttpStatusCode.OK)
                {
                    var body = await answer.Content.ReadAsStringAsync();
                    throw new InvalidOperationException(
                        $"The answer for parked-{number} was {answer.StatusCode}: {body}");
                }

                await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System);
            }
        })));
        return durations;
    }
}

/// <summary>Sleeps until its time, then takes a step.</summary>
internal sealed class Parked : Orchestration<Parked, DateTimeOffset, int>
{
    private static int _asleep;
    private static int _woken;

    /// <summary>How many have woken up, replays not counted.</summary>
    public static int Woken => Volatile.Read(ref _woken);

    public static async Task AllAsleepAsync(int count)
    {
        while (Volatile.Read(ref _asleep) < count)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        }
    }

    public override async Task<int> RunAsync(OrchestrationContext context, DateTimeOffset input)
    {
        var timer = context.CreateTimerAsync(input);
        if (!context.IsReplaying)
        {
            Interlocked.Increment(ref _asleep);
        }

        await timer;
        if (!context.IsReplaying)
        {
            Interlocked.Increment(ref _woken);
        }

        return await Lifecycles.BenchmarkStep.CallAsync(context, 1);
    }
}

/// <summary>What the second process reports when it is ready.</summary>
/// <param name="Address">Where it serves.</param>
/// <param name="ReadyMs">From the start of the process until a request was answered durably.</param>
/// <param name="RssMiB">Memory once it has settled.</param>
/// <param name="IdleCpuPercent">Of one core, over five seconds in which nothing was asked and nothing was due.</param>
internal sealed record ReadyFigures(string Address, double ReadyMs, double RssMiB, double IdleCpuPercent);

/// <summary>What it reports when the timers have fired.</summary>
/// <param name="Fired">Timers that fired.</param>
/// <param name="Completed">Instances that are done.</param>
/// <param name="LastFiredAfterDueMs">
/// From the moment the first was due until the last had fired; they are due over one second.
/// </param>
/// <param name="LastDoneAfterDueMs">Until the last instance was done, one activity later.</param>
/// <param name="PeakRssMiB">The most memory of that process.</param>
internal sealed record FiredFigures(
    int Fired, int Completed, double LastFiredAfterDueMs, double LastDoneAfterDueMs, double PeakRssMiB);

/// <summary>Figures of one run.</summary>
internal sealed record ParkedFigures(
    int Parked,
    double DbMiB,
    double StartsPerSecond,
    double ReadyMs,
    double RssMiB,
    double IdleCpuPercent,
    FiredFigures Firing,
    Percentiles WebRequestMs);
