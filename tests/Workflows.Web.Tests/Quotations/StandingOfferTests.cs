using System.Net;
using System.Text.Json;

namespace Workflows.Web.Tests.Quotations;

/// <summary>What the buyer holds stands until the next one goes out; its days count from when it went out.</summary>
public sealed class StandingOfferTests
{
    [Fact]
    public async Task Validity_counts_from_the_day_on_which_the_offer_goes_out()
    {
        await using var home = await OfferHome.StartAsync();
        var deal = await home.AssignedAsync();
        await home.QuoteAsync(deal, discount: 12, days: 1);
        await home.AdvanceToAsync(OfferHome.Morning.AddDays(1).AddHours(23));
        Assert.Equal(HttpStatusCode.OK, (await home.DecideAsync(await home.LinkAsync(deal, "viktor"))).StatusCode);

        var sent = await home.DealAsync(deal);
        Assert.Equal("Sent", sent.GetProperty("quotationStatus").GetString());
        // The last second of Saturday where the buyer is, in Berlin: Friday, when it went out, and a day.
        Assert.Equal(
            new DateTimeOffset(2026, 11, 7, 22, 59, 59, TimeSpan.Zero),
            sent.GetProperty("quotation").GetProperty("validUntil").GetDateTimeOffset());
        var mail = Assert.Single(await home.MailsAsync(deal, "quotation-offer"));
        Assert.Contains("7 November 2026", mail.Text, StringComparison.Ordinal);
        Assert.Empty(await home.MailsAsync(deal, "quotation-expired"));
        await home.AcceptAsync(deal);
        Assert.Equal("Ordered", (await home.DealAsync(deal)).GetProperty("stage").GetString());
    }

    [Fact]
    public async Task The_buyer_may_accept_what_they_hold_while_a_new_version_waits_for_its_approval()
    {
        await using var home = await OfferHome.StartAsync();
        var deal = await WithVersionAsync(home, discount: 12);

        var waiting = await home.DealAsync(deal);
        Assert.Equal(
            ($"{deal}-Q1", "Sent"),
            (NumberOf(waiting.GetProperty("quotation")), waiting.GetProperty("quotationStatus").GetString()));
        var unsent = waiting.GetProperty("unsent");
        Assert.Equal(
            ($"{deal}-Q2", "PendingApproval"),
            (NumberOf(unsent.GetProperty("quotation")), unsent.GetProperty("status").GetString()));
        var page = await home.Web.Admin.GetStringAsync($"/deals/{deal}");
        Assert.Contains($"Quotation {deal}-Q1", page, StringComparison.Ordinal);
        Assert.Contains($"Quotation {deal}-Q2", page, StringComparison.Ordinal);
        Assert.Contains("has not gone out", page, StringComparison.Ordinal);
        var link = await home.LinkAsync(deal, "viktor");

        await home.AcceptAsync(deal);

        var ordered = await home.DealAsync(deal);
        Assert.Equal("18432.00", TotalOf(ordered.GetProperty("order")));
        Assert.Equal(JsonValueKind.Null, ordered.GetProperty("unsent").ValueKind);
        Assert.Equal(HttpStatusCode.Conflict, (await home.DecideAsync(link)).StatusCode);
        Assert.Single(await home.MailsAsync(deal, "quotation-offer"));
    }

    [Theory]
    [InlineData(12)]
    [InlineData(20)]
    public async Task A_version_that_was_refused_takes_nothing_from_the_one_before(int discount)
    {
        await using var home = await OfferHome.StartAsync();
        var deal = await WithVersionAsync(home, discount);
        if (discount == 12)
        {
            await home.DecideAsync(await home.LinkAsync(deal, "viktor"), "reject");
        }

        var refused = await home.DealAsync(deal);
        Assert.Equal(
            ("Quoted", "Sent", "Refused"),
            (refused.GetProperty("stage").GetString(), refused.GetProperty("quotationStatus").GetString(),
                refused.GetProperty("unsent").GetProperty("status").GetString()));
        Assert.Contains($"{deal}-Q2", Assert.Single(await home.MailsAsync(deal, "discount-refused")).Subject,
            StringComparison.Ordinal);
        await (await home.TryPostAsync(
                $"/api/deals/{deal}/answer", $$"""{"answer":"Accepted","quotation":"{{deal}}-Q2"}"""))
            .ProblemAsync(HttpStatusCode.Conflict, "conflict");
        await home.AcceptAsync(deal);
        Assert.Equal("18432.00", TotalOf((await home.DealAsync(deal)).GetProperty("order")));
    }

