using Workflows.Azure.Durable;
using Workflows.Conformance;
using Workflows.Platform;

namespace Workflows.Azure.Tests.Conformance;

/// <summary>A process may die after it has kept a signal and before it has woken the instance that it is for.</summary>
public sealed class WakeUpTests() : HomeFacts(new DurableHomeFactory())
{
    private static readonly TimeSpan Month = TimeSpan.FromDays(30);

    private DurableHome Durable => (DurableHome)Home;

    [Fact]
    public async Task A_signal_whose_wake_up_was_lost_is_found_by_the_sweep()
    {
        var id = await StartAsync(async (context, _) => await context.WaitForEventAsync<string>("approved"));
        await LoseAsync(id);
        await RoundAsync();
        await StatusAsync(id, OrchestrationStatus.Running);

        Assert.Equal(0, await Durable.WakeUpOutbox.SweepAsync(Bound));
        await Home.AdvanceAsync(TimeSpan.FromMinutes(10));
        Assert.Equal(1, await Durable.WakeUpOutbox.SweepAsync(Bound));
        Assert.Equal("yes", await ResultAsync<string>(id));
        Assert.Equal(0, await Durable.WakeUpOutbox.SweepAsync(Bound));
    }

    [Fact]
    public async Task The_sweep_goes_past_what_has_ended_or_is_gone()
    {
        var ended = await StartAsync(async (context, _) => await context.WaitForEventAsync<string>("approved"));
        await LoseAsync(ended);
        await Client.TerminateAsync(ended, "no longer wanted", recursive: false, Bound);
        var purged = await StartAsync(async (context, _) => await context.WaitForEventAsync<string>("approved"));
        await LoseAsync(purged);
        await Client.TerminateAsync(purged, "no longer wanted", recursive: false, Bound);
        Assert.Equal(OperationOutcome.Done, await Client.PurgeAsync(purged, Bound));
        var waiting = await StartAsync(async (context, _) => await context.WaitForEventAsync<string>("approved"));
        await LoseAsync(waiting);

        await Home.AdvanceAsync(TimeSpan.FromMinutes(10));
        Assert.Equal(3, await Durable.WakeUpOutbox.SweepAsync(Bound));
        Assert.Equal("yes", await ResultAsync<string>(waiting));
        Assert.Equal(0, await Durable.WakeUpOutbox.SweepAsync(Bound));
    }

    [Fact]
    public async Task One_that_keeps_being_refused_keeps_no_other_from_being_woken()
    {
        var waiting = new List<string>();
        for (var each = 0; each < 3; each++)
        {
            waiting.Add(await StartAsync(async (context, _) => await context.WaitForEventAsync<string>("approved")));
            await LoseAsync(waiting[each]);
        }

        // The sweep goes through them in the order of the table, and must come past the first.
        var first = (await Home.Tables.QueryAsync("WakeUpOutbox", TableQuery.Of("open"), Bound)).Items[0]
            .RequiredText("Instance");
        Durable.Faults.TakesNoEventsFor = first;
        await Home.AdvanceAsync(TimeSpan.FromMinutes(10));
        Assert.Equal(2, await Durable.WakeUpOutbox.SweepAsync(Bound));
        foreach (var id in waiting.Where(id => id != first))
        {
            Assert.Equal("yes", await ResultAsync<string>(id));
        }

        AlertedOf(first);
        await StatusAsync(first, OrchestrationStatus.Running);
        Durable.Faults.TakesNoEventsFor = null;
        Assert.Equal(1, await Durable.WakeUpOutbox.SweepAsync(Bound));
        Assert.Equal("yes", await ResultAsync<string>(first));
    }

    [Fact]
    public async Task A_second_raise_of_the_same_event_wakes_too()
    {
        var id = await StartAsync(async (context, _) => await context.WaitForEventAsync<string>("approved"));
        await LoseAsync(id);
        Assert.Equal(RaiseOutcome.Duplicate, await Client.RaiseEventAsync(id, "approved", "yes", "lost", Bound));
        Assert.Equal("yes", await ResultAsync<string>(id));
    }

