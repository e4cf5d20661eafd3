using Workflows.Conformance;
using Workflows.Effects;
using Workflows.Lifecycle;
using Workflows.Platform;
using Workflows.Reviews;
using Workflows.Signals;
using Workflows.Trade;

namespace Workflows.Tests.Effects;

/// <summary>A person's request waits for its effect, and not a moment longer than it says.</summary>
public sealed class EffectWaitTests
{
    private readonly VirtualClock _clock = new();
    private readonly List<TimeSpan> _looks = [];

    [Fact]
    public async Task What_never_shows_is_given_up_when_the_time_is_over_and_looked_for_once_more_then()
    {
        Assert.False(await _clock.PassAsync(WaitAsync(showsAt: null)));
        Assert.Equal(EffectWait.Limit, _looks[^1]);
        Assert.Equal(TimeSpan.Zero, _looks[0]);
        Assert.InRange(_looks.Count, 3, 15);
    }

    [Fact]
    public async Task What_shows_at_the_very_end_is_seen() =>
        Assert.True(await _clock.PassAsync(WaitAsync(EffectWait.Limit)));

    [Fact]
    public async Task What_shows_at_once_is_not_waited_for()
    {
        var wait = WaitAsync(TimeSpan.Zero);
        Assert.True(wait.IsCompletedSuccessfully && await wait);
        Assert.Single(_looks);
    }

    [Fact]
    public async Task A_timer_that_rings_early_ends_in_no_failure()
    {
        var clock = new EarlyClock();
        var wait = new EffectWait(clock);
        Assert.False(await wait.UntilAsync(
            wait.Start(), () => Task.FromResult(false), seen => seen, CancellationToken.None));
        Assert.True(clock.Rings > 100);
    }

    [Fact]
    public async Task A_deal_that_is_accepted_and_not_there_yet_is_reported_so_when_the_time_is_over()
    {
        await using var scenario = await Scenario.StartAsync();
        var id = new DealId("D-1");
        await scenario.Client.ScheduleAsync(
            InquiryToPayment.Name,
            null,
            new ScheduleOptions(id.Value, scenario.Clock.GetUtcNow().AddDays(1)),
            scenario.Bound);
        var service = new DealService(scenario.Client, scenario.Tables, new EffectWait(_clock), scenario.Clock);
        var started = _clock.GetUtcNow();
        Assert.Null(await _clock.PassAsync(service.FindAsync(id, scenario.Bound)));
        Assert.Equal(EffectWait.Limit, _clock.GetUtcNow() - started);
    }

    [Fact]
    public async Task An_instance_of_another_process_is_no_deal_and_not_waited_for()
    {
        await using var scenario = await Scenario.StartAsync();
        await scenario.Client.ScheduleAsync(
            ReviewSchedule.Name,
            null,
            new ScheduleOptions("D-2", scenario.Clock.GetUtcNow().AddDays(1)),
            scenario.Bound);
        var service = new DealService(scenario.Client, scenario.Tables, new EffectWait(_clock), scenario.Clock);
        var started = _clock.GetUtcNow();

        Assert.Null(await _clock.PassAsync(service.FindAsync(new DealId("D-2"), scenario.Bound)));
        var signal = new GivenUp("s1", StaffId.System, "No such deal");
        var receipt = await _clock.PassAsync(service.SignalAsync(new DealId("D-2"), signal, scenario.Bound));

        Assert.Equal(SignalOutcome.NotFound, receipt.Outcome);
        Assert.Equal(started, _clock.GetUtcNow());
    }

    [Fact]
    public async Task All_waits_of_one_request_share_its_time()
    {
        var wait = new EffectWait(_clock);
        var started = _clock.GetUtcNow();
        var deadline = wait.Start();
        for (var i = 0; i < 3; i++)
        {
            Assert.False(await _clock.PassAsync(wait.UntilAsync(
                deadline, () => Task.FromResult(false), shown => shown, CancellationToken.None)));
        }

        Assert.Equal(EffectWait.Limit, _clock.GetUtcNow() - started);
    }

    private Task<bool> WaitAsync(TimeSpan? showsAt)
    {
        var started = _clock.GetUtcNow();
        var wait = new EffectWait(_clock);
        return wait.UntilAsync(wait.Start(), Look, shown => shown, CancellationToken.None);

        Task<bool> Look()
        {
            _looks.Add(_clock.GetUtcNow() - started);
            return Task.FromResult(_looks[^1] >= showsAt);
        }
    }

    /// <summary>Every timer rings after a millisecond, whatever it was set to.</summary>
    private sealed class EarlyClock : TimeProvider
    {
        private long _milliseconds;

        public int Rings { get; private set; }

        public override long TimestampFrequency => 1000;

        public override long GetTimestamp() => _milliseconds;

        public override ITimer CreateTimer(
            TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            _milliseconds++;
            Rings++;
            callback(state);
            return System.CreateTimer(_ => { }, null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }
}
