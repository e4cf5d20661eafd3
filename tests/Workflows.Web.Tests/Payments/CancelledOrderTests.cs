using System.Net;
using System.Text.Json;

namespace Workflows.Web.Tests.Payments;

/// <summary>What a cancelled order was paid stays the customer's money.</summary>
public sealed class CancelledOrderTests(PaymentHome home) : IClassFixture<PaymentHome>
{
    [Theory]
    [InlineData("3000.00")]
    [InlineData("5068.80")]
    [InlineData("6000.00")]
    public async Task It_is_in_the_customers_balance_until_it_is_used(string amount)
    {
        var (deal, payment) = await CancelledAsync(amount);

        var credit = await home.CreditAsync($"{deal}-I1");
        var page = await home.Finance.GetStringAsync($"/invoices/{deal}-I1");

        Assert.Equal(amount, PaymentHome.AmountOf(credit.GetProperty("exposure"), "advances"));
        Assert.Equal("Cancelled", (await home.InvoiceAsync($"{deal}-I1")).GetProperty("status").GetString());
        Assert.Contains("We hold", page, StringComparison.Ordinal);
        Assert.Contains(payment, page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_pays_the_same_customers_next_invoice()
    {
        var mail = $"rosa@{home.Trading.Unique("again")}.example";
        var (deal, _) = await CancelledAsync("3000.00", mail);
        var next = await home.OrderAsync(mail);

        await home.PostAsync($"/api/invoices/{next}-I1/credit", "{}");

        Assert.Equal("3000.00", await home.PaidAsync($"{next}-I1"));
        Assert.Equal(
            "0.00", PaymentHome.AmountOf((await home.CreditAsync($"{deal}-I1")).GetProperty("exposure"), "advances"));
    }

    [Fact]
    public async Task It_leaves_the_balance_when_it_is_paid_back()
    {
        var (deal, payment) = await CancelledAsync("3000.00");

        using var taken = await home.SendAsync(
            "/api/payments/reversals", $$"""{"payment":"{{payment}}","reason":"The order was cancelled."}""");
        using var settled = await home.SendAsync(
            "/api/payments/settlements",
            $$"""{"payment":"{{payment}}","as":"Returned","reason":"Paid back on 29 September."}""");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (taken.StatusCode, settled.StatusCode));
        Assert.Equal(
            "0.00", PaymentHome.AmountOf((await home.CreditAsync($"{deal}-I1")).GetProperty("exposure"), "advances"));
        Assert.Equal("Cancelled", (await home.InvoiceAsync($"{deal}-I1")).GetProperty("status").GetString());
        Assert.DoesNotContain(
            await home.WaitingAsync(), waiting => waiting.GetProperty("id").GetString() == payment);
    }

    [Fact]
    public async Task Money_that_comes_after_it_is_the_customers_too()
    {
        var (deal, _) = await CancelledAsync("3000.00");

        var (_, receipt) = await home.PayAsync(
            "2068.80", $"{deal}-I1", more: [("reference", home.Trading.Unique("LATE"))]);

        Assert.Equal("Credited", receipt.GetProperty("outcome").GetString());
        Assert.Equal(
            "5068.80",
            PaymentHome.AmountOf((await home.CreditAsync($"{deal}-I1")).GetProperty("exposure"), "advances"));
    }

    private async Task<(string Deal, string Payment)> CancelledAsync(string amount, string? mail = null)
    {
        var deal = await (mail is null ? home.OrderAsync() : home.OrderAsync(mail));
        var reference = home.Trading.Unique("DEPOSIT");
        await home.PayAsync(amount, $"{deal}-I1", more: [("reference", reference)]);
        await home.PostAsync($"/api/deals/{deal}/giveup", """{"reason":"The buyer stopped the project."}""");
        await home.Trading.DealAsync(
            deal, found => found.GetProperty("stage").GetString() == "Cancelled", "the cancellation");
        return (deal, reference);
    }
}
