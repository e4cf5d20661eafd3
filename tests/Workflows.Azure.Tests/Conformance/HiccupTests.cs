using Workflows.Azure.Durable.Signals;
using Workflows.Conformance;
using Workflows.Platform;

namespace Workflows.Azure.Tests.Conformance;

/// <summary>
/// Storage and hub fail for a moment, between any two steps of the adapter: nothing hangs and nothing is lost.
/// </summary>
public sealed class HiccupTests() : HomeFacts(new DurableHomeFactory())
{
    private DurableHome Durable => (DurableHome)Home;

    [Fact]
    public async Task What_was_sent_last_arrives_although_its_first_try_failed_and_the_sender_ends_then()
    {
        var receiver = await StartAsync(async (context, _) => await context.WaitForEventAsync<string>("message"));
        await RoundAsync();
        Durable.Faults.TakesNoEvents = true;
        var sender = await StartAsync((context, _) =>
        {
            context.SendEvent(receiver, "message", "hello");
            return Task.FromResult<object?>("sent");
        });
        await Eventually.TrueAsync(() => Durable.Faults.Refused > 0, "the first try to fail");
        Durable.Faults.TakesNoEvents = false;

        await PassUntilEndedAsync(sender);
        Assert.Equal("sent", await ResultAsync<string>(sender));
        Assert.Equal("hello", await ResultAsync<string>(receiver));
    }

    [Fact]
    public async Task An_orchestration_that_is_started_and_left_alone_starts_although_the_first_try_failed()
    {
        var child = NewId();
        var call = Story((_, _) => Task.FromResult<object?>("ran"));
        Durable.Faults.TakesNoStartsFor = child;
        var parent = await StartAsync((context, _) =>
        {
            Scripted.Start(context, call, child);
            return Task.FromResult<object?>("left alone");
        });
        await Eventually.TrueAsync(() => Durable.Faults.Refused > 0, "the first try to fail");
        Durable.Faults.TakesNoStartsFor = null;
        await PassUntilEndedAsync(parent);
        Assert.Equal("left alone", await ResultAsync<string>(parent));
        Assert.Equal("ran", await ResultAsync<string>(child));
    }

    [Fact]
    public async Task A_start_that_failed_half_way_is_never_reported_as_one_that_is_there()
    {
        var call = Story((_, _) => Task.FromResult<object?>("ran"));
        Durable.Faults.TakesNoStarts = true;
        await Assert.ThrowsAsync<HomeUnavailableException>(() => ScheduleAsync(call, new ScheduleOptions("deal-1")));
        Durable.Faults.TakesNoStarts = false;

        await Assert.ThrowsAsync<HomeUnavailableException>(() => ScheduleAsync(call, new ScheduleOptions("deal-1")));
        Assert.Equal(RaiseOutcome.Accepted, await RaiseAsync("deal-1", "message"));

        await Home.AdvanceAsync(TimeSpan.FromMinutes(2));
        Assert.True((await ScheduleAsync(call, new ScheduleOptions("deal-1"))).Created);
        Assert.Equal("ran", await ResultAsync<string>("deal-1"));
    }

    [Fact]
    public async Task What_was_accepted_for_a_start_that_failed_half_way_reaches_the_one_that_comes_true()
    {
        var call = Story(async (context, _) => await context.WaitForEventAsync<string>("message"));
        Durable.Faults.TakesNoStarts = true;
        await Assert.ThrowsAsync<HomeUnavailableException>(() => ScheduleAsync(call, new ScheduleOptions("deal-1")));
        Durable.Faults.TakesNoStarts = false;
        await GiveAsync("deal-1", "message", "kept");

        await Home.AdvanceAsync(TimeSpan.FromMinutes(2));
        await ScheduleAsync(call, new ScheduleOptions("deal-1"));
        Assert.Equal("kept", await ResultAsync<string>("deal-1"));
    }

    [Fact]
    public async Task A_purge_that_broke_off_leaves_no_id_that_looks_alive_and_is_finished_by_the_next()
    {
        var call = Story(async (context, _) => await context.WaitForEventAsync<string>("message"));
        await StartAsync(call, "deal-1");
        await GiveAsync("deal-1", "message", "first life");
        await ResultAsync<string>("deal-1");
        Durable.Faults.LosesAnswersToPurges = true;
        await Assert.ThrowsAsync<HomeUnavailableException>(() => Client.PurgeAsync("deal-1", Bound));
        Durable.Faults.LosesAnswersToPurges = false;

        Assert.Equal(RaiseOutcome.NotFound, await RaiseAsync("deal-1", "message", "to nobody"));
        Assert.Equal(OperationOutcome.NotFound, await Client.PurgeAsync("deal-1", Bound));
        await StartAsync(call, "deal-1");
        await GiveAsync("deal-1", "message", "second life");
        Assert.Equal("second life", await ResultAsync<string>("deal-1"));
    }

