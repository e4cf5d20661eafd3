using System.Diagnostics;
using Workflows.Conformance;
using Workflows.Engine.Storage;
using Workflows.Engine.Tests.Conformance;
using Workflows.Platform;

namespace Workflows.Engine.Tests.Instances.Scheduling;

public sealed class CrashQuarantineTests : EngineFixture
{
    private readonly Gate _gate = new();

    protected override DurableCatalog Catalog => new DurableCatalog().AddOrchestration<Scripted>().AddActivity<Work>();

    protected override EngineOptions Options => new() { DatabasePath = FilePath, StopGrace = TimeSpan.Zero };

    [Fact]
    public async Task An_activity_that_is_quarantined_late_runs_all_the_same()
    {
        var activity = ScriptRegistry.Add((ActivityScript)(async (context, _) =>
        {
            await _gate.PassAsync(context.Stopping);
            return "done";
        }));
        var story = ScriptRegistry.Add(
            (OrchestrationScript)(async (context, _) => await context.DoAsync<string>(activity)));
        await Scripted.ScheduleAsync(Engine.Client, story, new ScheduleOptions("one"), CancellationToken.None);
        await _gate.ArrivedAsync();

        await using var second = await StartOnCopyAsync(FilePath, "second", _ => { });
        await _gate.ArrivedAsync(2);
        await using var third = await StartOnCopyAsync(PathOf("second"), "third", engine =>
        {
            // The first read finds what was under way; no other succeeds until the quarantine has collected the others.
            var (reads, since) = (0, Stopwatch.GetTimestamp());
            engine.Registry.Database.BeforeRead = () =>
            {
                if (++reads > 1 && Stopwatch.GetElapsedTime(since) < TimeSpan.FromMilliseconds(800))
                {
                    throw new StorageException(10, "disk I/O error");
                }
            };
        });
        await _gate.ArrivedAsync(3);
        _gate.Open();

        using var timeout = new CancellationTokenSource(Eventually.Bound);
        Assert.Equal("done", (await third.Client.WaitForCompletionAsync("one", timeout.Token))!.ReadOutput<string>());
    }

    private string PathOf(string life) =>
        Path.Combine(Path.GetDirectoryName(FilePath)!, life, Path.GetFileName(FilePath));

    private async Task<DurableEngine> StartOnCopyAsync(string from, string life, Action<DurableEngine> prepare)
    {
        var options = Options;
        options.DatabasePath = PathOf(life);
        Directory.CreateDirectory(Path.GetDirectoryName(options.DatabasePath)!);
        DatabaseCopy.TakeAsItStands(from, options.DatabasePath);
        var engine = NewEngine(options);
        prepare(engine);
        await engine.StartAsync();
        return engine;
    }
}
