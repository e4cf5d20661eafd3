using Workflows.Platform;

namespace Workflows.Conformance;

/// <summary>Large things: payloads, histories, turns.</summary>
public abstract class PayloadFacts(HomeFactory factory) : HomeFacts(factory)
{
    /// <summary>Row 89: one text goes in as input, event, activity input and result, and comes out as output.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(48 * 1024)]
    [InlineData(64 * 1024 - 1)]
    [InlineData(64 * 1024)]
    [InlineData(64 * 1024 + 1)]
    [InlineData(256 * 1024)]
    [InlineData(1024 * 1024)]
    [InlineData(10 * 1024 * 1024)]
    public virtual async Task C89_a_payload_of_any_allowed_size_comes_through_whole(int size)
    {
        if (size + 1_000 > Traits.MaxPayloadBytes)
        {
            size = Traits.MaxPayloadBytes - 1_000;
        }

        var text = TextOf(size);
        var story = Story(async (context, call) =>
        {
            var came = await context.WaitForEventAsync<string>("paid");
            var done = await Echo.CallAsync(context, came);
            return done == call.Read<string>() ? done : "not the same";
        });
        var id = await StartAsync(story.With(text));
        await GiveAsync(id, "paid", text);
        Assert.True(await ResultAsync<string>(id) == text, "The text should come out as it went in.");
        await Home.RestartAsync();
        Assert.True(
            (await StateAsync(id)).ReadOutput<string>() == text, "The text should still be there after a restart.");
    }

    /// <summary>Row 89: one byte too many, from outside.</summary>
    [Fact]
    public virtual async Task C89_a_payload_from_outside_that_is_too_large_is_refused_and_nothing_is_kept()
    {
        var tooLarge = new string('x', Traits.MaxPayloadBytes - 1);
        var refusedStart = await Assert.ThrowsAnyAsync<ArgumentException>(
            () => EchoStory.ScheduleAsync(Client, tooLarge, new ScheduleOptions("deal-1"), Bound));
        Assert.InRange(refusedStart.Message.Length, 1, 1_000);
        Assert.Null(await Client.GetAsync("deal-1", Bound));

        var id = await StartAsync(async (context, _) => (await context.WaitForEventAsync<string>("paid")).Length);
        await Assert.ThrowsAnyAsync<ArgumentException>(() => RaiseAsync(id, "paid", tooLarge));
        await GiveAsync(id, "paid", tooLarge[..^1]);
        Assert.Equal(tooLarge.Length - 1, await ResultAsync<int>(id));
    }

    /// <summary>Row 89: a result that is too large fails its step; nothing is stuck.</summary>
    [Fact]
    public virtual async Task C89_an_activity_result_that_is_too_large_fails_the_call_without_a_retry()
    {
        var runs = new Mark();
        var step = Step((_, _) =>
        {
            runs.Hit();
            return Task.FromResult<object?>(new string('x', Traits.MaxPayloadBytes));
        });
        var id = await StartAsync(async (context, _) =>
            (await context.DoAsync<string>(step, new CallRetryPolicy(5, TimeSpan.FromSeconds(1)))).Length);

        var failure = await FailureAsync(id);
        Assert.True(failure.IsCausedBy<CallFailedException>(), failure.Type);
        Assert.True(failure.Inner!.IsNonRetriable);
        Assert.InRange(failure.Inner.Message.Length, 1, 1_000);
        Assert.Equal(1, runs.Count);
    }

    /// <summary>Row 89: an output that is too large.</summary>
    [Fact]
    public virtual async Task C89_an_orchestration_whose_result_is_too_large_ends_failed()
    {
        var id = await StartAsync((_, _) => Task.FromResult<object?>(new string('x', Traits.MaxPayloadBytes)));
        Assert.InRange((await FailureAsync(id)).Message.Length, 1, 1_000);
    }

    /// <summary>
    /// Row 90: ten rounds of five hundred activities are more than 10,000 events, and a restart replays them all.
    /// </summary>
    [Fact]
    public virtual async Task C90_a_history_of_ten_thousand_events_gives_the_right_result_after_a_replay()
    {
        const int Rounds = 10;
        var width = Traits.Many / 2;
        var last = new Mark();
        var id = await StartAsync(async (context, _) =>
        {
            var sum = 0;
            for (var round = 0; round < Rounds; round++)
            {
                var results = await Task.WhenAll(
                    Enumerable.Range(0, width).Select(n => Echo.CallAsync(context, $"{n}")));
                sum += results.Sum(result => int.Parse(result, System.Globalization.CultureInfo.InvariantCulture));
            }

            last.Hit(context);
            return $"{sum} {await context.WaitForEventAsync<string>("close")}";
        });

        await last.ReachedAsync();
        await RoundAsync();
        await Home.RestartAsync();
        await GiveAsync(id, "close", "closed");
        Assert.Equal($"{Rounds * width * (width - 1) / 2} closed", await ResultAsync<string>(id));
    }

    /// <summary>Row 91.</summary>
    [Fact]
    public virtual async Task C91_a_thousand_actions_of_one_turn_are_all_carried_out_once()
    {
        var each = Traits.Many / 4;
        var runs = new Mark();
        var step = Step(runs.Hit);
        var child = Story((_, call) => Task.FromResult<object?>(call.Input));
        var listener = await StartAsync(async (context, _) =>
        {
            var heard = new List<int>();
            while (heard.Count < each)
            {
                heard.Add(await context.WaitForEventAsync<int>("note"));
            }

            return heard;
        });
        var id = await StartAsync(async (context, _) =>
        {
            var open = new List<Task>();
            for (var n = 0; n < each; n++)
            {
                open.Add(context.DoAsync(step));
                open.Add(context.CreateTimerAsync(TimeSpan.Zero));
                open.Add(context.RunSubAsync<int>(child.With(n)));
                context.SendEvent(listener, "note", n);
            }

            await Task.WhenAll(open);
            return open.OfType<Task<int>>().Sum(task => task.Result);
        });

        Assert.Equal(each * (each - 1) / 2, await ResultAsync<int>(id));
        Assert.Equal(Enumerable.Range(0, each), await ResultAsync<int[]>(listener));
        Assert.Equal(each, runs.Count);
    }

    /// <summary>Text that a compressor cannot make small, of characters that JSON leaves alone.</summary>
    private static string TextOf(int size)
    {
        const string Alphabet = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_";
        var state = 0x9E3779B97F4A7C15UL;
        return string.Create(size, Alphabet, (characters, alphabet) =>
        {
            for (var i = 0; i < characters.Length; i++)
            {
                state = state * 6364136223846793005UL + 1442695040888963407UL;
                characters[i] = alphabet[(int)(state >> 58)];
            }
        });
    }
}
