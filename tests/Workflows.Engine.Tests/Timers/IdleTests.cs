using Workflows.Platform;

namespace Workflows.Engine.Tests.Timers;

public sealed class IdleTests : EngineFixture
{
    private readonly PolledClock _clock = new();

    protected override EngineOptions Options
    {
        get
        {
            var options = base.Options;
            options.TimeProvider = _clock;
            return options;
        }
    }

    protected override DurableCatalog Catalog => new DurableCatalog().AddOrchestration<Sleep>();

    [Fact]
    public async Task An_idle_engine_allocates_nothing_when_it_looks_at_the_time()
    {
        await Sleep.ScheduleAsync(Engine.Client, 30, new ScheduleOptions("asleep"), CancellationToken.None);
        var poll = Assert.Single(_clock.Polls);
        poll();

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++)
        {
            poll();
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    internal sealed class Sleep : Orchestration<Sleep, int, int>
    {
        public override async Task<int> RunAsync(OrchestrationContext context, int input)
        {
            await context.CreateTimerAsync(TimeSpan.FromDays(input));
            return input;
        }
    }

    /// <summary>The system's clock, whose periodic timers are called by the test.</summary>
    private sealed class PolledClock : TimeProvider
    {
        public List<Action> Polls { get; } = [];

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            if (period > TimeSpan.Zero)
            {
                Polls.Add(() => callback(state));
                period = Timeout.InfiniteTimeSpan;
                dueTime = Timeout.InfiniteTimeSpan;
            }

            return System.CreateTimer(callback, state, dueTime, period);
        }
    }
}
