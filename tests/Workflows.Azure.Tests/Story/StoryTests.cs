using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Azure.Functions.Worker;
using Workflows.Conformance;

namespace Workflows.Azure.Tests.Story;

/// <summary>
/// Every seam of the Azure home is crossed: webhook, queue, orchestration, approval link, payments, mails, timers.
/// </summary>
public sealed class StoryTests
{
    [Fact]
    public async Task One_script_has_the_same_outcome_in_both_homes()
    {
        await using var azure = await AzureStory.StartAsync();
        await using var embedded = await EmbeddedStory.StartAsync();

        var id = await DealScript.RunAsync(azure);
        Assert.Equal(id, await DealScript.RunAsync(embedded));

        var outcome = await DealScript.OutcomeAsync(azure, id);
        Assert.Equal(await DealScript.OutcomeAsync(embedded, id), outcome);
        Assert.StartsWith("Paid ", outcome, StringComparison.Ordinal);
        Assert.Contains("mail payment-reminder", outcome, StringComparison.Ordinal);
        Assert.Equal((await MailsAsync(azure)).Count, azure.SendGrid.Mails.Count);
        Assert.All(await MailsAsync(azure), mail => Assert.Equal("Sent", (string?)mail!["status"]));
    }

    [Fact]
    public async Task Every_timer_ticks_where_there_is_nothing_to_do()
    {
        await using var home = await AzureStory.StartAsync();
        foreach (var timer in home.Functions.NamesOf<TimerTriggerAttribute>())
        {
            await home.TickAsync(timer);
        }

        Assert.Empty(home.SendGrid.Mails);
    }

    [Fact]
    public async Task The_clock_starts_the_review_of_each_month_once()
    {
        await using var home = await AzureStory.StartAsync();
        await home.TickAsync("MonthlyReviews");
        await home.TickAsync("MonthlyReviews");
        await home.PassAsync(TimeSpan.FromDays(35));
        await home.TickAsync("MonthlyReviews");

        Assert.Contains(
            "2027-01", (await home.GetAsync("/api/reviews/2027-01")).ToJsonString(), StringComparison.Ordinal);
        var reviews = (JsonArray)(await home.GetAsync("/api/instances?prefix=review-2027"))["items"]!;
        Assert.Equal("review-2027-01", (string?)Assert.Single(reviews)!["instanceId"]);
    }

    [Fact]
    public async Task A_signal_whose_process_died_before_the_wake_up_is_taken_within_minutes()
    {
        await using var home = await AzureStory.StartAsync();
        var id = await DealScript.InquireAsync(home);
        home.Faults.TakesNoEvents = true;
        await Assert.ThrowsAnyAsync<Exception>(() => DealScript.QuoteAsync(home, id, discountPercent: 5));
        home.Faults.TakesNoEvents = false;
        await home.SettleAsync();
        Assert.Null((string?)(await DealScript.DealAsync(home, id))["quotationStatus"]);

        await home.PassAsync(TimeSpan.FromMinutes(10));
        await home.TickAsync("SweepWakeUps");
        Assert.Equal("Sent", (string?)(await DealScript.DealAsync(home, id))["quotationStatus"]);
    }

    [Fact]
    public async Task Of_two_bodies_under_one_id_at_two_processes_one_counts()
    {
        await using var first = await AzureStory.StartAsync();
        await using var second = await AzureStory.StartBesideAsync(first);
        for (var n = 0; n < 10; n++)
        {
            var answers = await Task.WhenAll(
                first.DeliverAsync($"msg_{n}", DealScript.InquiryOf($"INQ-{n}")),
                second.DeliverAsync($"msg_{n}", DealScript.InquiryOf($"INQ-{n}-other")));
            Assert.Equal(
                [HttpStatusCode.Accepted, HttpStatusCode.Conflict],
                answers.Select(answer => answer.StatusCode).Order());
        }

        await first.SettleAsync();
        Assert.Equal(10, ((JsonArray)(await first.GetAsync("/api/instances?limit=200"))["items"]!).Count);
    }

    [Fact]
    public async Task A_message_that_cannot_be_handled_is_kept_and_shown_and_the_queue_goes_on()
    {
        await using var home = await AzureStory.StartAsync();
        await home.Queues.PutAsync("inbound", "this is no inquiry");
        await Eventually.ValueAsync(
            async () =>
            {
                await home.Queues.PumpAsync();
                using var request = new HttpRequestMessage(HttpMethod.Get, "/operations");
                using var page = await home.AskAsync(request);
                return await page.Content.ReadAsStringAsync();
            },
            page => page.Contains("this is no inquiry", StringComparison.Ordinal),
            "the console shows the message");

        var id = await DealScript.RunAsync(home);
        Assert.Equal("Paid", (string?)(await DealScript.DealAsync(home, id))["stage"]);
        await home.TickAsync("HealthAlerts");
        Assert.Contains(
            home.Log.Lines, line => line.Text.Contains("queue inbound was given up", StringComparison.Ordinal));

        home.Clock.Advance(TimeSpan.FromDays(4_000));
        await home.TickAsync("PurgeExpired");
        Assert.Empty((JsonArray)(await home.GetAsync("/api/instances"))["items"]!);
        Assert.Equal("Paid", (string?)(await DealScript.DealAsync(home, id))["stage"]);
    }

    private static async Task<JsonArray> MailsAsync(StoryHome home) =>
        (JsonArray)(await home.GetAsync("/api/mails?limit=200"))["items"]!;
}
