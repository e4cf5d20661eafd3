using System.Text.Json.Nodes;
using Workflows.Platform;

namespace Workflows.Azure.Tests.Story;

/// <summary>
/// The timers that look after the business. The story begins on a Monday, at four o'clock in the company's zone.
/// </summary>
public sealed class SweepTests
{
    private static readonly string[] Timers = ["DailyReceivables", "DailyDeals", "ResponseSweep"];

    [Fact]
    public async Task Staff_are_notified_of_an_ended_collection_by_the_next_day_and_missed_days_notify_nobody_again()
    {
        await using var home = await AzureStory.StartAsync();
        var id = await OrderAsync(home);
        await home.TickAsync("DailyReceivables");
        await EndAsync(home, $"{id}-I1");

        await home.PassAsync(TimeSpan.FromDays(1));
        await home.TickAsync("DailyReceivables");
        await home.TickAsync("DailyReceivables");

        var sent = await MailsAsync(home, "receivable-escalated");
        Assert.Equal(2, sent.Count);
        Assert.All(
            sent,
            mail => Assert.StartsWith(
                "Nobody chases this invoice: ", (string?)mail["subject"], StringComparison.Ordinal));
        Assert.All(
            sent,
            mail => Assert.Contains(
                "Somebody ended its automatic collection on ", (string?)mail["text"], StringComparison.Ordinal));

        await home.PassAsync(TimeSpan.FromDays(7));
        await home.TickAsync("DailyReceivables");
        await home.TickAsync("DailyReceivables");
        Assert.Equal(2, (await MailsAsync(home, "receivable-escalated")).Count);
        string[] looks = ["2027-01-04: 2 open, 0", "2027-01-05: 2 open, 1", "2027-01-12: 2 open, 1"];
        Assert.Equal(looks, Looks(home, "Receivables"));
    }

    [Fact]
    public async Task Owner_and_manager_are_notified_within_the_hour_of_a_buyer_whose_deal_was_ended()
    {
        await using var home = await AzureStory.StartAsync();
        var id = await DealScript.InquireAsync(home);
        await home.TickAsync("ResponseSweep");
        await home.TickAsync("ResponseSweep");
        await EndAsync(home, id);

        await home.PassAsync(TimeSpan.FromHours(1));
        await home.TickAsync("ResponseSweep");
        await home.TickAsync("ResponseSweep");

        var sent = await MailsAsync(home, "inquiry-unattended");
        Assert.Equal(2, sent.Select(mail => (string?)mail["to"]!["address"]).Distinct().Count());
        Assert.Equal(2, sent.Count);
        Assert.Equal(["2027-01-04T16: 1 open, 0", "2027-01-04T17: 1 open, 1"], Looks(home, "Responses"));
    }

    [Fact]
    public async Task The_daily_look_at_deals_notifies_of_an_inquiry_that_nobody_got_to_see()
    {
        await using var home = await AzureStory.StartAsync();
        var id = await OrderAsync(home);
        foreach (var table in (string[])["Deals", "Board"])
        {
            await foreach (var row in home.Tables.ReadAllAsync(table, new TableQuery()))
            {
                await home.Tables.DeleteAsync(table, row.PartitionKey, row.RowKey, TableOperation.AnyETag);
            }
        }

        await EndAsync(home, id);
        await home.TickAsync("DailyDeals");

        var mail = Assert.Single(await MailsAsync(home, "inquiry-unattended"));
        Assert.Contains("Not looked at yet", (string?)mail["text"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_is_notified_of_what_does_its_work()
    {
        await using var home = await AzureStory.StartAsync();
        var id = await OrderAsync(home);
        await DealScript.PayAsync(home, "BANK-1", await DealScript.InvoiceAsync(home, id, 0));
        await DealScript.ReachAsync(home, id, "Produced");
        await DealScript.ReachAsync(home, id, "Shipped");
        for (var day = 0; day < 20; day++)
        {
            foreach (var timer in Timers)
            {
                await home.TickAsync(timer);
            }

            await home.PassAsync(TimeSpan.FromDays(1));
        }

        Assert.Empty(await MailsAsync(home, "inquiry-unattended"));
        Assert.DoesNotContain(
            await MailsAsync(home, "receivable-escalated"),
            mail => ((string)mail["subject"]!).StartsWith("Nobody", StringComparison.Ordinal));
        Assert.Equal(
            15, Looks(home, "Receivables").Count(look => look.EndsWith(": 1 open, 0", StringComparison.Ordinal)));
    }

    private static async Task<string> OrderAsync(AzureStory home)
    {
        var id = await DealScript.InquireAsync(home);
        await DealScript.QuoteAsync(home, id, discountPercent: 0);
        await DealScript.AcceptAsync(home, id);
        return id;
    }

    private static Task<JsonNode> EndAsync(AzureStory home, string instance) =>
        home.PostAsync($"/api/instances/{instance}/terminate", new { reason = "by mistake" });

    private static async Task<List<JsonNode>> MailsAsync(AzureStory home, string kind) =>
        [.. ((JsonArray)(await home.GetAsync($"/api/mails?kind={kind}&limit=200"))["items"]!).OfType<JsonNode>()];

    private static List<string> Looks(AzureStory home, string sweep) =>
        [.. home.Log.Lines
            .Select(line => line.Text)
            .Where(text => text.StartsWith($"Swept {sweep} of ", StringComparison.Ordinal))
            .Select(text => text[$"Swept {sweep} of ".Length..text.IndexOf(" of them", StringComparison.Ordinal)])];
}
