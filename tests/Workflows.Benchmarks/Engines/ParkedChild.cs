using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Workflows.Benchmarks.Lifecycles;
using Workflows.Benchmarks.Measures;
using Workflows.Platform;

namespace Workflows.Benchmarks.Engines;

/// <summary>
/// The process that opens the parked instances, serves requests, and is there when their timers come due.
/// </summary>
internal static class ParkedChild
{
    public static async Task<object?> RunAsync(Arguments arguments)
    {
        var due = new DateTimeOffset(long.Parse(arguments.Text("--due")!, CultureInfo.InvariantCulture), TimeSpan.Zero);
        var fires = arguments.Number("--fires", ParkedBenchmark.DueAtOnce);
        var clock = new ShiftedClock(due - ParkedBenchmark.LeadIn - TimeProvider.System.GetUtcNow());
        await using var engine = await BenchmarkEngine.StartAsync(arguments.Text("--file")!, clock);
        await using var web = await ServeAsync(engine.Client);
        await BenchmarkLifecycle.ScheduleAsync(
            engine.Client, new Inquiry(1, "first", "request"), new ScheduleOptions("first-request"),
            CancellationToken.None);
        var ready = ProcessUsage.SinceStart();

        // Memory and processor time once the start has settled and before anybody asks anything.
        await Task.Delay(TimeSpan.FromSeconds(2), TimeProvider.System);
        var (cpu, since) = (ProcessUsage.CpuSeconds(), Stopwatch.GetTimestamp());
        await Task.Delay(TimeSpan.FromSeconds(5), TimeProvider.System);
        var idle = (ProcessUsage.CpuSeconds() - cpu) / Stopwatch.GetElapsedTime(since).TotalSeconds * 100;
        Console.WriteLine(Json.Line(new ReadyFigures(
            web.Urls.First(),
            Durations.Round(ready.TotalMilliseconds),
            Durations.Round(ProcessUsage.RssMiB()),
            Durations.Round(idle))));
        await Task.Delay(due - clock.GetUtcNow(), TimeProvider.System);

        var dueAt = Stopwatch.GetTimestamp();
        while (Parked.Woken < fires)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System);
        }

        var woken = Stopwatch.GetElapsedTime(dueAt);
        var ends = await Task.WhenAll(Enumerable.Range(0, fires).Select(number =>
            engine.Client.WaitForCompletionAsync($"parked-{number}", CancellationToken.None)));
        var elapsed = Stopwatch.GetElapsedTime(dueAt);
        Console.WriteLine(Json.Line(new FiredFigures(
            Parked.Woken,
            ends.Count(end => end?.Status == OrchestrationStatus.Completed),
            Durations.Round(woken.TotalMilliseconds),
            Durations.Round(elapsed.TotalMilliseconds),
            Durations.Round(ProcessUsage.PeakRssMiB()))));

        // Serves on until nobody asks any more: a request in flight at the end is no refusal.
        await Console.In.ReadToEndAsync();
        return null;
    }

    private static async Task<WebApplication> ServeAsync(IOrchestrationClient client)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var web = builder.Build();
        web.UseDeveloperExceptionPage();
        web.Urls.Add("http://127.0.0.1:0");
        web.MapGet("/instances/{id}", async (string id, CancellationToken cancellation) =>
            await client.GetAsync(id, cancellation) is { } state
                ? Results.Text($"{state.Status}", "text/plain")
                : Results.NotFound());
        await web.StartAsync();
        return web;
    }

    /// <summary>The system's clock, set to another day.</summary>
    private sealed class ShiftedClock(TimeSpan by) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + by;
    }
}
