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
    public async Task A_collection_that_was_ended_is_told_by_the_next_day_and_days_that_were_missed_tell_nothing_again()
    {
        await using var home = await AzureStory.StartAsync();
        var id = await OrderAsync(home);
        await home.TickAsync("DailyReceivables");
        await EndAsync(home, $"{id}-I1");

        await home.PassAsync(TimeSpan.FromDays(1));
        await home.TickAsync("DailyReceivables");
        await home.TickAsync("DailyReceivables");

        var told = await ToldAsync(home, "receivable-escalated");
        Assert.Equal(2, told.Count);
        Assert.All(
            told,
            mail => Assert.StartsWith(
                "Nobody chases this invoice: ", (string?)mail["subject"], StringComparison.Ordinal));
        Assert.All(
            told,
            mail => Assert.Contains(
                "Somebody ended its automatic collection on ", (string?)mail["text"], StringComparison.Ordinal));

        await home.PassAsync(TimeSpan.FromDays(7));
        await home.TickAsync("DailyReceivables");
        await home.TickAsync("DailyReceivables");
        Assert.Equal(2, (await ToldAsync(home, "receivable-escalated")).Count);
        string[] looks = ["2027-01-04: 2 open, 0", "2027-01-05: 2 open, 1", "2027-01-12: 2 open, 1"];
        Assert.Equal(looks, Looks(home, "Receivables"));
    }

    [Fact]
    public async Task A_buyer_whose_deal_was_ended_is_told_within_the_hour_to_owner_and_manager()
    {
        await using var home = await AzureStory.StartAsync();
        var id = await DealScript.InquireAsync(home);
        await home.TickAsync("ResponseSweep");
        await home.TickAsync("ResponseSweep");
        await EndAsync(home, id);

        await home.PassAsync(TimeSpan.FromHours(1));
        await home.TickAsync("ResponseSweep");
        await home.TickAsync("ResponseSweep");

        var told = await ToldAsync(home, "inquiry-unattended");
        Assert.Equal(2, told.Select(mail => (string?)mail["to"]!["address"]).Distinct().Count());
        Assert.Equal(2, told.Count);
        Assert.Equal(["2027-01-04T16: 1 open, 0", "2027-01-04T17: 1 open, 1"], Looks(home, "Responses"));
    }

    [Fact]
    public async Task An_inquiry_that_nobody_got_to_see_is_told_by_the_daily_look_at_deals()
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

        var mail = Assert.Single(await ToldAsync(home, "inquiry-unattended"));
        Assert.Contains("Not looked at yet", (string?)mail["text"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_does_its_work_is_told_to_nobody()
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

        Assert.Empty(await ToldAsync(home, "inquiry-unattended"));
        Assert.DoesNotContain(
            await ToldAsync(home, "receivable-escalated"),
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

    private static async Task<List<JsonNode>> ToldAsync(AzureStory home, string kind) =>
        [.. ((JsonArray)(await home.GetAsync($"/api/mails?kind={kind}&limit=200"))["items"]!).OfType<JsonNode>()];

    private static List<string> Looks(AzureStory home, string sweep) =>
        [.. home.Log.Lines
            .Select(line => line.Text)
            .Where(text => text.StartsWith($"Swept {sweep} of ", StringComparison.Ordinal))
            .Select(text => text[$"Swept {sweep} of ".Length..text.IndexOf(" of them", StringComparison.Ordinal)])];
}
