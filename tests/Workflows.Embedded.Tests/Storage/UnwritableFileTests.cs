using System.Net;
using System.Text.Json.Nodes;
using Workflows.Conformance;
using Workflows.Embedded.Tests.Serving;
using Workflows.Web.Tests;

namespace Workflows.Embedded.Tests.Storage;

/// <summary>
/// The file cannot be written for a while. Requests are answered so, what was acknowledged stays, and it goes on by
/// itself.
/// </summary>
public sealed class UnwritableFileTests
{
    [Fact]
    public async Task While_another_tool_holds_a_lock_requests_are_asked_to_come_back_and_afterwards_all_goes_on()
    {
        await using var home = await RunningHome.StartAsync();
        await home.AssignedAsync("INQ-1");
        string underWay;
        using (var tool = RawDatabase.Open(home.Database))
        {
            RawDatabase.Execute(tool, "PRAGMA busy_timeout = 20000");
            using var taken = await home.DeliverAsync("msg_INQ-2", Samples.Inquiry("INQ-2"));
            underWay = await DealOfAsync(taken);
            RawDatabase.Execute(tool, "BEGIN IMMEDIATE");

            using var webhook = await home.DeliverAsync("msg_INQ-3", Samples.Inquiry("INQ-3"));
            using var payment = await home.SendAsync(HttpMethod.Post, "/api/payments", Payment);
            using var ready = await Eventually.ValueAsync(
                () => home.Http.GetAsync("/health/ready"),
                answer => answer.StatusCode == HttpStatusCode.ServiceUnavailable,
                "it says that it is not ready, as soon as nobody's earlier look answers for it");
            using var live = await home.Http.GetAsync("/health/live");
            using var read = await home.SendAsync(HttpMethod.Get, "/api/deals");

            await IsUnavailableAsync(webhook);
            await IsUnavailableAsync(payment);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
            Assert.Equal(HttpStatusCode.OK, live.StatusCode);
            Assert.Equal(HttpStatusCode.OK, read.StatusCode);
        }

        // As its platform does: it sends the same event again until it is taken.
        var again = await Eventually.ValueAsync(
            () => home.DeliverAsync("msg_INQ-3", Samples.Inquiry("INQ-3")),
            response => response.StatusCode != HttpStatusCode.ServiceUnavailable,
            "it recovers by itself");
        var repeated = await DealOfAsync(again);
        foreach (var id in (string[])[underWay, repeated])
        {
            var deal = await AssignedAsync(home, id);
            Assert.Equal([1, 2, 3], ((JsonArray)deal["timeline"]!).Select(line => (int)line!["number"]!));
        }

        Assert.Equal(3, ((JsonArray)(await home.GetAsync("/api/deals"))["items"]!).Count);
        await Eventually.ValueAsync(
            () => home.Http.GetAsync("/health/ready"), answer => answer.StatusCode == HttpStatusCode.OK, "it is ready");
    }

    private static object Payment { get; } = new
    {
        reference = "BANK-1",
        amount = new { amount = "10.00", currency = "USD" },
    };

    private static async Task IsUnavailableAsync(HttpResponseMessage response)
    {
        await response.ProblemAsync(HttpStatusCode.ServiceUnavailable, "storage-unavailable");
        Assert.True(response.Headers.RetryAfter?.Delta >= TimeSpan.FromSeconds(1));
    }

    private static async Task<string> DealOfAsync(HttpResponseMessage response)
    {
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        return (string)JsonNode.Parse(await response.Content.ReadAsStringAsync())!["dealId"]!;
    }

    private static async Task<JsonNode> AssignedAsync(RunningHome home, string id)
    {
        await Eventually.ValueAsync(
            async () => (await home.GetAsync("/api/deals?stage=Assigned")).ToString(),
            deals => deals.Contains(id, StringComparison.Ordinal),
            $"{id} is assigned");
        return await home.GetAsync($"/api/deals/{id}");
    }
}
