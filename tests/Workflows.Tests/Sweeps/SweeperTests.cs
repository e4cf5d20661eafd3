using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Workflows.Conformance;
using Workflows.Platform;
using Workflows.Policies;
using Workflows.Sweeps;

namespace Workflows.Tests.Sweeps;

/// <summary>A scenario begins on Wednesday, 09:00 in the company's zone.</summary>
public class SweeperTests
{
    [Fact]
    public async Task A_period_is_swept_once_although_many_try()
    {
        await using var scenario = await StartAsync();

        var reports = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => RunAsync(scenario)));

        Assert.Equal("2026-11-04", Assert.Single(reports.OfType<SweepReport>()).Period);
        await scenario.AdvanceAsync(TimeSpan.FromHours(2));
        Assert.Null(await RunAsync(scenario));
        await scenario.AdvanceAsync(TimeSpan.FromDays(1));
        Assert.Equal("2026-11-05", (await RunAsync(scenario))!.Period);
    }

    [Fact]
    public async Task One_look_makes_up_for_all_that_were_missed()
    {
        await using var scenario = await StartAsync();
        await RunAsync(scenario);
        await scenario.AdvanceAsync(TimeSpan.FromDays(20));

        Assert.Equal("2026-11-24", (await RunAsync(scenario))!.Period);
        Assert.Null(await RunAsync(scenario));
        Assert.Equal(2, Looks(scenario).Count);
    }

    [Fact]
    public async Task A_look_that_broke_off_is_taken_up_again_and_does_not_count_as_one()
    {
        await using var scenario = await StartAsync();
        await RunAsync(scenario);
        await scenario.AdvanceAsync(TimeSpan.FromDays(1));
        Looks(scenario).Breaks = true;
        await Assert.ThrowsAsync<IOException>(() => RunAsync(scenario));
        await scenario.AdvanceAsync(TimeSpan.FromMinutes(9));
        Assert.Null(await RunAsync(scenario));

        Looks(scenario).Breaks = false;
        await scenario.AdvanceAsync(TimeSpan.FromMinutes(1));

        Assert.NotNull(await RunAsync(scenario));
        Assert.Null(await RunAsync(scenario));
        var state = (await SweepRepository.FindAsync(scenario.Tables, "Receivables", scenario.Bound))!;
        Assert.Equal(Scenario.Morning, state.LastLook);
    }

    [Fact]
    public async Task Nothing_is_swept_while_nobody_works()
    {
        await using var scenario = await StartAsync();
        await scenario.AdvanceAsync(TimeSpan.FromHours(10));

        Assert.Null(await RunAsync(scenario));
        Assert.Equal(0, Looks(scenario).Count);
    }

    [Fact]
    public async Task Nobody_is_notified_of_what_went_on_after_it_was_listed()
    {
        await using var scenario = await StartAsync();
        await RunAsync(scenario);
        await scenario.AdvanceAsync(TimeSpan.FromDays(1));
        var gone = new OpenItem("nobody-there", KnownSince: Scenario.Morning.AddDays(-9), DueAt: null);
        Looks(scenario).Listed = [gone, gone with { InstanceId = "just-begun" }];
        Looks(scenario).Found = item => item == gone ? null : item with { KnownSince = scenario.Clock.GetUtcNow() };

        var report = (await RunAsync(scenario))!;

        Assert.Equal((2, 0), (report.Looked, report.Unattended));
    }

    [Fact]
    public async Task A_damaged_instance_is_reported_and_keeps_nobody_from_looking_at_the_others()
    {
        await using var scenario = await StartAsync();
        Looks(scenario).Listed = [
            .. Enumerable.Range(1, 40).Select(number => new OpenItem($"D-{number}", Scenario.Morning, DueAt: null))];

        var report = (await RunAsync(scenario, DispatchProxy.Create<IOrchestrationClient, DamagedClient>()))!;

        Assert.Equal((40, 1), (report.Looked, report.Unattended));
        Assert.Equal("D-7", Assert.Single(Looks(scenario).Notified));
    }

    [Theory]
    [InlineData("read")]
    [InlineData("found")]
    [InlineData("notified")]
    public async Task What_goes_wrong_with_one_item_is_logged_and_the_period_is_swept_all_the_same(string failure)
    {
        await using var scenario = await StartAsync();
        await RunAsync(scenario);
        await scenario.AdvanceAsync(TimeSpan.FromDays(1));
        Looks(scenario).Listed = [
            .. Enumerable.Range(1, 40).Select(
                number => new OpenItem($"D-{number}", Scenario.Morning.AddDays(-9), DueAt: null))];
        var client = DispatchProxy.Create<IOrchestrationClient, OddClient>();
        ((OddClient)client).Failure = failure == "read" ? new IOException("odd") : null;
        Looks(scenario).Found = item =>
            failure == "found" && item.InstanceId == "D-7" ? throw new DamagedDataException("A row") : item;
        Looks(scenario).NotifyOnce = id => failure == "notified" && id == "D-7" ? throw new FormatException("odd") : id;

        var report = (await RunAsync(scenario, client))!;

        Assert.Equal((40, 1, 39), (report.Looked, report.NotLookedAt, report.Unattended));
        Assert.Equal(39, Looks(scenario).Notified.Distinct().Count());
        var line = Assert.Single(scenario.Get<HomeLog>().Lines);
        Assert.Equal(LogLevel.Error, line.Level);
        Assert.Contains(
            "The sweep Receivables of 2026-11-05 could not look at D-7", line.Text, StringComparison.Ordinal);
        Assert.Null(await RunAsync(scenario, client));
        var state = (await SweepRepository.FindAsync(scenario.Tables, "Receivables", scenario.Bound))!;
        Assert.Equal((Scenario.Morning, scenario.Clock.GetUtcNow()), (state.LastLook, state.DoneAt));
    }

    [Fact]
    public async Task While_the_home_is_unavailable_the_look_breaks_off_and_is_not_done()
    {
        await using var scenario = await StartAsync();
        Looks(scenario).Listed = [new OpenItem("D-7", Scenario.Morning, DueAt: null)];
        var client = DispatchProxy.Create<IOrchestrationClient, OddClient>();
        ((OddClient)client).Failure = new HomeUnavailableException("Away", TimeSpan.FromSeconds(1));
        await Assert.ThrowsAsync<HomeUnavailableException>(() => RunAsync(scenario, client));

        await scenario.AdvanceAsync(TimeSpan.FromMinutes(10));

        Assert.NotNull(await RunAsync(scenario));
        Assert.Empty(scenario.Get<HomeLog>().Lines);
    }

    private static Task<Scenario> StartAsync() => Scenario.StartAsync(more: services => services
        .AddSingleton<LookCounter>()
        .AddSingleton<HomeLog>());

    private static LookCounter Looks(Scenario scenario) => scenario.Get<LookCounter>();

    private static Task<SweepReport?> RunAsync(Scenario scenario, IOrchestrationClient? client = null)
    {
        var sweep = new CountedSweep(client ?? scenario.Client, scenario.Engine.Mail, Looks(scenario));
        var log = new LoggerFactory([scenario.Get<HomeLog>()]).CreateLogger<Sweeper>();
        return new Sweeper([sweep], scenario.Tables, new PolicyStore(scenario.Policy), scenario.Clock, log)
            .RunAsync(SweepKind.Receivables, scenario.Bound);
    }

    private sealed class LookCounter
    {
        private int _count;

        public int Count => _count;

        public bool Breaks { get; set; }

        public IReadOnlyList<OpenItem> Listed { get; set; } = [];

        public Func<OpenItem, OpenItem?> Found { get; set; } = item => item;

        public Func<string, string> NotifyOnce { get; set; } = id => id;

        public List<string> Notified { get; } = [];

        public void Add() => Interlocked.Increment(ref _count);
    }

    private sealed class CountedSweep(
        IOrchestrationClient client, IMailOutbox outbox, LookCounter looks) : Sweep(client, outbox)
    {
        internal override SweepKind Kind => SweepKind.Receivables;

        internal override string? PeriodOf(DateTimeOffset now, CompanyPolicy company) => SweepPeriods.Day(now, company);

        private protected override async IAsyncEnumerable<IReadOnlyList<OpenItem>> ListAsync(
            [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
        {
            await Task.Yield();
            looks.Add();
            yield return looks.Breaks ? throw new IOException("The store is away.") : looks.Listed;
        }

        private protected override Task<OpenItem?> FindAsync(OpenItem item, CancellationToken cancellation) =>
            Task.FromResult(looks.Found(item));

        private protected override Task NotifyAsync(
            string id, StalledItem stalled, NotificationBatch notifications, CancellationToken cancellation)
        {
            looks.Notified.Add(looks.NotifyOnce(id));
            return Task.CompletedTask;
        }
    }

    /// <summary>It has no instances, and reading one of them fails.</summary>
    public class OddClient : DispatchProxy
    {
        /// <summary>What comes of reading D-7; null when that works.</summary>
        public Exception? Failure { get; set; }

        /// <inheritdoc/>
        protected override object Invoke(MethodInfo? targetMethod, object?[]? args) =>
            args![0] is "D-7" && Failure is { } failure ? throw failure : Task.FromResult<OrchestrationState?>(null);
    }

    /// <summary>One of its instances is not what was written.</summary>
    public class DamagedClient : DispatchProxy
    {
        /// <inheritdoc/>
        protected override object Invoke(MethodInfo? targetMethod, object?[]? args) => args![0] is "D-7"
            ? throw new DamagedDataException("The record of instance 'D-7'")
            : Task.FromResult<OrchestrationState?>(null);
    }
}