    [Fact]
    public async Task A_version_that_is_approved_takes_the_place_of_the_one_before()
    {
        await using var home = await OfferHome.StartAsync();
        var deal = await WithVersionAsync(home, discount: 12);
        await home.DecideAsync(await home.LinkAsync(deal, "viktor"));

        var sent = await home.DealAsync(deal);
        Assert.Equal(
            ($"{deal}-Q2", "Sent", JsonValueKind.Null),
            (NumberOf(sent.GetProperty("quotation")), sent.GetProperty("quotationStatus").GetString(),
                sent.GetProperty("unsent").ValueKind));
        Assert.Equal(2, (await home.MailsAsync(deal, "quotation-offer")).Count);
        await home.AcceptAsync(deal);
        Assert.Equal("16896.00", TotalOf((await home.DealAsync(deal)).GetProperty("order")));
    }

    [Fact]
    public async Task What_the_buyer_holds_expires_in_its_time_while_the_new_version_waits()
    {
        await using var home = await OfferHome.StartAsync();
        var deal = await WithVersionAsync(home, discount: 12, days: 1);
        await home.AdvanceToAsync(OfferHome.Morning.AddDays(1).AddHours(23));

        var expired = await home.DealAsync(deal);
        Assert.Equal(
            ($"{deal}-Q2", "PendingApproval", JsonValueKind.Null),
            (NumberOf(expired.GetProperty("quotation")), expired.GetProperty("quotationStatus").GetString(),
                expired.GetProperty("unsent").ValueKind));
        Assert.Contains(
            $"{deal}-Q1", Assert.Single(await home.MailsAsync(deal, "quotation-expired")).Subject,
            StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await home.DecideAsync(await home.LinkAsync(deal, "viktor"))).StatusCode);
        await home.AcceptAsync(deal);
        Assert.Equal("16896.00", TotalOf((await home.DealAsync(deal)).GetProperty("order")));
    }

    [Fact]
    public async Task A_counter_offer_ends_what_the_buyer_held_and_the_new_version_still_goes_out()
    {
        await using var home = await OfferHome.StartAsync();
        var deal = await WithVersionAsync(home, discount: 12);
        await home.PostAsync($"/api/deals/{deal}/answer", """
            {"answer":"Counter","counterPrice":{"amount":"17000.00","currency":"USD"}}
            """);
        Assert.Equal("PendingApproval", (await home.DealAsync(deal)).GetProperty("quotationStatus").GetString());

        await home.DecideAsync(await home.LinkAsync(deal, "viktor"));

        Assert.Equal("Sent", (await home.DealAsync(deal)).GetProperty("quotationStatus").GetString());
    }

    [Fact]
    public async Task A_no_of_the_buyer_ends_the_deal_and_the_request()
    {
        await using var home = await OfferHome.StartAsync();
        var deal = await WithVersionAsync(home, discount: 12);
        await home.PostAsync($"/api/deals/{deal}/answer", """{"answer":"Rejected","comment":"Too dear."}""");

        Assert.Equal("Lost", (await home.DealAsync(deal)).GetProperty("stage").GetString());
        var approval = await home.ApprovalAsync(deal);
        Assert.Equal("Superseded", approval.GetProperty("outcome").GetProperty("verdict").GetString());
    }

    private static async Task<string> WithVersionAsync(OfferHome home, decimal discount, int? days = null)
    {
        var deal = await home.AssignedAsync();
        await home.QuoteAsync(deal, discount: 4, days: days);
        await home.QuoteAsync(deal, discount);
        return deal;
    }

    private static string? NumberOf(JsonElement quotation) => quotation.GetProperty("number").GetString();

    private static string? TotalOf(JsonElement order) =>
        order.GetProperty("total").GetProperty("amount").GetString();
}
