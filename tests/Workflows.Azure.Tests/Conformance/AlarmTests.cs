using Workflows.Conformance;
using Workflows.Platform;

namespace Workflows.Azure.Tests.Conformance;

/// <summary>Durable's timers are dear: each wakes the instance, and one that was given up does so too.</summary>
public sealed class AlarmTests() : HomeFacts(new DurableHomeFactory())
{
    private DurableHome Durable => (DurableHome)Home;

    [Fact]
    public async Task Timers_that_are_given_up_and_set_again_share_one_of_Durables()
    {
        var id = await StartAsync(async (context, _) =>
        {
            for (var round = 0; round < 10; round++)
            {
                using var off = new CancellationTokenSource();
                var reminder = context.CreateTimerAsync(context.UtcNow.AddDays(1 + round), off.Token);
                var message = context.WaitForEventAsync<string>("message");
                Assert.Equal(message, await Task.WhenAny(message, reminder));
                off.Cancel();
            }

            return "done";
        });
        for (var round = 0; round < 10; round++)
        {
            await GiveAsync(id, "message", "hello");
        }

        Assert.Equal("done", await ResultAsync<string>(id));
        Assert.InRange(TimersSet(), 1, 2);
    }

    [Fact]
    public async Task A_timer_that_is_set_later_and_due_sooner_rings_first_and_each_in_time()
    {
        var id = await StartAsync(async (context, _) =>
        {
            var start = context.UtcNow;
            var rung = new List<string>();
            async Task RingAsync(double days)
            {
                await context.CreateTimerAsync(start.AddDays(days));
                rung.Add($"{days} at {(context.UtcNow - start).TotalDays}");
            }

            await Task.WhenAll(new[] { 10, 2, 5, 0.5, 5 }.Select(RingAsync));
            return string.Join(", ", rung);
        });
        await RoundAsync();
        for (var day = 0; day < 40; day++)
        {
            await Home.AdvanceAsync(TimeSpan.FromHours(6));
            await RoundAsync();
        }

        Assert.Equal("0.5 at 0.5, 2 at 2, 5 at 5, 5 at 5, 10 at 10", await ResultAsync<string>(id));
    }

    [Fact]
    public async Task What_waits_for_an_event_or_for_a_child_sets_no_timer()
    {
        var child = Story(async (context, _) => await context.WaitForEventAsync<string>("approved"));
        var id = await StartAsync(
            async (context, _) => await context.RunSubAsync<string>(child, new SubOrchestrationCallOptions("child")));
        await RoundAsync();
        var before = TimersSet();
        await Home.AdvanceAsync(TimeSpan.FromDays(60));
        await Eventually.ValueAsync(() => Client.GetAsync("child", Bound), state => state is not null, "the child");
        await GiveAsync("child", "approved", "yes");
        Assert.Equal("yes", await ResultAsync<string>(id));
        Assert.Equal(before, TimersSet());
    }

    private int TimersSet() => Durable.Meter.Timers;
}
