using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Workflows.Platform;

namespace Workflows.Engine.Tests.Crash;

/// <summary>
/// The process that is killed: it starts and approves one lifecycle after the other, and prints what was acknowledged.
/// </summary>
internal static class Traffic
{
    private const int Callers = 8;

    public static DurableCatalog Catalog => new DurableCatalog().AddOrchestration<Errand>().AddActivity<Deed>();

    public static async Task RunAsync(string path, int first)
    {
        await using var engine = NewEngine(path);
        await engine.StartAsync();
        var next = first;
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(async _ =>
        {
            while (true)
            {
                var id = $"errand-{Interlocked.Increment(ref next)}";
                await Errand.ScheduleAsync(engine.Client, id, new ScheduleOptions(id), CancellationToken.None);
                Print($"started {id}");
                await engine.Client.RaiseEventAsync(id, "approved", true, "the-approval", CancellationToken.None);
                Print($"approved {id}");
            }
        }));
    }

    public static DurableEngine NewEngine(string path) => new(
        new EngineOptions { DatabasePath = path },
        Catalog,
        new ServiceCollection().BuildServiceProvider(),
        NullLoggerFactory.Instance);

    private static void Print(string line)
    {
        lock (Console.Out)
        {
            Console.Out.WriteLine(line);
            Console.Out.Flush();
        }
    }
}

/// <summary>Five deeds, an approval between them, and a short sleep.</summary>
internal sealed class Errand : Orchestration<Errand, string, int>
{
    public const int Deeds = 5;

    public override async Task<int> RunAsync(OrchestrationContext context, string input)
    {
        var done = 0;
        done += await Deed.CallAsync(context, 1);
        done += await Deed.CallAsync(context, 2);
        await context.WaitForEventAsync<bool>("approved");
        done += await Deed.CallAsync(context, 3);
        await context.CreateTimerAsync(TimeSpan.FromMilliseconds(20));
        done += await Deed.CallAsync(context, 4);
        done += await Deed.CallAsync(context, 5);
        return done;
    }
}

/// <summary>
/// Writes a row and a mail under names that differ in every run, so that a test sees a run which was written twice.
/// </summary>
internal sealed class Deed : Activity<Deed, int, int>
{
    private static long _runs;

    public override async Task<int> RunAsync(ActivityContext context, int input)
    {
        var run = $"{input}-{Environment.ProcessId}-{Interlocked.Increment(ref _runs)}";
        await context.Tables.InsertAsync("Deeds", new TableRow(context.InstanceId, run));
        var buyer = new MailParty("buyer@example.com", "Buyer");
        await context.Mail.EnqueueAsync(new OutgoingMail(
            $"{context.InstanceId}-{run}", buyer, "Done", "Done", "Done", "deed", context.InstanceId));
        return 1;
    }
}
