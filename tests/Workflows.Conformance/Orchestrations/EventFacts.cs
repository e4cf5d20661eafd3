using System.Text.Json.Serialization;
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

    /// <summary>
    /// Row 4. Product code holds one open wait per name; an orchestration that holds more gets the newest served first.
    /// </summary>
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

    /// <summary>A case of a union, raised as what it is, is read as the union.</summary>
    [Fact]
    public virtual async Task A_case_of_a_union_comes_through_with_its_tag()
    {
        var id = await StartAsync(
            async (context, _) => (await context.WaitForEventAsync<Shape>("drawn")) is Circle { Radius: 3 });
        await GiveAsync(id, "drawn", new Circle(3));
        Assert.True(await ResultAsync<bool>(id));
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
        var width = Traits.Many / Waves;
        var id = await StartAsync(async (context, _) =>
        {
            var got = new List<int>();
            while (got.Count < Waves * width)
            {
                got.Add(await context.WaitForEventAsync<int>("paid"));
            }

            return got;
        });

        for (var wave = 0; wave < Waves; wave++)
        {
            var first = wave * width;
            await Task.WhenAll(Enumerable.Range(first, width).Select(n => GiveAsync(id, "paid", n)));
        }

        var got = await ResultAsync<int[]>(id);
        Assert.Equal(Enumerable.Range(0, Waves * width), got.Order());
        Assert.Equal(got.Select(n => n / width).Order(), got.Select(n => n / width));
    }

    private sealed record Received(bool WasNull, string? Text);

    [JsonPolymorphic]
    [JsonDerivedType(typeof(Circle), "circle")]
    private abstract record Shape;

    private sealed record Circle(int Radius) : Shape;
}
