using Microsoft.Extensions.Logging;
using Workflows.Conformance;
using Workflows.Platform;

namespace Workflows.Engine.Tests.Instances;

public sealed class LongHistoryTests : EngineFixture
{
    private readonly HomeLog _log = new();

    protected override DurableCatalog Catalog => new DurableCatalog().AddOrchestration<Scripted>().AddActivity<Echo>();

    protected override ILoggerFactory Logging => LoggerFactory.Create(builder => builder.AddProvider(_log));

    [Fact]
    public async Task C90_an_instance_of_ten_thousand_events_is_warned_of_once()
    {
        // Each call adds two events to the history: the action and its result.
        var story = ScriptRegistry.Add((OrchestrationScript)(async (context, _) =>
        {
            for (var round = 0; round < 12; round++)
            {
                await Task.WhenAll(Enumerable.Range(0, 500).Select(_ => Echo.CallAsync(context, "x")));
                if (round == 8)
                {
                    await context.WaitForEventAsync<bool>("on");
                }
            }

            await context.WaitForEventAsync<bool>("close");
            return null;
        }));
        await Scripted.ScheduleAsync(Engine.Client, story, new ScheduleOptions("one"), CancellationToken.None);
        await RaiseAsync("on");
        await Eventually.TrueAsync(() => Warnings() > 0, "the warning");
        await RestartAsync();
        await RaiseAsync("close");
        using var timeout = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        await Engine.Client.WaitForCompletionAsync("one", timeout.Token);

        Assert.Equal(1, Warnings());
    }

    private Task<RaiseOutcome> RaiseAsync(string name) =>
        Engine.Client.RaiseEventAsync("one", name, true, name, CancellationToken.None);

    private int Warnings() => _log.Lines.Count(line =>
        line.Level == LogLevel.Warning
        && line.Text.Contains("Instance one has a history of", StringComparison.Ordinal));
}
