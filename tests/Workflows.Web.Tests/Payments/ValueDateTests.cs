using System.Text.Json;

namespace Workflows.Web.Tests.Payments;

/// <summary>Money counts from its value date on, whenever it was keyed.</summary>
public sealed class ValueDateTests : IAsyncLifetime
{
    private readonly PaymentHome _home = new();

    public Task InitializeAsync() => _home.InitializeAsync();

    public Task DisposeAsync() => _home.DisposeAsync();

    [Fact]
    public async Task A_deposit_of_a_later_value_date_releases_production_on_that_day()
    {
        var deal = await _home.OrderAsync();
        var (_, receipt) = await PayAsync($"{deal}-I1", "2026-10-06");

        Assert.Equal(
            $"USD 5,068.80 counts on invoice INV-{PaymentHome.CoreOf(deal)}-1 from 2026-10-06 on, its value date.",
            receipt.GetProperty("message").GetString());
        await _home.UntilAsync("2026-10-05");
        Assert.Equal(("Ordered", "0.00"), (await StageAsync(deal), await _home.PaidAsync($"{deal}-I1")));
        Assert.Equal("5068.80", await OpenOnAsync("2026-10-05"));

        await _home.UntilAsync("2026-10-06");
        Assert.Equal(("Fulfilling", "5068.80"), (await StageAsync(deal), await _home.PaidAsync($"{deal}-I1")));
        Assert.Equal(("5068.80", "0.00"), (await OpenOnAsync("2026-10-05"), await OpenOnAsync("2026-10-06")));
        Assert.Contains("USD 5,068.80 counts from 2026-10-06 on, its value date", await HistoryAsync($"{deal}-I1"));
    }

    [Fact]
    public async Task Keyed_late_it_changes_no_sheet_of_a_day_on_which_nobody_knew_of_it()
    {
        var deal = await _home.OrderAsync();
        await _home.UntilAsync("2026-10-02");
        var before = (await OpenOnAsync("2026-09-30"), await OpenOnAsync("2026-10-01"));
        await PayAsync($"{deal}-I1", "2026-09-30");

        Assert.Equal(("5068.80", "5068.80"), before);
        Assert.Equal(before, (await OpenOnAsync("2026-09-30"), await OpenOnAsync("2026-10-01")));
        Assert.Equal("0.00", await OpenOnAsync("2026-10-02"));
    }

    [Fact]
    public async Task Nobody_is_reminded_of_what_the_bank_has_announced()
    {
        var deal = await _home.OrderAsync();
        await _home.UntilAsync("2026-10-06");
        await PayAsync($"{deal}-I1", "2026-10-12");

        await _home.UntilAsync("2026-10-11");
        Assert.Equal(
            JsonValueKind.Null, (await _home.InvoiceAsync($"{deal}-I1")).GetProperty("dunningLevel").ValueKind);

        await _home.UntilAsync("2026-10-12");
        Assert.Equal("5068.80", await _home.PaidAsync($"{deal}-I1"));
    }

    [Fact]
    public async Task Before_its_value_date_it_can_be_taken_back()
    {
        var deal = await _home.OrderAsync();
        var (_, receipt) = await PayAsync($"{deal}-I1", "2026-10-06");
        var id = receipt.GetProperty("payment").GetProperty("id").GetString();

        using var taken = await _home.SendAsync(
            "/api/payments/reversals", $$"""{"payment":"{{id}}","reason":"Keyed twice."}""");
        await _home.UntilAsync("2026-10-06");

        Assert.True(taken.IsSuccessStatusCode, await taken.Content.ReadAsStringAsync());
        Assert.Equal(("Ordered", "0.00"), (await StageAsync(deal), await _home.PaidAsync($"{deal}-I1")));
    }

    private Task<(System.Net.HttpStatusCode, JsonElement Receipt)> PayAsync(string invoice, string valueDate) =>
        _home.PayAsync(
            "5068.80", invoice, more: [("reference", _home.Trading.Unique("BANK")), ("valueDate", valueDate)]);

    private async Task<string?> StageAsync(string deal) =>
        (await _home.Trading.GetAsync($"/api/deals/{deal}")).GetProperty("stage").GetString();

    // The balance of 11,827.20 has no due date yet.
    private async Task<string> OpenOnAsync(string day) => PaymentHome.AmountOf(
        (await _home.Trading.GetAsync($"/api/receivables/ageing?asOf={day}")).GetProperty("base"), "due");

    private async Task<IReadOnlyList<string?>> HistoryAsync(string invoice) =>
        [
            .. (await _home.Trading.GetAsync($"/api/invoices/{invoice}")).GetProperty("history").EnumerateArray()
                .Select(entry => entry.GetProperty("what").GetString()),
        ];
}
