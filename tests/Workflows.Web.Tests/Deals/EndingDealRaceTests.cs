using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Workflows.Conformance;
using Workflows.Lifecycle.Messages;
using Workflows.Policies;
using Workflows.Web.Hosting.Keys;

namespace Workflows.Web.Tests.Deals;

/// <summary>
/// Signed messages, replies and a handover beside the request that gives a deal up, all at once: whatever was
/// acknowledged is on the timeline or in a mail.
/// </summary>
public sealed class EndingDealRaceTests : IAsyncLifetime
{
    private const int Rounds = 10;
    private const int Messages = 5;

    private readonly TradingHome _home = new() { Policy = WithoutWindow(PolicyLoader.Default()) };

    public Task InitializeAsync() => _home.InitializeAsync();

    public Task DisposeAsync() => _home.DisposeAsync();

    [Fact]
    public async Task Nothing_that_is_acknowledged_while_a_deal_is_given_up_is_lost()
    {
        for (var round = 0; round < Rounds; round++)
        {
            var inquiry = _home.Unique("race");
            using var opened = await SendAsync(inquiry, $"{inquiry}-0", "Please quote.");
            var deal = (await opened.JsonAsync()).GetProperty("dealId").GetString()!;
            await _home.DealAsync(deal, found => found.GetProperty("stage").GetString() == "Assigned", "an owner");

            var written = Enumerable.Range(1, Messages)
                .Select(n => SendAsync(inquiry, $"{inquiry}-{n}", $"Word {n} on {inquiry}")).ToList();
            var reply = PostAsync(deal, "reply", """{"channel":"telephone"}""");
            var handover = PostAsync(deal, "handover", """{"to":"mei","reason":"Leave"}""");
            var end = PostAsync(deal, "giveup", """{"reason":"The buyer is gone."}""");
            await Task.WhenAll([.. written, reply, handover, end]);

            foreach (var n in Enumerable.Range(1, Messages))
            {
                Assert.True((await written[n - 1]).IsSuccessStatusCode);
                await ToldAsync(deal, $"Word {n} on {inquiry}");
            }

            await AcknowledgedIsToldAsync(deal, await reply, "Answered the buyer", "a reply to the buyer");
            await AcknowledgedIsToldAsync(deal, await handover, "Handed over", "handover to mei");
            await _home.DealAsync(deal, found => found.GetProperty("stage").GetString() == "Lost", "the end");
        }
    }

    private async Task AcknowledgedIsToldAsync(
        string deal, HttpResponseMessage answer, string taken, string refused)
    {
        if (answer.IsSuccessStatusCode)
        {
            await Eventually.ValueAsync(
                () => TimelineAsync(deal),
                timeline => timeline.Contains(taken, StringComparison.OrdinalIgnoreCase)
                    || timeline.Contains(refused, StringComparison.OrdinalIgnoreCase),
                $"{taken} on {deal}");
            return;
        }

        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
    }

    // Nobody waits for the next mail here; what a mail is just being made of goes with the digest.
    private static Policy WithoutWindow(Policy policy) => policy with { Mails = new MailPolicy(null, null, 0) };

    private async Task ToldAsync(string deal, string words) => await Eventually.ValueAsync(
        async () =>
        {
            await ActivatorUtilities.GetServiceOrCreateInstance<MessageDigests>(_home.Web.Services)
                .SendDueAsync(CancellationToken.None);
            return await TimelineAsync(deal) + await MailsAsync(deal);
        },
        told => told.Contains(words, StringComparison.Ordinal),
        $"'{words}' on {deal}");

    private async Task<string> TimelineAsync(string deal) => (await _home.GetAsync($"/api/deals/{deal}")).ToString();

    private async Task<string> MailsAsync(string deal) => (await _home.GetAsync($"/api/mails?about={deal}")).ToString();

    private Task<HttpResponseMessage> PostAsync(string deal, string action, string json) =>
        _home.As(Role.Manager).SendAsync(WebHome.Post($"/api/deals/{deal}/{action}", json, _home.Unique("race-key")));

    private Task<HttpResponseMessage> SendAsync(string inquiry, string messageId, string words) =>
        _home.Web.Anonymous.SendAsync(WebHome.Signed(messageId, JsonSerializer.Serialize(new
        {
            type = "inquiry.created",
            timestamp = "2026-11-03T08:00:00Z",
            data = new
            {
                platformInquiryId = inquiry,
                buyer = new { name = "Rosa Diaz", email = $"rosa@{inquiry}.example", countryISO2 = "ES" },
                products = new[] { new { name = "Gear pump", qty = 40, unit = "pc" } },
                message = words,
            },
        })));
}
