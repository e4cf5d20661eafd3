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
        var before = NumberOf(await home.GetAsync($"/api/deals/{deal}"));
        await home.PostAsync($"/api/deals/{deal}/quotations", quotation);
        return StatusOf(await home.DealAsync(deal, found => NumberOf(found) != before, "the next version"));
    }

    // The last version, which may not have gone out.
    private static string? NumberOf(JsonElement deal) =>
        (IsUnsent(deal, out var unsent) ? unsent : deal).GetProperty("quotation").GetProperty("number").GetString();

    private static string? StatusOf(JsonElement deal) => IsUnsent(deal, out var unsent)
        ? unsent.GetProperty("status").GetString()
        : deal.GetProperty("quotationStatus").GetString();

    private static bool IsUnsent(JsonElement deal, out JsonElement unsent) =>
        deal.TryGetProperty("unsent", out unsent) && unsent.ValueKind == JsonValueKind.Object;
}
