using System.Text.Json;

namespace Workflows.Web.Tests.Receivables;

/// <summary>A write-off is no payment: of the buyer it is a default, of a small rest it is the end of it.</summary>
public sealed class WrittenOffTests
{
    [Fact]
    public async Task The_hold_of_a_defaulter_stays_and_the_next_order_on_credit_is_judged_with_the_default()
    {
        await using var home = await ClockedHome.StartAsync("2026-09-01");
        var balance = await DefaultedAsync(home);

        Assert.Equal("WrittenOff", (await home.InvoiceAsync(balance)).GetProperty("status").GetString());
        var credit = await CreditAsync(home, balance);
        Assert.Equal(1, credit.GetProperty("customer").GetProperty("holds").GetArrayLength());
        Assert.Equal("11827.20", AmountOf(credit.GetProperty("defaults")[0]));

        await home.PostAsync($"/api/customers/{await CustomerAsync(home, balance)}/release", "{}");
        var next = await home.AcceptedAsync("OA30");

        var deal = await home.GetAsync($"/api/deals/{next}");
        Assert.Equal(0, deal.GetProperty("invoices").GetArrayLength());
        Assert.Contains("was written off on", deal.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Money_that_comes_late_goes_against_the_loss_and_only_what_is_more_is_credit()
    {
        await using var home = await ClockedHome.StartAsync("2026-09-01");
        var balance = await DefaultedAsync(home);

        var first = await home.PayAsync(balance, "10000.00");
        var part = await CreditAsync(home, balance);
        var second = await home.PayAsync(balance, "2000.00");

        Assert.Equal("Recovered", first.GetProperty("outcome").GetString());
        var id = first.GetProperty("payment").GetProperty("payment").GetProperty("id").GetString()
            ?? first.GetProperty("payment").GetProperty("payment").GetProperty("reference").GetString();
        using var back = await home.SendAsync(
            "/api/payments/reversals", $$"""{"payment":"{{id}}","reason":"The wrong buyer's."}""");
        Assert.False(back.IsSuccessStatusCode);
        Assert.Contains("stays as it is", await back.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal("1827.20", AmountOf(part.GetProperty("defaults")[0]));
        Assert.Empty(part.GetProperty("advances").EnumerateArray());
        Assert.Equal("Recovered", second.GetProperty("outcome").GetString());
        var credit = await CreditAsync(home, balance);
        Assert.Empty(credit.GetProperty("defaults").EnumerateArray());
        Assert.Empty(credit.GetProperty("customer").GetProperty("holds").EnumerateArray());
        Assert.Equal("172.80", AmountOf(credit.GetProperty("advances")[0]));
        var invoice = await home.InvoiceAsync(balance);
        Assert.Equal(
            ("WrittenOff", "11827.20"),
            (invoice.GetProperty("status").GetString(),
                invoice.GetProperty("recovered").GetProperty("amount").GetString()));
        Assert.Contains(
            "USD 10,000.00 of the write-off recovered, value 2026-11-10", await home.HistoryAsync(balance));
        Assert.Contains("USD 1,827.20 of the write-off recovered, value 2026-11-10", await home.HistoryAsync(balance));
    }

    [Fact]
    public async Task A_gate_whose_last_60_dollars_were_written_off_opens_with_a_record_of_it()
    {
        await using var home = await ClockedHome.StartAsync("2026-09-01");
        var deal = await home.OrderedAsync("TT30-70BL");
        await home.PayAsync($"{deal}-I1", "5008.80");
        await home.UntilAsync("2026-09-10");

        await home.WriteOffAsync($"{deal}-I1");

        var seen = await home.GetAsync($"/api/deals/{deal}");
        Assert.Equal("Fulfilling", seen.GetProperty("stage").GetString());
        Assert.Contains(
            "were written off: production need not wait for them", seen.GetRawText(), StringComparison.Ordinal);
        await home.MilestoneAsync(deal, "Produced", "2026-09-10");
        var credit = await CreditAsync(home, $"{deal}-I1");
        Assert.Empty(credit.GetProperty("defaults").EnumerateArray());
    }

    [Fact]
    public async Task A_gate_of_which_nothing_was_paid_stays_shut_when_it_is_written_off()
    {
        await using var home = await ClockedHome.StartAsync("2026-09-01");
        var deal = await home.OrderedAsync("TT30-70BL");

        await home.WriteOffAsync($"{deal}-I1");

        Assert.Equal("Ordered", (await home.GetAsync($"/api/deals/{deal}")).GetProperty("stage").GetString());
    }

    // Shipped and not paid: after the overdue letter the credit is on hold.
    private static async Task<string> DefaultedAsync(ClockedHome home)
    {
        var deal = await home.OrderedAsync("TT30-70BL");
        await home.PayAsync($"{deal}-I1", "5068.80");
        await home.ShipAsync(deal, "2026-09-01");
        await home.UntilAsync("2026-11-10");
        await home.WriteOffAsync($"{deal}-I2");
        return $"{deal}-I2";
    }

    private static async Task<JsonElement> CreditAsync(ClockedHome home, string invoice) =>
        await home.GetAsync($"/api/customers/{await CustomerAsync(home, invoice)}/credit");

    private static async Task<string> CustomerAsync(ClockedHome home, string invoice) =>
        (await home.InvoiceAsync(invoice)).GetProperty("customer").GetString()!;

    private static string? AmountOf(JsonElement row) =>
        (row.TryGetProperty("remaining", out var left) ? left : row.GetProperty("amount"))
        .GetProperty("amount").GetString();
}
