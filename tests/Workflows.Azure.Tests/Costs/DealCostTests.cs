using Workflows.Azure.Tests.Story;
using Xunit.Abstractions;

namespace Workflows.Azure.Tests.Costs;

/// <summary>
/// What one inquiry costs in storage requests, from the webhook to the money. The figures are those of
/// docs/azure-costs.md, which change with them.
/// </summary>
public sealed class DealCostTests(ITestOutputHelper output)
{
    /// <summary>
    /// Characters. What is longer goes to blobs, at 35 times the cost, and is read again at every turn.
    /// </summary>
    private const int LargestRowText = 30_000;

    [Fact]
    public async Task A_deal_that_is_paid_in_time_costs_what_the_note_says()
    {
        await using var home = await AzureStory.StartAsync();
        var id = await ShippedAsync(home);
        await home.PassAsync(TimeSpan.FromDays(7));
        await PaidAsync(home, id);
        await CostsAsync(home, app: 304, durable: 339);
    }

    [Fact]
    public async Task A_deal_that_is_reminded_three_times_costs_what_the_note_says()
    {
        await using var home = await AzureStory.StartAsync();
        var id = await ShippedAsync(home);
        var before = ToTheBuyer(home);
        while (ToTheBuyer(home) < before + 3)
        {
            await home.PassAsync(TimeSpan.FromDays(1));
        }

        await PaidAsync(home, id);
        await CostsAsync(home, app: 393, durable: 433);
    }

    /// <summary>
    /// An ordinary deal of two months: quoted within the hour, ordered in a week, deposit in three days, made in a
    /// month, shipped.
    /// </summary>
    private static async Task<string> ShippedAsync(AzureStory home)
    {
        var id = await DealScript.InquireAsync(home);
        await home.PassAsync(TimeSpan.FromMinutes(30));
        await DealScript.QuoteAsync(home, id, discountPercent: 5);
        await home.PassAsync(TimeSpan.FromDays(7));
        await DealScript.AcceptAsync(home, id);
        await home.PassAsync(TimeSpan.FromDays(3));
        await DealScript.PayAsync(home, "BANK-1", await DealScript.InvoiceAsync(home, id, 0));
        await home.PassAsync(TimeSpan.FromDays(30));
        await DealScript.ReachAsync(home, id, "Produced");
        await home.PassAsync(TimeSpan.FromDays(5));
        await DealScript.ReachAsync(home, id, "Shipped");
        return id;
    }

    private static async Task PaidAsync(AzureStory home, string id)
    {
        await DealScript.PayAsync(home, "BANK-2", await DealScript.InvoiceAsync(home, id, 1));
        await home.PassAsync(TimeSpan.FromDays(1));
        Assert.Equal("Paid", (string?)(await DealScript.DealAsync(home, id))["stage"]);
    }

    private static int ToTheBuyer(AzureStory home) => home.SendGrid.Mails.Count(mail =>
        mail.GetProperty("personalizations")[0].GetProperty("to")[0].GetProperty("email").ValueEquals(
            "katrin@hanse-antrieb.example"));

    private async Task CostsAsync(AzureStory home, int app, int durable)
    {
        var bill = await StorageBill.OfAsync(home);
        output.WriteLine($"{bill}\nlargest payload: {home.Meter.LargestPayload} characters");
        output.WriteLine($"timers: {home.Meter.Timers}; activities: {string.Join(", ", home.Meter.Activities)}");
        Assert.InRange(bill.App.Count, app * 0.95, app * 1.05);
        Assert.InRange(bill.Durable.Count, durable * 0.95, durable * 1.05);
        Assert.InRange(home.Meter.LargestPayload, 1, LargestRowText);
    }
}
