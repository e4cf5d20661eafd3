using System.Diagnostics;
using Workflows.Benchmarks.Lifecycles;
using Workflows.Benchmarks.Measures;
using Workflows.Benchmarks.Storage;
using Workflows.Platform;

namespace Workflows.Benchmarks.Engines;

/// <summary>
/// One orchestration that calls so many activities at once and waits for all, from the start call to the end.
/// </summary>
internal static class FanOutBenchmark
{
    public static async Task<FanOutFigures> RunAsync(Arguments arguments)
    {
        var width = arguments.Number("--width", 1_000);
        using var file = new BenchmarkFile(arguments);
        await using var engine = await BenchmarkEngine.StartAsync(file.FilePath);
        await OnceAsync(engine.Client, "warm-up", width);
        var milliseconds = await OnceAsync(engine.Client, "fan-out", width);
        return new FanOutFigures(
            width, Durations.Round(milliseconds), Durations.Round(width / milliseconds * 1_000),
            ProcessUsage.PeakRssMiB());
    }

    private static async Task<double> OnceAsync(IOrchestrationClient client, string id, int width)
    {
        var started = Stopwatch.GetTimestamp();
        await FanOut.ScheduleAsync(client, width, new ScheduleOptions(id), CancellationToken.None);
        var ended = await client.WaitForCompletionAsync(id, CancellationToken.None);
        if (ended?.ReadOutput<long>() != (long)width * (width + 1) / 2)
        {
            throw new InvalidOperationException($"{id} ended as {ended?.Status} with {ended?.Output}.");
        }

        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }
}

/// <summary>Calls so many activities at once, and adds up what they say.</summary>
internal sealed class FanOut : Orchestration<FanOut, int, long>
{
    public override async Task<long> RunAsync(OrchestrationContext context, int input) =>
        (await Task.WhenAll(Enumerable.Range(0, input).Select(n => BenchmarkStep.CallAsync(context, n))))
            .Sum(n => (long)n);
}

/// <summary>Figures of one fan-out.</summary>
internal sealed record FanOutFigures(int Width, double Milliseconds, double ActivitiesPerSecond, double PeakRssMiB);
