using Microsoft.Extensions.Logging;
using Workflows.Conformance;
using Workflows.Engine.History;
using Workflows.Engine.Instances;
using Workflows.Engine.Instances.Messages;
using Workflows.Platform;

namespace Workflows.Engine.Tests.Instances;

/// <summary>
/// Messages that no task waits for, posted to the mailbox directly: no call of the contract sends them.
/// </summary>
public sealed class CompletionTests : EngineFixture
{
    private readonly HomeLog _log = new();
    private readonly Gate _gate = new();

    protected override DurableCatalog Catalog => new DurableCatalog().AddOrchestration<Scripted>().AddActivity<Work>();

    protected override ILoggerFactory Logging => LoggerFactory.Create(builder => builder.AddProvider(_log));

    public override Task DisposeAsync()
    {
        _gate.Open();
        return base.DisposeAsync();
    }

    [Fact]
    public async Task C45_a_second_completion_of_a_task_is_logged_and_neither_consumed_nor_written()
    {
        var row = await StartAsync();
        Post(row, new TaskCompleted(row.Generation, 1, "\"first\""u8.ToArray(), null));
        Post(row, new TaskCompleted(row.Generation, 1, "\"second\""u8.ToArray(), null));
        await IgnoredAsync(1);
        _gate.Open();
        await IgnoredAsync(2);

        Assert.Equal("first", await CloseAsync());
        Assert.Null(await Engine.Tables.GetAsync("Deeds", "one", "done"));
        Assert.Empty(new HistoryVerifier(Catalog).VerifyFile(FilePath).Findings);
    }

    [Fact]
    public async Task C46_completions_and_timers_that_nothing_waits_for_are_dropped_and_leave_no_trace()
    {
        var row = await StartAsync();
        var before = TurnsOf(row);
        Post(row, new TaskCompleted(row.Generation, 99, null, null));
        Post(row, new TaskCompleted(row.Generation + 1, 1, "\"of another generation\""u8.ToArray(), null));
        Post(
            row with { Key = row.Key + 1 },
            new TaskCompleted(row.Generation, 1, "\"of another execution\""u8.ToArray(), null));
        Post(row, new TimerFired(row.Generation, 98, 1));
        await IgnoredAsync(3);
        Assert.Equal(before, TurnsOf(row));
        _gate.Open();

        Assert.Equal("worked", await CloseAsync());
        Assert.NotNull(await Engine.Tables.GetAsync("Deeds", "one", "done"));
        Assert.Empty(new HistoryVerifier(Catalog).VerifyFile(FilePath).Findings);
    }

    /// <summary>An instance whose activity is running, and which waits for an event after that.</summary>
    private async Task<InstanceRow> StartAsync()
    {
        var activity = ScriptRegistry.Add((ActivityScript)(async (context, _) =>
        {
            await context.Tables.InsertAsync("Deeds", new TableRow("one", "done"));
            await _gate.PassAsync(context.Stopping);
            return "worked";
        }));
        var story = ScriptRegistry.Add((OrchestrationScript)(async (context, _) =>
        {
            var result = await context.DoAsync<string>(activity);
            await context.WaitForEventAsync<bool>("close");
            return result;
        }));
        await Scripted.ScheduleAsync(Engine.Client, story, new ScheduleOptions("one"), CancellationToken.None);
        await _gate.ArrivedAsync();
        return Engine.Registry.Database.Readers.Read("one", InstanceStatements.Find)!;
    }

    private void Post(InstanceRow row, Message message) =>
        Engine.Registry.Post(row.Id, new OrchestratorMessage(message) { Key = row.Key });

    private Task IgnoredAsync(int times) => Eventually.TrueAsync(
        () => _log.Lines.Count(IsIgnored) >= times,
        $"{times} messages to be ignored");

    private static bool IsIgnored(HomeLogLine line) =>
        line.Text.Contains("not open, and was ignored", StringComparison.Ordinal);

    private int TurnsOf(InstanceRow row) =>
        Engine.Registry.Database.Readers.Read(row.Key, HistoryStatements.Read).Count;

    private async Task<string?> CloseAsync()
    {
        await Engine.Client.RaiseEventAsync("one", "close", true, "e1", CancellationToken.None);
        using var timeout = new CancellationTokenSource(Eventually.Bound);
        return (await Engine.Client.WaitForCompletionAsync("one", timeout.Token))!.ReadOutput<string>();
    }
}