    [Fact]
    public async Task A_signal_that_was_lost_before_the_waits_time_is_up_counts_when_it_is()
    {
        var id = await StartAsync(async (context, _) =>
        {
            var approved = await context.WaitForEventAsync<string>("approved", context.UtcNow + Month);
            return $"{approved.TimedOut}, {approved.Payload}";
        });
        await LoseAsync(id);
        await Home.AdvanceAsync(Month);
        Assert.Equal("False, yes", await ResultAsync<string>(id));
    }

    [Fact]
    public async Task A_signal_that_came_through_leaves_nothing_to_sweep()
    {
        var id = await StartAsync(async (context, _) => await context.WaitForEventAsync<string>("approved"));
        await RoundAsync();
        await GiveAsync(id, "approved", "yes");
        Assert.Equal("yes", await ResultAsync<string>(id));
        await Home.AdvanceAsync(TimeSpan.FromDays(1));
        Assert.Equal(0, await Durable.WakeUpOutbox.SweepAsync(Bound));
    }

    [Fact]
    public async Task A_signal_to_one_that_has_not_begun_is_announced_again_as_Durable_may_have_dropped_it()
    {
        var id = await StartAsync(async (context, _) => await context.WaitForEventAsync<string>("approved"));
        await GiveAsync(id, "approved", "yes");
        Assert.Equal("yes", await ResultAsync<string>(id));
        await Home.AdvanceAsync(TimeSpan.FromMinutes(10));
        Assert.InRange(await Durable.WakeUpOutbox.SweepAsync(Bound), 0, 1);
        Assert.Equal(0, await Durable.WakeUpOutbox.SweepAsync(Bound));
    }

    [Fact]
    public async Task An_instance_looks_once_as_it_begins_and_a_child_does_not()
    {
        var child = Story(async (context, _) => await context.WaitForEventAsync<string>("approved"));
        var id = await StartAsync(
            async (context, _) => await context.RunSubAsync<string>(child, new SubOrchestrationCallOptions("child"))
            + await context.WaitForEventAsync<string>("approved"));
        await Eventually.ValueAsync(() => Client.GetAsync("child", Bound), state => state is not null, "the child");
        await RoundAsync();
        await GiveAsync("child", "approved", "yes ");
        await GiveAsync(id, "approved", "yes");
        Assert.Equal("yes yes", await ResultAsync<string>(id));
        Assert.Equal(1, Looks());
    }

    [Fact]
    public async Task A_signal_comes_with_its_wake_up_and_only_a_large_one_is_looked_up()
    {
        var id = await StartAsync(async (context, _) =>
        {
            var lengths = new List<int>();
            while (lengths.Count < 3)
            {
                lengths.Add((await context.WaitForEventAsync<string>("message")).Length);
            }

            return string.Join(' ', lengths);
        });
        await RoundAsync();
        var before = Looks();
        await GiveAsync(id, "message", "short");
        await GiveAsync(id, "message", new string('x', 100_000));
        await GiveAsync(id, "message", "short");
        Assert.Equal("5 100000 5", await ResultAsync<string>(id));
        Assert.InRange(Looks() - before, 1, 2);
    }

    [Fact]
    public async Task A_signal_after_a_lost_one_does_not_overtake_it()
    {
        var id = await StartAsync(async (context, _) =>
            $"{await context.WaitForEventAsync<string>("approved")}, "
                + $"{await context.WaitForEventAsync<string>("approved")}");
        await LoseAsync(id);
        await GiveAsync(id, "approved", "second");
        Assert.Equal("yes, second", await ResultAsync<string>(id));
    }

    /// <summary>How often the table of signals was looked into.</summary>
    private int Looks() => Durable.Meter.Activities.GetValueOrDefault(AdapterFunctions.ReadSignals);

    /// <summary>Keeps a signal and loses its wake-up.</summary>
    private async Task LoseAsync(string id)
    {
        await RoundAsync();
        Durable.Faults.TakesNoEvents = true;
        await Assert.ThrowsAsync<HomeUnavailableException>(
            () => Client.RaiseEventAsync(id, "approved", "yes", "lost", Bound));
        Durable.Faults.TakesNoEvents = false;
    }
}
