using System.Text.Json;

namespace Workflows.Web.Tests.Receivables;

/// <summary>The ladder never runs ahead of what the buyer got, and a pause ends with days to pay.</summary>
public sealed class LadderTests
{
    [Fact]
    public async Task A_shipment_that_is_recorded_late_begins_the_ladder_with_the_invoice()
    {
        await using var home = await ClockedHome.StartAsync("2026-04-01");
        var balance = await ShippedAsync(home, shipped: "2026-04-15", recorded: "2026-06-01");

        await home.UntilAsync("2026-06-03", 12);
        Assert.Equal(["06-02 A friendly reminder: invoice " + await NumberAsync(home, balance) + ", USD 11,827.20"],
            await RemindersAsync(home));
        Assert.Empty(await home.MailsAsync("receivable-escalated"));
        Assert.Equal(0, await HoldsAsync(home, balance));

        await home.UntilAsync("2026-06-15", 12);
        Assert.Equal(["06-02 L1", "06-08 L2"], await LevelsAsync(home, balance));
        Assert.Equal(0, await HoldsAsync(home, balance));
        await home.UntilAsync("2026-06-16", 12);
        Assert.Equal("06-16 L3", (await LevelsAsync(home, balance))[^1]);
        Assert.Equal(1, await HoldsAsync(home, balance));
    }

    [Fact]
    public async Task After_a_standstill_the_next_level_goes_out_and_the_others_keep_their_distance()
    {
        await using var home = await ClockedHome.StartAsync("2026-04-01");
        var balance = await ShippedAsync(home, shipped: "2026-04-10", recorded: "2026-04-10");
        await home.UntilAsync("2026-04-21", 12);

        await home.SleepUntilAsync("2026-05-29", 10);
        await home.UntilAsync("2026-06-05", 12);

        Assert.Equal(["04-20 L1", "05-29 L2"], await LevelsAsync(home, balance));
        Assert.Equal(0, await HoldsAsync(home, balance));
        await home.UntilAsync("2026-06-09", 12);
        Assert.Equal("06-08 L3", (await LevelsAsync(home, balance))[^1]);
    }

    [Fact]
    public async Task A_promise_for_a_saturday_is_judged_after_banks_had_a_day_and_gives_days_when_it_is_broken()
    {
        await using var home = await ClockedHome.StartAsync("2026-04-01");
        var balance = await ShippedAsync(home, shipped: "2026-04-10", recorded: "2026-04-10");
        await home.UntilAsync("2026-04-21", 12);
        await home.PostAsync($"/api/invoices/{balance}/promises", """{"date":"2026-05-09"}""");

        await home.UntilAsync("2026-05-11", 20);
        Assert.True((await home.InvoiceAsync(balance)).GetProperty("promiseStands").GetBoolean());
        Assert.Empty(await home.MailsAsync("receivable-escalated"));

        await home.UntilAsync("2026-05-12", 20);
        Assert.False((await home.InvoiceAsync(balance)).GetProperty("promiseStands").GetBoolean());
        Assert.NotEmpty(await home.MailsAsync("receivable-escalated"));
        Assert.Equal(["04-20 L1"], await LevelsAsync(home, balance));
        await home.UntilAsync("2026-05-15", 20);
        Assert.Equal(["04-20 L1", "05-15 L2"], await LevelsAsync(home, balance));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_end_of_a_dispute_gives_days_before_it_is_chased(bool byItself)
    {
        await using var home = await ClockedHome.StartAsync("2026-04-01");
        var balance = await ShippedAsync(home, shipped: "2026-04-10", recorded: "2026-04-10");
        await home.UntilAsync("2026-04-21", 12);
        var until = byItself ? "2026-05-11" : "2026-07-01";
        await home.PostAsync(
            $"/api/invoices/{balance}/disputes", $$"""{"reason":"Scratched.","until":"{{until}}"}""");
        await home.UntilAsync("2026-05-12", 6);
        if (!byItself)
        {
            await home.PostAsync($"/api/invoices/{balance}/disputes/resolution", "{}");
        }

        await home.UntilAsync("2026-05-14", 20);
        var invoice = await home.InvoiceAsync(balance);
        Assert.Equal("0.00", invoice.GetProperty("disputed").GetProperty("amount").GetString());
        Assert.Equal(["04-20 L1"], await LevelsAsync(home, balance));
        await home.UntilAsync("2026-05-15", 20);
        Assert.Equal(["04-20 L1", "05-15 L2"], await LevelsAsync(home, balance));
    }

    private static async Task<string> ShippedAsync(ClockedHome home, string shipped, string recorded)
    {
        var deal = await home.OrderedAsync("TT30-70BL");
        await home.PayAsync($"{deal}-I1", "5068.80");
        await home.UntilAsync(recorded);
        await home.ShipAsync(deal, shipped);
        return $"{deal}-I2";
    }

    private static Task<IReadOnlyList<string>> RemindersAsync(ClockedHome home) => home.MailsAsync("payment-reminder");

    private static async Task<string> NumberAsync(ClockedHome home, string invoice) =>
        (await home.InvoiceAsync(invoice)).GetProperty("number").GetString()!;

    private static async Task<int> HoldsAsync(ClockedHome home, string invoice)
    {
        var customer = (await home.InvoiceAsync(invoice)).GetProperty("customer").GetString();
        return (await home.GetAsync($"/api/customers/{customer}/credit"))
            .GetProperty("customer").GetProperty("holds").GetArrayLength();
    }

    /// <summary>The reminders of an invoice by its history, each with its day.</summary>
    private static async Task<IReadOnlyList<string>> LevelsAsync(ClockedHome home, string invoice) =>
        [.. (await home.GetAsync($"/api/invoices/{invoice}")).GetProperty("history").EnumerateArray()
            .Select(entry => (
                What: entry.GetProperty("what").GetString()!, When: entry.GetProperty("when").GetDateTimeOffset()))
            .Where(entry => entry.What.Contains("(level ", StringComparison.Ordinal))
            .Select(entry => $"{entry.When:MM-dd} L{entry.What.Split("(level ")[1][0]}")];
}
