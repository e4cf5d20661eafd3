using Microsoft.DurableTask.Hub;
using Workflows.Azure.Durable;
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
    public async Task A_parent_shows_that_it_lives_for_as_long_as_its_child_does_and_a_short_child_costs_one_timer()
    {
        var child = Story(async (context, _) => await context.WaitForEventAsync<string>("approved"));
        var id = await StartAsync(async (context, _) =>
        {
            await context.RunSubAsync<string>(child, new SubOrchestrationOptions("first"));
            return await context.RunSubAsync<string>(child, new SubOrchestrationOptions("second"));
        });
        await RoundAsync();
        for (var day = 0; day < 10; day++)
        {
            await Home.AdvanceAsync(TimeSpan.FromDays(1));
            await RoundAsync();
            Assert.InRange(Home.Now - (await StateAsync(id)).LastUpdatedAt, TimeSpan.Zero, Timers.Longest);
        }

        await GiveAsync("first", "approved", "yes");
        await Eventually.ValueAsync(() => Client.GetAsync("second", Bound), state => state is not null, "the second child");
        var before = TimersSet();
        await GiveAsync("second", "approved", "yes");
        Assert.Equal("yes", await ResultAsync<string>(id));
        Assert.InRange(TimersSet() - before, 0, 1);
    }

    private int TimersSet() => Durable.Hub.Meter.Counts.Where(count => count.Key.Operation == HubOperation.Timer).Sum(count => count.Value);
}
