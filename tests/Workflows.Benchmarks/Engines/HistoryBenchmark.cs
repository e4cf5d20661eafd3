using System.Collections.Concurrent;
using System.Diagnostics;
using Workflows.Benchmarks.Lifecycles;
using Workflows.Benchmarks.Measures;
using Workflows.Benchmarks.Storage;
using Workflows.Platform;

namespace Workflows.Benchmarks.Engines;

/// <summary>
/// One instance with a long history: the time of a step when there are 10, 1,000 and 10,000 events behind it, and the
/// time to replay them all. A step is an activity, called and completed: two events.
/// </summary>
internal static class HistoryBenchmark
{
    private const int Window = 200;

    public static async Task<HistoryFigures> RunAsync(Arguments arguments)
    {
        var events = arguments.Number("--events", 10_000);
        var steps = events / 2;
        using var file = new BenchmarkFile(arguments);
        List<long> stamps;
        await using (var engine = await BenchmarkEngine.StartAsync(file.FilePath))
        {
            await LongHistory.RunToTheWaitAsync(engine.Client, "warm-up", 1_000);
            stamps = await LongHistory.RunToTheWaitAsync(engine.Client, "long", steps);
        }

        // The first replay pays for compiling; the short one takes that, so that the long one is the figure.
        await RestartAsync(file.FilePath, "warm-up");
        var restart = await RestartAsync(file.FilePath, "long");
        int[] places = [10, 1_000, events];
        var times = places.Where(place => place <= events)
            .ToDictionary(place => $"{place}", place => StepMs(stamps, place));
        return new HistoryFigures(
            events,
            times,
            Durations.Round(times[$"{places.Last(place => place <= events)}"] / times["10"]),
            Durations.Round(LongHistory.ReplayTime.TotalMilliseconds),
            restart);
    }

    /// <summary>Milliseconds a step at the median of the steps nearest to a place in the history.</summary>
    private static double StepMs(List<long> stamps, int place)
    {
        var first = Math.Max(1, Math.Min(place / 2, stamps.Count - Window));
        var window = Enumerable.Range(first, Math.Min(Window, stamps.Count - first))
            .Select(i => Stopwatch.GetElapsedTime(stamps[i - 1], stamps[i]).TotalMilliseconds)
            .Order()
            .ToArray();
        return Durations.Round(window[window.Length / 2]);
    }

    /// <summary>
    /// A new engine on the file, and one event that ends the instance: opening the file, reading the history, replaying
    /// it, and two commits. The replay alone, from the orchestrator's first line to its wait, is reported by the
    /// orchestrator.
    /// </summary>
    private static async Task<double> RestartAsync(string path, string id)
    {
        var started = Stopwatch.GetTimestamp();
        await using var engine = await BenchmarkEngine.StartAsync(path);
        await LongHistory.Close.RaiseAsync(engine.Client, id, "closed", "close", CancellationToken.None);
        var ended = await engine.Client.WaitForCompletionAsync(id, CancellationToken.None);
        if (ended?.ReadOutput<string>() != "closed")
        {
            throw new InvalidOperationException($"{id} ended as {ended?.Status} with {ended?.Output}.");
        }

        return Durations.Round(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
    }
}

/// <summary>Takes so many steps, then waits to be closed.</summary>
internal sealed class LongHistory : Orchestration<LongHistory, int, string>
{
    public static readonly ExternalEvent<string> Close = new("close");

    private static readonly ConcurrentDictionary<string, (List<long> Stamps, TaskCompletionSource Waits)> Runs = new();

    /// <summary>How long the last replay took, from the first line of the orchestrator to its wait.</summary>
    public static TimeSpan ReplayTime { get; private set; }

    /// <summary>Runs an instance up to its wait, and reports when each step was over.</summary>
    public static async Task<List<long>> RunToTheWaitAsync(IOrchestrationClient client, string id, int steps)
    {
        var waits = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var stamps = new List<long>(steps + 1);
        Runs[id] = (stamps, waits);
        await ScheduleAsync(client, steps, new ScheduleOptions(id), CancellationToken.None);
        await waits.Task;
        return stamps;
    }

    public override async Task<string> RunAsync(OrchestrationContext context, int input)
    {
        var started = context.IsReplaying ? Stopwatch.GetTimestamp() : 0;
        var run = context.IsReplaying ? default : Runs[context.InstanceId];
        run.Stamps?.Add(Stopwatch.GetTimestamp());
        for (var step = 0; step < input; step++)
        {
            await BenchmarkStep.CallAsync(context, step);
            run.Stamps?.Add(Stopwatch.GetTimestamp());
        }

        run.Waits?.TrySetResult();
        ReplayTime = started > 0 ? Stopwatch.GetElapsedTime(started) : default;
        return await Close.WaitAsync(context);
    }
}

/// <summary>Milliseconds.</summary>
/// <param name="Events">Events in the history.</param>
/// <param name="StepMsAtEvent">Median time of a step with so many events behind it.</param>
/// <param name="LastToFirst">The last of them over the first.</param>
/// <param name="ReplayMs">The replay of all of them.</param>
/// <param name="RestartToDoneMs">From before the engine starts: open, read, replay, one event, two commits.</param>
internal sealed record HistoryFigures(
    int Events,
    IReadOnlyDictionary<string, double> StepMsAtEvent,
    double LastToFirst,
    double ReplayMs,
    double RestartToDoneMs);
