using System.Text.Json;

namespace Workflows.Web.Tests.Deals;

/// <summary>The first-response clock stands while the deal waits for an approver.</summary>
public sealed class StandingClockTests
{
    [Fact]
    public async Task Nobody_is_nudged_and_no_owner_is_relieved_while_an_approver_thinks()
    {
        await using var home = await OfferHome.StartAsync();
        var (deal, owner) = await AskedAsync(home);

        await home.AdvanceToAsync(OfferHome.Morning.AddDays(1).AddHours(23));

        var waiting = await home.DealAsync(deal);
        Assert.Equal(owner, waiting.GetProperty("owner").GetString());
        Assert.Equal(JsonValueKind.Null, waiting.GetProperty("waiting").GetProperty("until").ValueKind);
        Assert.Empty(await home.MailsAsync(deal, "inquiry-nudge"));
        Assert.Empty(await home.MailsAsync(deal, "inquiry-escalated"));
    }

    [Fact]
    public async Task After_a_no_the_clock_runs_on_with_the_working_time_that_was_left()
    {
        await using var home = await OfferHome.StartAsync();
        var deal = await home.AssignedAsync();
        var due = (await WaitingAsync(home, deal)).GetProperty("until").GetDateTimeOffset();
        await home.AdvanceToAsync(OfferHome.Morning.AddMinutes(30));
        await home.QuoteAsync(deal, discount: 12);
        await home.AdvanceToAsync(OfferHome.Morning.AddDays(1).AddHours(1));
        await home.DecideAsync(await home.LinkAsync(deal, "viktor"), "reject");

        var waiting = await WaitingAsync(home, deal);
        Assert.Equal("the first response", waiting.GetProperty("for").GetString());
        Assert.Equal(
            OfferHome.Morning.AddDays(1).AddHours(1) + (due - OfferHome.Morning.AddMinutes(30)),
            waiting.GetProperty("until").GetDateTimeOffset());
        await home.AdvanceToAsync(waiting.GetProperty("until").GetDateTimeOffset());
        Assert.Single(await home.MailsAsync(deal, "inquiry-nudge"));
    }

    [Fact]
    public async Task A_draft_that_is_put_in_again_and_again_wins_no_time()
    {
        await using var home = await OfferHome.StartAsync();
        var deal = await home.AssignedAsync();
        var due = (await WaitingAsync(home, deal)).GetProperty("until").GetDateTimeOffset();
        await home.QuoteAsync(deal, discount: 12);
        await home.AdvanceToAsync(OfferHome.Morning.AddMinutes(20));
        await home.QuoteAsync(deal, discount: 13);
        await home.AdvanceToAsync(OfferHome.Morning.AddMinutes(40));
        await home.QuoteAsync(deal, discount: 40);

        var waiting = await WaitingAsync(home, deal);
        Assert.Equal(due.AddMinutes(40), waiting.GetProperty("until").GetDateTimeOffset());
    }

    [Fact]
    public async Task The_months_response_rate_leaves_out_what_the_approver_took()
    {
        await using var home = await OfferHome.StartAsync();
        var (deal, _) = await AskedAsync(home);
        await home.AdvanceToAsync(OfferHome.Morning.AddDays(1).AddHours(23));
        await home.DecideAsync(await home.LinkAsync(deal, "viktor"));
        Assert.Equal("Sent", (await home.DealAsync(deal)).GetProperty("quotationStatus").GetString());

        await home.AdvanceToAsync(new DateTimeOffset(2026, 12, 3, 0, 0, 0, TimeSpan.Zero));
        await home.PostAsync("/api/reviews/2026-11", "{}");
        var review = await home.GetAsync("/api/reviews/2026-11");

        Assert.Equal("100", ValueOf(review, "response-rate"));
        Assert.Equal("0.5", ValueOf(review, "first-response"));
    }

    private static async Task<(string Deal, string? Owner)> AskedAsync(OfferHome home)
    {
        var deal = await home.AssignedAsync();
        await home.AdvanceToAsync(OfferHome.Morning.AddMinutes(30));
        await home.QuoteAsync(deal, discount: 12);
        return (deal, (await home.DealAsync(deal)).GetProperty("owner").GetString());
    }

    private static async Task<JsonElement> WaitingAsync(OfferHome home, string deal) =>
        (await home.DealAsync(deal)).GetProperty("waiting");

    private static string? ValueOf(JsonElement review, string key)
    {
        var text = review.ToString();
        var start = text.IndexOf($"\"{key}\"", StringComparison.Ordinal);
        Assert.True(start >= 0, text[..Math.Min(2000, text.Length)]);
        var value = text[text.IndexOf("\"value\":", start, StringComparison.Ordinal)..]["\"value\":".Length..];
        return value[..value.IndexOfAny([',', '}'])].Trim('"');
    }
}
