using Workflows.Platform;

namespace Workflows.Conformance;

/// <summary>What the raiser of an event gets, and events that come twice, too late, or to nobody.</summary>
public abstract class EventOutcomeFacts(HomeFactory factory) : HomeFacts(factory)
{
    /// <summary>Row 13.</summary>
    [Fact]
    public virtual async Task C13_an_event_to_nobody_is_told_to_the_caller_and_not_kept()
    {
        var id = NewId();
        Assert.Equal(RaiseOutcome.NotFound, await RaiseAsync(id, "approved", "lost"));

        var waiting = new Mark();
        await StartAsync(
            Story(async (context, _) =>
            {
                waiting.Hit();
                return (await context.WaitForEventAsync<string>("approved", context.UtcNow.AddMinutes(1))).TimedOut;
            }),
            id);
        await waiting.ReachedAsync();
        await Home.AdvanceAsync(TimeSpan.FromMinutes(1));
        Assert.True(await ResultAsync<bool>(id));
    }

    /// <summary>Row 14.</summary>
    [Fact]
    public virtual async Task C14_an_event_after_the_end_changes_nothing()
    {
        var id = await StartAsync((_, _) => Task.FromResult<object?>("done"));
        var ended = await EndAsync(id);
        await Home.AdvanceAsync(TimeSpan.FromMinutes(1));

        Assert.Equal(RaiseOutcome.TooLate, await RaiseAsync(id, "approved", "late"));
        Assert.Equal(OperationOutcome.NoChange, await Client.TerminateAsync(id, "late", recursive: false, Bound));
        await RoundAsync();
        await UnchangedAsync(ended);
    }

    /// <summary>Row 17.</summary>
    [Fact]
    public virtual async Task C17_an_event_id_is_delivered_once()
    {
        var secondWait = new Mark();
        var id = await StartAsync(async (context, _) =>
        {
            var first = await context.WaitForEventAsync<string>("paid");
            secondWait.Hit();
            var second = await context.WaitForEventAsync<string>("paid", context.UtcNow.AddMinutes(1));
            return $"{first}, then {(second.TimedOut ? "nothing" : second.Payload)}";
        });

        Assert.Equal(RaiseOutcome.Accepted, await Client.RaiseEventAsync(id, "paid", "100", "payment-7", Bound));
        Assert.Equal(RaiseOutcome.Duplicate, await Client.RaiseEventAsync(id, "paid", "100", "payment-7", Bound));
        await secondWait.ReachedAsync();
        Assert.Equal(RaiseOutcome.Duplicate, await Client.RaiseEventAsync(id, "paid", "100", "payment-7", Bound));
        await RoundAsync();
        await Home.AdvanceAsync(TimeSpan.FromMinutes(1));

        Assert.Equal("100, then nothing", await ResultAsync<string>(id));
    }

    /// <summary>Row 17 under a race.</summary>
    [Fact]
    public virtual async Task C17_of_many_raises_of_one_event_id_one_is_taken()
    {
        var id = await StartAsync(async (context, _) =>
        {
            await context.WaitForEventAsync<string>("paid");
            return await context.WaitForEventAsync<string>("paid");
        });

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ =>
            Client.RaiseEventAsync(id, "paid", "first", "payment-7", Bound)));
        Assert.Equal(1, outcomes.Count(outcome => outcome == RaiseOutcome.Accepted));
        Assert.Equal(39, outcomes.Count(outcome => outcome == RaiseOutcome.Duplicate));

        await GiveAsync(id, "paid", "second");
        Assert.Equal("second", await ResultAsync<string>(id));
    }

    /// <summary>Row 72.</summary>
    [Fact]
    public virtual async Task C72_an_event_that_races_with_the_end_is_taken_or_told_to_be_late()
    {
        for (var round = 0; round < 20; round++)
        {
            var id = await StartAsync(async (context, _) => await context.WaitForEventAsync<int>("close"));
            var raised = await Task.WhenAll(Enumerable.Range(0, 5).Select(n => RaiseAsync(id, "close", n)));

            Assert.All(
                raised, outcome => Assert.Contains(outcome, new[] { RaiseOutcome.Accepted, RaiseOutcome.TooLate }));
            var winner = await ResultAsync<int>(id);
            Assert.Equal(RaiseOutcome.Accepted, raised[winner]);
            Assert.Equal(RaiseOutcome.TooLate, await RaiseAsync(id, "close", 9));
        }
    }

    /// <summary>Between instances, by <see cref="OrchestrationContext.SendEvent"/>.</summary>
    [Fact]
    public virtual async Task An_event_sent_by_another_instance_is_given_once_and_a_lost_address_harms_nobody()
    {
        var receiver = await StartAsync(async (context, _) =>
            $"{await context.WaitForEventAsync<string>("note")} {await context.WaitForEventAsync<string>("note")}");
        var sender = await StartAsync(async (context, _) =>
        {
            context.SendEvent(receiver, "note", "one");
            context.SendEvent("nobody-at-all", "note", "lost");
            await Echo.CallAsync(context, "between");
            context.SendEvent(receiver, "NOTE", "two");
            return "sent";
        });

        Assert.Equal("sent", await ResultAsync<string>(sender));
        Assert.Equal("one two", await ResultAsync<string>(receiver));
    }
}
