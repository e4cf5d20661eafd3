using System.Text.Json;

namespace Workflows.Web.Tests.Quotations;

/// <summary>What one approval covers, tried through the routes.</summary>
public sealed class CoveredQuotationTests(TradingHome home) : IClassFixture<TradingHome>
{
    [Fact]
    public async Task What_is_better_for_us_is_sent_unasked_and_what_is_worse_in_anything_is_asked_again()
    {
        var deal = await ApprovedAsync();

        Assert.Equal("Sent", await QuoteAsync(deal, TradingHome.QuotationOf(discount: 11)));
        Assert.Equal("Sent", await QuoteAsync(deal, Offer.Replace("100.00", "110.00", StringComparison.Ordinal)));
        Assert.Equal(
            "PendingApproval", await QuoteAsync(deal, Offer.Replace("TT30-70BL", "OA60", StringComparison.Ordinal)));
        Assert.Equal("PendingApproval", await QuoteAsync(deal, Offer.Replace("FOB", "DDP", StringComparison.Ordinal)));
        Assert.Equal("PendingApproval", await QuoteAsync(deal, Offer
            .Replace("100.00", "50.00", StringComparison.Ordinal)
            .Replace(""","unitCost":{"amount":"60.00","currency":"USD"}""", "", StringComparison.Ordinal)));
    }

    private static string Offer => TradingHome.QuotationOf(discount: 12).Replace("\n", "", StringComparison.Ordinal);

    private async Task<string> ApprovedAsync()
    {
        var (deal, link) = await home.AskedAsync();
        await home.PostAsync(link, """{"decision":"approve"}""");
        await home.DealAsync(deal, found => StatusOf(found) == "Sent", "the approved offer");
        return deal;
    }

    private async Task<string?> QuoteAsync(string deal, string quotation)
    {
        var before = (await home.GetAsync($"/api/deals/{deal}")).GetProperty("quotation").GetProperty("number");
        await home.PostAsync($"/api/deals/{deal}/quotations", quotation);
        var after = await home.DealAsync(
            deal,
            found => found.GetProperty("quotation").GetProperty("number").GetString() != before.GetString(),
            "the next version");
        return StatusOf(after);
    }

    private static string? StatusOf(JsonElement deal) => deal.GetProperty("quotationStatus").GetString();
}