    [Fact]
    public async Task A_replacement_that_broke_off_leaves_what_was_there_to_a_start_that_may_replace_it()
    {
        var call = Story(async (context, _) => await context.WaitForEventAsync<string>("message"));
        await StartAsync(call, "deal-1");
        await GiveAsync("deal-1", "message", "first life");
        await ResultAsync<string>("deal-1");
        var replacing = new ScheduleOptions(
            "deal-1", ReplaceIf: new HashSet<OrchestrationStatus> { OrchestrationStatus.Completed });
        Durable.Faults.TakesNoStarts = true;
        await Assert.ThrowsAsync<HomeUnavailableException>(() => ScheduleAsync(call, replacing));
        Durable.Faults.TakesNoStarts = false;

        await Home.AdvanceAsync(TimeSpan.FromMinutes(2));
        Assert.False((await ScheduleAsync(call, new ScheduleOptions("deal-1"))).Created);
        Assert.True((await ScheduleAsync(call, replacing)).Created);
        await GiveAsync("deal-1", "message", "second life");
        Assert.Equal("second life", await ResultAsync<string>("deal-1"));
    }

    [Fact]
    public async Task A_wake_up_of_a_life_that_was_forgotten_brings_nothing_to_the_next_one()
    {
        var first = await StartAsync(Story((_, _) => Task.FromResult<object?>("over")), "deal-1");
        await ResultAsync<string>(first);
        Assert.Equal(OperationOutcome.Done, await Client.PurgeAsync("deal-1", Bound));
        await StartAsync(Story(async (context, _) => await context.WaitForEventAsync<string>("message")), "deal-1");
        await RoundAsync();

        var stale = new Signal(
            1, "message", Home.Now, System.Text.Json.JsonSerializer.SerializeToElement("of another life"));
        await Durable.Durable.RaiseEventAsync("deal-1", EventBuffer.WakeUpEvent, WakeUp.For("another-run", stale));
        await RoundAsync();
        await GiveAsync("deal-1", "message", "mine");
        Assert.Equal("mine", await ResultAsync<string>("deal-1"));
    }

    [Fact]
    public async Task Of_two_raisers_at_once_the_one_that_dies_leaves_its_own_note()
    {
        var id = await StartAsync(async (context, _) =>
            $"{await context.WaitForEventAsync<string>("message")}, "
                + $"{await context.WaitForEventAsync<string>("message")}");
        await RoundAsync();
        Durable.Faults.TakesNoEvents = true;
        await Assert.ThrowsAsync<HomeUnavailableException>(
            () => Client.RaiseEventAsync(id, "other", "lost", "a", Bound));
        Durable.Faults.TakesNoEvents = false;
        await GiveAsync(id, "message", "one");
        await Home.AdvanceAsync(TimeSpan.FromMinutes(6));
        Assert.Equal(1, await Durable.WakeUpOutbox.SweepAsync(Bound));
        await GiveAsync(id, "message", "two");
        Assert.Equal("one, two", await ResultAsync<string>(id));
    }

    [Fact]
    public async Task Timers_of_no_length_let_others_have_their_turn()
    {
        var id = await StartAsync(async (context, _) =>
        {
            var message = context.WaitForEventAsync<string>("message");
            while (!message.IsCompleted)
            {
                await context.CreateTimerAsync(TimeSpan.Zero);
            }

            return await message;
        });
        await GiveAsync(id, "message", "heard");
        Assert.Equal("heard", await ResultAsync<string>(id));
    }

    [Fact]
    public async Task What_goes_on_beside_an_orchestration_that_has_ended_holds_it_no_longer()
    {
        var id = await StartAsync((context, _) =>
        {
            var beside = BesideAsync(context);
            return Task.FromResult<object?>(beside.IsCompleted ? "too early" : "done");

            static async Task BesideAsync(OrchestrationContext context)
            {
                await Echo.CallAsync(context, "still under way");
                await context.CreateTimerAsync(TimeSpan.FromDays(30));
                await context.WaitForEventAsync<string>("never");
            }
        });
        Assert.Equal("done", await ResultAsync<string>(id));
    }

    /// <summary>Lets time pass, for as many tries as it takes.</summary>
    private Task<OrchestrationState> PassUntilEndedAsync(string id) => Eventually.ValueAsync(
        async () =>
        {
            await Home.AdvanceAsync(TimeSpan.FromSeconds(5));
            return await StateAsync(id);
        },
        state => state.IsEnded,
        $"{id} to end");
}
