using System.Text.Json;

namespace Workflows.Web.Tests.Receivables;

/// <summary>The same as-of date gives the same figures for ever, whatever changes later.</summary>
public sealed class AsOfTests
{
    [Fact]
    public async Task A_past_day_keeps_its_dispute_due_date_and_owner()
    {
        await using var home = await ClockedHome.StartAsync("2026-04-01");
        var deal = await home.OrderedAsync("OA30");
        var invoice = $"{deal}-I1";
        var owner = (await home.InvoiceAsync(invoice)).GetProperty("owner").GetString();
        await home.UntilAsync("2026-04-02");
        var notAnchored = await SheetAsync(home, "2026-04-01");
        await home.MilestoneAsync(deal, "Produced", "2026-04-02");
        await home.MilestoneAsync(deal, "Shipped", "2026-04-02");
        await home.UntilAsync("2026-05-10");
        await home.PostAsync($"/api/invoices/{invoice}/disputes", """
            {"reason":"Scratched.","until":"2026-06-01","amount":{"amount":"3000.00","currency":"USD"}}
            """);
        await home.UntilAsync("2026-05-11");
        var disputed = await SheetAsync(home, "2026-05-10");

        await home.PostAsync($"/api/invoices/{invoice}/disputes/resolution", "{}");
        await home.PostAsync(
            $"/api/deals/{deal}/handover", $$"""{"to":"{{(owner == "mei" ? "jonas" : "mei")}}","reason":"A test."}""");
        await home.UntilAsync("2026-06-20");
        await home.PayAsync(invoice, "16896.00");
        await home.UntilAsync("2026-06-21");

        Assert.Equal(notAnchored, await SheetAsync(home, "2026-04-01"));
        Assert.Equal(disputed, await SheetAsync(home, "2026-05-10"));
        var then = JsonDocument.Parse(disputed).RootElement;
        Assert.Equal("3000.00", AmountOf(then, "disputed"));
        Assert.Equal("16896.00", AmountOf(then, "overdue"));
        Assert.Equal(owner, then.GetProperty("bySalesperson")[0].GetProperty("id").GetString());
        Assert.Equal("16896.00", AmountOf(JsonDocument.Parse(notAnchored).RootElement, "notAnchored"));
        var later = JsonDocument.Parse(await SheetAsync(home, "2026-05-11")).RootElement;
        Assert.Equal("0.00", AmountOf(later, "disputed"));
        Assert.NotEqual(owner, later.GetProperty("bySalesperson")[0].GetProperty("id").GetString());
    }

    private static async Task<string> SheetAsync(ClockedHome home, string day) =>
        (await home.GetAsync($"/api/receivables/ageing?asOf={day}")).GetRawText();

    private static string? AmountOf(JsonElement sheet, string column) =>
        sheet.GetProperty("base").GetProperty(column).GetProperty("amount").GetString();
}
