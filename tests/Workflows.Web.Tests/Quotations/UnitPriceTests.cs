using System.Globalization;
using System.Net;
using System.Text.Json;

namespace Workflows.Web.Tests.Quotations;

/// <summary>A price of one unit below the minor unit is a price; sums have the minor unit's decimals.</summary>
public sealed class UnitPriceTests(TradingHome home) : IClassFixture<TradingHome>
{
    [Theory]
    [InlineData("USD", "0.0125", 100_000, "1250.00", "0.0125")]
    [InlineData("USD", "0.000001", 1_000_000, "1.00", "0.000001")]
    [InlineData("JPY", "12.5", 1_001, "12513", "12.5")]
    [InlineData("USD", "24.00", 10, "240.00", "24.00")]
    public async Task It_is_offered_and_shown_as_it_is(
        string currency, string price, int quantity, string total, string shown)
    {
        var deal = await home.AssignedAsync();

        await home.PostAsync($"/api/deals/{deal}/quotations", QuotationOf(currency, price, quantity));
        var found = await home.DealAsync(
            deal, each => each.GetProperty("quotation").ValueKind == JsonValueKind.Object, "the offer");
        await home.PostAsync($"/api/deals/{deal}/answer", """{"answer":"Accepted"}""");
        await home.DealAsync(deal, each => each.GetProperty("invoices").GetArrayLength() > 0, "the invoices");
        var page = await home.Web.Admin.GetStringAsync($"/deals/{deal}");
        var offer = (await home.MailAsync(deal, new("Quotation"))).Mail.Text;
        var confirmation = (await home.MailAsync(deal, new($"pcs × {currency}"))).Mail.Text;

        Assert.Equal(
            total, found.GetProperty("quotation").GetProperty("total").GetProperty("amount").GetString());
        Assert.Contains($">{shown}<", page, StringComparison.Ordinal);
        Assert.Contains(shown, offer, StringComparison.Ordinal);
        Assert.Contains($"{currency} {shown}", confirmation, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("USD", "0.0000001")]
    [InlineData("JPY", "12.50001")]
    public async Task Finer_than_anybody_prices_is_a_slip(string currency, string price)
    {
        var deal = await home.AssignedAsync();

        using var answer = await home.Web.Admin.SendAsync(WebHome.Post(
            $"/api/deals/{deal}/quotations", QuotationOf(currency, price, 1_000_000), home.Unique("finer")));

        var problem = await answer.ProblemAsync(HttpStatusCode.UnprocessableEntity, "money-scale");
        Assert.Contains("/lines/0/listPrice/amount", problem.Pointers());
    }

    [Fact]
    public async Task An_inquiry_with_such_a_target_is_taken()
    {
        var id = home.Unique("INQ");
        var body = $$$"""
            {"type":"inquiry.created","timestamp":"2026-01-05T08:00:00Z","data":{"platformInquiryId":"{{{id}}}",
            "buyer":{"name":"Anna Berg","company":"Nordwerk GmbH","email":"anna@{{{id.ToLowerInvariant()}}}.example",
            "countryISO2":"DE"},"products":[{"name":"Washer M3","qty":100000,"unit":"pcs",
            "targetPrice":{"amount":"0.0125","currency":"USD"}}],"message":"Please quote."}}
            """;

        using var answer = await home.Web.Anonymous.SendAsync(WebHome.Signed(home.Unique("msg"), body));
        var deal = (await answer.JsonAsync()).GetProperty("dealId").GetString();
        await home.DealAsync(deal!, _ => true, "the deal");
        var page = await home.Web.Admin.GetStringAsync($"/deals/{deal}");

        Assert.True(answer.IsSuccessStatusCode, answer.StatusCode.ToString());
        Assert.Contains("target USD 0.0125", page, StringComparison.Ordinal);
    }

    private static string QuotationOf(string currency, string price, int quantity) => $$$"""
        {"lines":[{"sku":"W-{{{price}}}","description":"Washer M3","unit":"pcs",
        "quantity":{{{quantity.ToString(CultureInfo.InvariantCulture)}}},
        "listPrice":{"amount":"{{{price}}}","currency":"{{{currency}}}"},
        "unitCost":{"amount":"0","currency":"{{{currency}}}"}}],
        "discountPercent":0,"delivery":{"incoterm":"FOB","place":"Ningbo"},"paymentTerms":"TT30-70BL"}
        """;
}
