using Workflows.Platform;

namespace Workflows.Engine.Tests.Recorded;

/// <summary>
/// Histories that earlier builds wrote, one file for each way through <see cref="Journey"/>. They are never recorded
/// again: a build that cannot replay them cannot replay what users have stored. A new way gets a file of its own, which
/// <see cref="What_is_recorded_now_can_be_replayed"/> writes to <c>recorded-now</c> beside the tests.
/// </summary>
public sealed class RecordedTests : EngineFixture
{
    private static readonly string[] Ways = ["by-road", "by-sea", "lost"];

    protected override DurableCatalog Catalog => new DurableCatalog()
        .AddOrchestration<Journey>().AddOrchestration<Leg>().AddActivity<Customs>();

    private static string Stored => Path.Combine(AppContext.BaseDirectory, "Recorded");

    [Fact]
    public void C85_histories_of_every_way_replay_on_the_present_code()
    {
        var report = new HistoryVerifier(Catalog).VerifyRecorded(Stored);

        Assert.Equal(Ways.Length, report.Histories);
        Assert.Empty(report.Findings);
    }

    [Fact]
    public void C85_code_that_leaves_the_way_is_found_with_file_and_event()
    {
        var changed = new DurableCatalog()
            .AddOrchestration<OtherJourney>().AddOrchestration<Leg>().AddActivity<Customs>();

        var report = new HistoryVerifier(changed).VerifyRecorded(Stored);

        var finding = Assert.Single(report.Findings, finding => finding.Subject == "by-road.json");
        Assert.True(finding.EventNumber > 1);
        Assert.Contains("Customs", finding.Expected, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_recorded_now_can_be_replayed()
    {
        foreach (var way in Ways)
        {
            await Journey.ScheduleAsync(
                Engine.Client, way, new ScheduleOptions(way, Version: "7"), CancellationToken.None);
            await Engine.Client.RaiseEventAsync(way, "stamped", "stamp", "e1", CancellationToken.None);
            using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(30));
            await Engine.Client.WaitForCompletionAsync(way, timeout.Token);
        }

        await Engine.StopAsync();
        var now = Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, "recorded-now")).FullName;
        Assert.True(HistoryVerifier.Record(FilePath, now) >= Ways.Length);

        var report = new HistoryVerifier(Catalog).VerifyRecorded(now);
        Assert.True(report.Histories >= Ways.Length);
        Assert.Empty(report.Findings);
    }

    /// <summary>Has every kind of action.</summary>
    internal sealed class Journey : Orchestration<Journey, string, string>
    {
        public override async Task<string> RunAsync(OrchestrationContext context, string input)
        {
            context.SetCustomStatus(new { way = input, by = context.NewGuid() });
            var cleared = await Customs.CallAsync(context, input, new CallRetryPolicy(2, TimeSpan.FromMilliseconds(1)));
            if (input == "lost")
            {
                context.StartOrchestration(Leg.Name, "search", "search-party");
                throw new InvalidOperationException("The cargo is lost.");
            }

            var legs = await Task.WhenAll(
                Leg.CallAsync(context, "first"),
                Leg.CallAsync(context, "second", new SubOrchestrationCallOptions($"{input}-second")));
            var stamp = await context.WaitForEventAsync<string>("stamped", context.UtcNow.AddDays(1));
            var late = await context.WaitForEventAsync<string>("stamped", context.UtcNow.AddMilliseconds(1));
            await context.CreateTimerAsync(TimeSpan.FromMilliseconds(1));
            context.SendEvent("nobody", "arrived", cleared);
            return $"{input} {cleared} {string.Join('+', legs)} {stamp.Payload} {late.TimedOut} {context.Version}";
        }
    }

    internal sealed class Leg : Orchestration<Leg, string, string>
    {
        public override Task<string> RunAsync(OrchestrationContext context, string input) => Task.FromResult(input);
    }

    [DurableName("Journey")]
    internal sealed class OtherJourney : Orchestration<OtherJourney, string, string>
    {
        public override async Task<string> RunAsync(OrchestrationContext context, string input)
        {
            await context.CreateTimerAsync(TimeSpan.FromMilliseconds(1));
            return await Customs.CallAsync(context, input);
        }
    }

    internal sealed class Customs : Activity<Customs, string, string>
    {
        public override Task<string> RunAsync(ActivityContext context, string input) =>
            input == "by-sea" && context.Attempt == 1
                ? throw new TimeoutException("The office is closed.")
                : Task.FromResult($"cleared {input}");
    }
}
