using Workflows.Platform;

namespace Workflows.Conformance;

/// <summary>Events: kept, ordered, delivered once.</summary>
public abstract class EventFacts(HomeFactory factory) : HomeFacts(factory)
{
    /// <summary>Row 1.</summary>
    [Fact]
    public virtual async Task C01_event_before_wait_is_buffered_and_given_once()
    {
        var gate = NewGate();
        var busy = StepThrough(gate);
        var secondWait = new Mark();
        var id = await StartAsync(async (context, _) =>
        {
            await context.DoAsync(busy);
            var first = await context.WaitForEventAsync<string>("approved");
            secondWait.Hit();
            var second = await context.WaitForEventAsync<string>("approved", context.UtcNow.AddMinutes(1));
            return $"{first}, then {(second.TimedOut ? "nothing" : second.Payload)}";
        });

        await gate.ArrivedAsync();
        await GiveAsync(id, "approved", "yes");
        gate.Open();
        await secondWait.ReachedAsync();
        await Home.AdvanceAsync(TimeSpan.FromMinutes(1));

        Assert.Equal("yes, then nothing", await ResultAsync<string>(id));
    }

    /// <summary>Row 2.</summary>
    [Fact]
    public virtual async Task C02_event_before_the_start_is_delivered_after_it()
    {
        var id = NewId();
        var story = Story(async (context, _) => await context.WaitForEventAsync<string>("approved"));
        await ScheduleAsync(story, new ScheduleOptions(id, Home.Now.AddSeconds(30)));

        await GiveAsync(id, "approved", "early");
        await RoundAsync();
        Assert.Equal(OrchestrationStatus.Pending, (await StateAsync(id)).Status);
        await Home.AdvanceAsync(TimeSpan.FromSeconds(30));

        Assert.Equal("early", await ResultAsync<string>(id));
    }

    /// <summary>Row 3.</summary>
    [Fact]
    public virtual async Task C03_events_of_one_name_are_given_in_the_order_they_were_raised()
    {
        var id = await StartAsync(async (context, _) =>
        {
            await context.WaitForEventAsync<string>("begin");
            var got = new List<string>();
            for (var i = 0; i < 3; i++)
            {
                got.Add(await context.WaitForEventAsync<string>("paid"));
            }

            return got;
        });

        foreach (var payload in new[] { "one", "two", "three" })
        {
            await GiveAsync(id, "paid", payload);
        }

        await GiveAsync(id, "begin");
        Assert.Equal(["one", "two", "three"], await ResultAsync<string[]>(id));
    }

    /// <summary>Row 4. Product code holds one open wait per name; whoever holds more gets the newest served first.</summary>
    [Fact]
    public virtual async Task C04_of_several_open_waits_the_newest_is_served_first()
    {
        var waiting = new Mark();
        var id = await StartAsync(async (context, _) =>
        {
            var waits = Enumerable.Range(0, 3).Select(_ => context.WaitForEventAsync<string>("paid")).ToArray();
            waiting.Hit();
            return await Task.WhenAll(waits);
        });

        await waiting.ReachedAsync();
        foreach (var payload in new[] { "one", "two", "three" })
        {
            await GiveAsync(id, "paid", payload);
        }

        Assert.Equal(["three", "two", "one"], await ResultAsync<string[]>(id));
    }

    /// <summary>Row 9.</summary>
    [Fact]
    public virtual async Task C09_event_names_are_compared_without_regard_to_case()
    {
        var id = await StartAsync(async (context, _) => await context.WaitForEventAsync<string>("Approved"));
        await GiveAsync(id, "APPROVED", "loud");
        Assert.Equal("loud", await ResultAsync<string>(id));
    }

    /// <summary>Row 10.</summary>
    [Fact]
    public virtual async Task C10_open_waits_of_one_name_and_two_types_are_refused()
    {
        var id = await StartAsync(async (context, _) =>
        {
            var number = context.WaitForEventAsync<int>("paid");
            var text = context.WaitForEventAsync<string>("paid");
            return $"{await text} {await number}";
        });

        var failure = await FailureAsync(id);
        Assert.True(failure.IsCausedBy<ArgumentException>(), failure.Type);
        Assert.Contains("paid", failure.Message, StringComparison.Ordinal);
    }

    /// <summary>Row 11: payloads of text.</summary>
    [Theory]
    [InlineData("null")]
    [InlineData("empty")]
    [InlineData("emoji")]
    [InlineData("right to left")]
    [InlineData("NUL")]
    [InlineData("1 MB")]
    public virtual async Task C11_an_event_payload_comes_through_as_it_was(string kind)
    {
        var payload = kind switch
        {
            "null" => null,
            "empty" => "",
            "emoji" => "👩‍💼 agrees 🤝",
            "right to left" => "שלום ‏עולם‎ مرحبا",
            "NUL" => "before\0after",
            _ => new string('ж', 500_000),
        };
        var id = await StartAsync(async (context, _) =>
        {
            var got = await context.WaitForEventAsync<string?>("paid");
            return new Received(got is null, got);
        });

        await GiveAsync(id, "paid", payload);
        Assert.Equal(new Received(payload is null, payload), await ResultAsync<Received>(id));
    }

    /// <summary>Row 11: a payload that is an object, and an empty one.</summary>
    [Fact]
    public virtual async Task C11_an_event_payload_may_be_an_object_with_or_without_members()
    {
        var id = await StartAsync(async (context, _) => new[]
        {
            await context.WaitForEventAsync<Received>("paid"),
            await context.WaitForEventAsync<Received>("paid"),
        });

        await GiveAsync(id, "paid", new { });
        await GiveAsync(id, "paid", new Received(true, "full"));
        Assert.Equal([new Received(false, null), new Received(true, "full")], await ResultAsync<Received[]>(id));
    }

    /// <summary>Row 12: twenty waves of fifty; within a wave they race, the waves come one after the other.</summary>
    [Fact]
    public virtual async Task C12_a_thousand_events_are_given_once_each_and_in_order()
    {
        const int Waves = 20;
        const int Width = 50;
        var id = await StartAsync(async (context, _) =>
        {
            var got = new List<int>();
            while (got.Count < Waves * Width)
            {
                got.Add(await context.WaitForEventAsync<int>("paid"));
            }

            return got;
        });

        for (var wave = 0; wave < Waves; wave++)
        {
            var first = wave * Width;
            await Task.WhenAll(Enumerable.Range(first, Width).Select(n => GiveAsync(id, "paid", n)));
        }

        var got = await ResultAsync<int[]>(id);
        Assert.Equal(Enumerable.Range(0, Waves * Width), got.Order());
        Assert.Equal(got.Select(n => n / Width).Order(), got.Select(n => n / Width));
    }

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

            Assert.All(raised, outcome => Assert.Contains(outcome, new[] { RaiseOutcome.Accepted, RaiseOutcome.TooLate }));
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

    private sealed record Received(bool WasNull, string? Text);
}
