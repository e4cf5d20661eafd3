using System.Text.Json;

namespace Workflows.Web.Tests.Quotations;

/// <summary>An unknown cost proves no margin, and a typed list price hides no discount.</summary>
public sealed class UnknownValueTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    public async Task An_offer_without_a_cost_asks_the_manager_and_says_so(int discount)
    {
        await using var home = await OfferHome.StartAsync();
        var deal = await home.AssignedAsync();
        await home.QuoteAsync(deal, discount, cost: null);

        var waiting = await home.DealAsync(deal);
        Assert.Equal("PendingApproval", waiting.GetProperty("quotationStatus").GetString());
        Assert.Equal("RF-BV50", waiting.GetProperty("quotation").GetProperty("unknownCosts")[0].GetString());
        Assert.Equal("hanna", ApproverOf(await home.ApprovalAsync(deal)));
        var mail = Assert.Single(await home.MailsAsync(deal, "approval-requested"));
        Assert.Contains("unknown margin", mail.Subject, StringComparison.Ordinal);
        Assert.Contains("no cost is given for RF-BV50", mail.Text, StringComparison.Ordinal);
        var page = await home.Web.Admin.GetStringAsync($"/deals/{deal}");
        Assert.Contains("unknown: no cost for RF-BV50", page, StringComparison.Ordinal);
        Assert.Contains("unknown", waiting.GetProperty("timeline").ToString(), StringComparison.Ordinal);

        await home.DecideAsync(await home.LinkAsync(deal, "hanna"));
        Assert.Equal("Sent", (await home.DealAsync(deal)).GetProperty("quotationStatus").GetString());
    }

    [Fact]
    public async Task A_lower_list_price_than_the_item_had_is_judged_as_the_discount_that_it_is()
    {
        await using var home = await OfferHome.StartAsync();
        await SentAsync(home, list: 24);
        var deal = await home.AssignedAsync();
        await home.QuoteAsync(deal, discount: 0, list: 22);

        var waiting = await home.DealAsync(deal);
        Assert.Equal("PendingApproval", waiting.GetProperty("quotationStatus").GetString());
        Assert.Equal(8.34m, waiting.GetProperty("quotation").GetProperty("effectiveDiscountPercent").GetDecimal());
        Assert.Equal("approval of 8.34% discount", waiting.GetProperty("waiting").GetProperty("for").GetString());
        var approval = await home.ApprovalAsync(deal);
        Assert.Equal("hanna", ApproverOf(approval));
        Assert.Contains(
            "8.34% off the list prices of offers before", approval.ToString(), StringComparison.Ordinal);

        await home.DecideAsync(await home.LinkAsync(deal, "hanna"));

        // The manager has seen the lower price: it is the list price from now on.
        await SentAsync(home, list: 22);
    }

    [Fact]
    public async Task List_prices_do_not_sink_a_little_with_each_offer()
    {
        await using var home = await OfferHome.StartAsync();
        await SentAsync(home, list: 24);
        await SentAsync(home, list: 23.4m);
        await SentAsync(home, list: 22.9m);
        var deal = await home.AssignedAsync();
        await home.QuoteAsync(deal, discount: 0, list: 22.5m);

        Assert.Equal(
            6.25m,
            (await home.DealAsync(deal)).GetProperty("quotation").GetProperty("effectiveDiscountPercent").GetDecimal());
        Assert.Equal("hanna", ApproverOf(await home.ApprovalAsync(deal)));
    }

    [Fact]
    public async Task Half_the_list_price_goes_to_the_highest_level_and_is_not_refused()
    {
        await using var home = await OfferHome.StartAsync();
        await SentAsync(home, list: 48);
        var deal = await home.AssignedAsync();
        await home.QuoteAsync(deal, discount: 0, list: 24);

        Assert.Equal("viktor", ApproverOf(await home.ApprovalAsync(deal)));
    }

    private static async Task SentAsync(OfferHome home, decimal list)
    {
        var deal = await home.AssignedAsync();
        await home.QuoteAsync(deal, discount: 0, list: list);
        Assert.Equal("Sent", (await home.DealAsync(deal)).GetProperty("quotationStatus").GetString());
    }

    private static string? ApproverOf(JsonElement approval) =>
        approval.GetProperty("ask").GetProperty("approver").GetString();
}
