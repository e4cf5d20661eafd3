using System.Net;
using System.Text.Json;

namespace Workflows.Web.Tests.Receivables;

/// <summary>Several disputes and promises on one invoice, each with its own fate.</summary>
public sealed class ClaimsTests
{
    [Fact]
    public async Task A_second_dispute_stands_beside_the_first()
    {
        await using var home = await ClockedHome.StartAsync("2026-04-01");
        var balance = await ShippedAsync(home);
        await DisputeAsync(home, balance, "8000.00", "Scratched.", "2026-05-04");
        await DisputeAsync(home, balance, "3000.00", "Two crates are missing.", "2026-06-01");

        var both = await home.InvoiceAsync(balance);
        Assert.Equal("11000.00", AmountOf(both, "disputed"));
        Assert.Equal(
            ["1 8000.00 Scratched. Open", "2 3000.00 Two crates are missing. Open"], DisputesOf(both));
        var ageing = await home.GetAsync("/api/receivables/ageing");
        Assert.Equal("11000.00", AmountOf(ageing.GetProperty("base"), "disputed"));

        await RefusedAsync(home, $"{balance}/disputes", """
            {"reason":"Late.","until":"2026-06-01","amount":{"amount":"827.21","currency":"USD"}}
            """, "Only USD 827.20 is open and not in dispute already.");
        await RefusedAsync(
            home, $"{balance}/disputes/resolution", "{}", "Please say which dispute: these are open: 1, 2.");

        await home.PostAsync($"/api/invoices/{balance}/disputes/resolution", """{"dispute":2,"comment":"Found."}""");
        await home.UntilAsync("2026-05-06");
        var ended = await home.InvoiceAsync(balance);
        Assert.Equal("0.00", AmountOf(ended, "disputed"));
        Assert.Equal(
            ["1 8000.00 Scratched. Lapsed", "2 3000.00 Two crates are missing. Settled"], DisputesOf(ended));
        Assert.Contains("Dispute over USD 3,000.00 resolved", await home.HistoryAsync(balance));
        Assert.Contains("The pause for the dispute over USD 8,000.00 has ended", await home.HistoryAsync(balance));
        var page = await home.Web.Admin.GetStringAsync($"/invoices/{balance}");
        Assert.Contains("Two crates are missing.", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dispute_without_an_amount_takes_what_is_not_in_dispute_yet()
    {
        await using var home = await ClockedHome.StartAsync("2026-04-01");
        var balance = await ShippedAsync(home);
        await DisputeAsync(home, balance, "8000.00", "Scratched.", "2026-05-04");

        await home.PostAsync(
            $"/api/invoices/{balance}/disputes", """{"reason":"All of it.","until":"2026-06-01"}""");

        Assert.Equal("11827.20", AmountOf(await home.InvoiceAsync(balance), "disputed"));
        await RefusedAsync(home, $"{balance}/disputes", """{"reason":"Again.","until":"2026-06-01"}""",
            "Only USD 0.00 is open and not in dispute already.");
    }

    [Fact]
    public async Task A_new_promise_can_follow_one_that_was_broken_or_kept()
    {
        await using var home = await ClockedHome.StartAsync("2026-04-01");
        var balance = await ShippedAsync(home);
        await home.UntilAsync("2026-04-21");
        await PromiseAsync(home, balance, "2026-04-24", part: null);
        await RefusedAsync(home, $"{balance}/promises", """{"date":"2026-04-27"}""",
            "Payment is promised for 2026-04-24; another promise can be recorded when that day is over.");
        await home.UntilAsync("2026-04-29");

        await PromiseAsync(home, balance, "2026-05-06", part: "5000.00");
        await home.PayAsync(balance, "5000.00");
        await home.UntilAsync("2026-05-12");
        await PromiseAsync(home, balance, "2026-05-20", part: null);

        var invoice = await home.InvoiceAsync(balance);
        Assert.Equal(
            ["2026-04-24 Broken", "2026-05-06 Kept", "2026-05-20 Standing"],
            invoice.GetProperty("promises").EnumerateArray()
                .Select(promise => $"{promise.GetProperty("date")} {promise.GetProperty("state")}"));
        Assert.Equal("2026-05-20", invoice.GetProperty("promisedFor").GetString());
        var history = await home.HistoryAsync(balance);
        Assert.Single(history, "Promise of payment not kept");
        Assert.Contains("Promise kept: USD 5,000.00 came in by 2026-05-06", history);
        await home.PayAsync(balance, "6827.20");
        Assert.Equal(
            "Kept", (await home.InvoiceAsync(balance)).GetProperty("promises")[2].GetProperty("state").GetString());
    }

    [Fact]
    public async Task An_invoice_that_is_paid_before_its_date_is_known_is_issued_and_counted()
    {
        await using var home = await ClockedHome.StartAsync("2026-04-01");
        var deal = await home.OrderedAsync("TT30-70BL");
        await home.PayAsync($"{deal}-I1", "5068.80");

        await home.PayAsync($"{deal}-I2", "11827.20");

        var issued = await home.MailsAsync("invoice-issued");
        Assert.EndsWith("USD 11,827.20, paid", issued[^1], StringComparison.Ordinal);
        await home.UntilAsync("2026-05-02");
        await home.PostAsync("/api/reviews/2026-04", "");
        await home.UntilAsync("2026-05-03");
        var review = await home.GetAsync("/api/reviews/2026-04");
        Assert.Equal(16_896.00m, ValueOf(review, "invoiced"));
        Assert.Equal(16_896.00m, ValueOf(review, "cash-received"));
    }

    private static async Task<string> ShippedAsync(ClockedHome home)
    {
        var deal = await home.OrderedAsync("TT30-70BL");
        await home.PayAsync($"{deal}-I1", "5068.80");
        await home.UntilAsync("2026-04-10");
        await home.ShipAsync(deal, "2026-04-10");
        return $"{deal}-I2";
    }

    private static Task<JsonElement> DisputeAsync(
        ClockedHome home, string invoice, string amount, string reason, string until) =>
        home.PostAsync($"/api/invoices/{invoice}/disputes", $$$"""
            {"reason":"{{{reason}}}","until":"{{{until}}}","amount":{"amount":"{{{amount}}}","currency":"USD"}}
            """);

    private static Task<JsonElement> PromiseAsync(ClockedHome home, string invoice, string date, string? part) =>
        home.PostAsync($"/api/invoices/{invoice}/promises", part is null
            ? $$"""{"date":"{{date}}"}"""
            : $$$"""{"date":"{{{date}}}","amount":{"amount":"{{{part}}}","currency":"USD"}}""");

    private static async Task RefusedAsync(ClockedHome home, string route, string json, string why)
    {
        using var answer = await home.SendAsync($"/api/invoices/{route}", json);
        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Contains(why, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private static IEnumerable<string> DisputesOf(JsonElement invoice) =>
        invoice.GetProperty("disputes").EnumerateArray().Select(dispute =>
            $"{dispute.GetProperty("number")} {AmountOf(dispute, "amount")} {dispute.GetProperty("reason")} "
            + dispute.GetProperty("state"));

    private static string? AmountOf(JsonElement row, string member) =>
        row.GetProperty(member).GetProperty("amount").GetString();

    private static decimal ValueOf(JsonElement review, string key) =>
        review.GetProperty("report").GetProperty("kpis").EnumerateArray()
            .Single(kpi => kpi.GetProperty("key").GetString() == key).GetProperty("value").GetDecimal();
}
