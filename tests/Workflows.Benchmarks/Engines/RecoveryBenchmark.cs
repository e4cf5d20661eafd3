using System.Diagnostics;
using Workflows.Benchmarks.Lifecycles;
using Workflows.Benchmarks.Measures;
using Workflows.Benchmarks.Storage;
using Workflows.Platform;

namespace Workflows.Benchmarks.Engines;

/// <summary>
/// kill -9 in the middle of the work: so many instances wait for their approval, others are between two steps. Then the
/// time from the start of a new process until it has made a new start durable, and until one that was open before is
/// done.
/// </summary>
internal static class RecoveryBenchmark
{
    private const string Open = "open";
    private const int Busy = 500;

    public static async Task<RecoveryFigures> RunAsync(Arguments arguments)
    {
        var count = arguments.Number("--count", 10_000);
        using var file = new BenchmarkFile(arguments);
        using (var victim = ChildProcess.Start("recovery-victim", "--file", file.FilePath, "--count", $"{count}"))
        {
            await victim.LineAsync();
            await victim.KillAsync();
        }

        var size = file.SizeMiB();
        using var heir = ChildProcess.Start("recovery-heir", "--file", file.FilePath, "--count", $"{count}");
        var figures = Json.Read<HeirFigures>(await heir.LineAsync());
        await heir.EndAsync();
        return new RecoveryFigures(count, Durations.Round(size), figures);
    }

    /// <summary>The process that is killed.</summary>
    public static async Task<object?> LiveAsync(Arguments arguments)
    {
        var count = arguments.Number("--count", 10_000);
        var engine = await BenchmarkEngine.StartAsync(arguments.Text("--file")!);
        var waiting = 0;
        var all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Waiting.Heard = _ =>
        {
            if (Interlocked.Increment(ref waiting) == count)
            {
                all.TrySetResult();
            }
        };
        await StartManyAsync(engine.Client, Open, count);
        await all.Task;
        await StartManyAsync(engine.Client, "busy", Busy);
        Console.WriteLine("waiting");
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System);
        return null;
    }

    /// <summary>The process that comes after it.</summary>
    public static async Task<object?> RecoverAsync(Arguments arguments)
    {
        var count = arguments.Number("--count", 10_000);
        var engine = await BenchmarkEngine.StartAsync(arguments.Text("--file")!);
        var started = ProcessUsage.SinceStart();
        await StartManyAsync(engine.Client, "new", 1);
        var serving = ProcessUsage.SinceStart();

        var approved = Stopwatch.GetTimestamp();
        await ApproveAsync(engine.Client, $"{Open}-1");
        var firstDone = Stopwatch.GetElapsedTime(approved);

        // Nothing that was acknowledged may be missing, and all of it goes on.
        await Parallel.ForEachAsync(
            Enumerable.Range(2, count - 1),
            new ParallelOptions { MaxDegreeOfParallelism = 256 },
            async (number, _) => await ApproveAsync(engine.Client, $"{Open}-{number}"));
        var allDone = Stopwatch.GetElapsedTime(approved);
        await engine.StopAsync();
        return new HeirFigures(
            Durations.Round(started.TotalMilliseconds),
            Durations.Round(serving.TotalMilliseconds),
            Durations.Round(firstDone.TotalMilliseconds),
            Durations.Round(allDone.TotalSeconds),
            Durations.Round(ProcessUsage.PeakRssMiB()));
    }

    private static async Task StartManyAsync(IOrchestrationClient client, string prefix, int count) =>
        await Parallel.ForEachAsync(
            Enumerable.Range(1, count),
            new ParallelOptions { MaxDegreeOfParallelism = 256 },
            async (number, _) => await BenchmarkLifecycle.ScheduleAsync(
                client,
                new Inquiry(number, "Nordwind Pumpen GmbH", "Gear reducer R-40"),
                new ScheduleOptions($"{prefix}-{number}"),
                CancellationToken.None));

    private static async Task ApproveAsync(IOrchestrationClient client, string id)
    {
        var raised = await BenchmarkLifecycle.Approved.RaiseAsync(
            client, id, new Decision("manager", "good margin"), "approval", CancellationToken.None);
        var ended = await client.WaitForCompletionAsync(id, CancellationToken.None);
        if (raised != RaiseOutcome.Accepted || ended?.ReadOutput<Receipt>()?.Steps != 11)
        {
            throw new InvalidOperationException($"{id}: {raised}, then {ended?.Status} with {ended?.Output}.");
        }
    }
}

/// <summary>What the process that came after the kill measured.</summary>
/// <param name="EngineReadyMs">From the start of the process until the engine has started.</param>
/// <param name="ServingMs">From the start of the process until a new start is durable.</param>
/// <param name="FirstApprovalToDoneMs">
/// One open instance, from its approval to its end, its replay and 0.2 s timer included.
/// </param>
/// <param name="AllDoneSeconds">Until every open instance was approved and done.</param>
/// <param name="PeakRssMiB">Of the second process.</param>
internal sealed record HeirFigures(
    double EngineReadyMs, double ServingMs, double FirstApprovalToDoneMs, double AllDoneSeconds, double PeakRssMiB);

/// <summary>Figures of one kill.</summary>
internal sealed record RecoveryFigures(int OpenInstances, double DbMiB, HeirFigures Recovery);
