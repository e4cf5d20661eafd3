using System.Net;
using System.Text.Json;
using Workflows.Conformance;

namespace Workflows.Web.Tests.Deals;

/// <summary>A deal whose buyer writes and writes.</summary>
public sealed class TimelinePagesTests(TradingHome home) : IClassFixture<TradingHome>
{
    private const int Messages = 250;
    private const int Shown = 100;

    // Taken in, qualified, assigned.
    private const int EntriesBefore = 3;

    [Fact]
    public async Task A_long_timeline_is_given_in_pages_that_together_are_the_whole_of_it()
    {
        var deal = await DealAsync();
        var shown = await GetAsync($"/api/deals/{deal}");
        var newest = shown.GetProperty("timeline");
        Assert.Equal(Shown, newest.GetArrayLength());
        var numbers = newest.EnumerateArray().Select(NumberOf).Reverse().ToList();
        var cursor = shown.GetProperty("timelineNext").GetString();
        var pages = 0;
        for (; cursor is not null; pages++)
        {
            var page = await GetAsync($"/api/deals/{deal}/timeline?limit=60&cursor={cursor}");
            numbers.AddRange(page.GetProperty("items").EnumerateArray().Select(NumberOf));
            cursor = page.GetProperty("next").GetString();
        }

        Assert.True(pages >= 2, $"{pages} pages");
        Assert.True(numbers.Count >= Messages, $"{numbers.Count} entries");
        Assert.Equal(Enumerable.Range(1, numbers.Count).Reverse(), numbers);

        var first = await GetAsync($"/api/deals/{deal}/timeline");
        Assert.Equal(numbers.Take(50), first.GetProperty("items").EnumerateArray().Select(NumberOf));
        foreach (var wrong in new[] { "x", "-1", "1.5", "99999999999" })
        {
            await (await home.Web.Admin.GetAsync($"/api/deals/{deal}/timeline?cursor={wrong}"))
                .ProblemAsync(HttpStatusCode.BadRequest, "query-invalid");
        }
    }

    [Fact]
    public async Task The_page_shows_the_latest_entries_and_leads_to_the_older_ones()
    {
        var deal = await DealAsync();
        var address = $"/deals/{deal}";
        var (pages, entries) = (0, 0);
        while (address is not null)
        {
            var html = await home.Web.Admin.GetStringAsync(address);
            entries += html.Split("<p class=\"what\"").Length - 1;
            var older = html.IndexOf($"/deals/{deal}?before=", StringComparison.Ordinal);
            address = older < 0 ? null : html[older..html.IndexOf('"', older)];
            Assert.True(pages++ < 10, "The pages end.");
        }

        Assert.Equal(3, pages);
        Assert.True(entries >= Messages, $"{entries} entries");
        using var odd = await home.Web.Admin.GetAsync($"/deals/{deal}?before=never");
        Assert.Equal(HttpStatusCode.OK, odd.StatusCode);
    }

    private async Task<string> DealAsync()
    {
        var inquiry = home.Unique("long");
        var deal = await DeliverAsync(inquiry, 0);
        await home.DealAsync(deal, found => found.GetProperty("stage").GetString() == "Assigned", "an owner");
        for (var n = 1; n <= Messages; n++)
        {
            Assert.Equal(deal, await DeliverAsync(inquiry, n));
        }

        await Eventually.SeenAsync(
            async () => (await GetAsync($"/api/deals/{deal}")).GetProperty("timeline") is var timeline
                && NumberOf(timeline[timeline.GetArrayLength() - 1]) == Messages + EntriesBefore ? deal : null,
            "every message on the timeline");
        return deal;
    }

    private async Task<string> DeliverAsync(string inquiry, int message)
    {
        var body = $$$"""
            {"type":"inquiry.created","timestamp":"2026-11-03T08:00:00Z","data":{"platformInquiryId":"{{{inquiry}}}",
            "buyer":{"name":"Anna","email":"anna@{{{inquiry}}}.example","company":"Pumps","countryISO2":"DE"},
            "products":[{"name":"Gear pump","qty":500,"unit":"pc"}],"message":"Message {{{message}}}."}}
            """;
        using var answer = await home.Web.Anonymous.SendAsync(WebHome.Signed($"msg_{inquiry}_{message}", body));
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        return (await answer.JsonAsync()).GetProperty("dealId").GetString()!;
    }

    private Task<JsonElement> GetAsync(string path) => home.GetAsync(path);

    private static int NumberOf(JsonElement entry) => entry.GetProperty("number").GetInt32();
}
