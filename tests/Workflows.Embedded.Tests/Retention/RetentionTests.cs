using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Workflows.Conformance;
using Workflows.Embedded.Tests.Serving;
using Workflows.Platform;
using Workflows.Web.Tests;

namespace Workflows.Embedded.Tests.Retention;

/// <summary>The default policy keeps ended instances for 180 days and copies of webhooks for 90.</summary>
public sealed class RetentionTests : IAsyncLifetime
{
    private RunningHome _home = null!;

    public async Task InitializeAsync() => _home = await RunningHome.StartAsync();

    public async Task DisposeAsync() => await _home.DisposeAsync();

    [Fact]
    public async Task An_ended_instance_goes_after_its_days_and_its_deal_timeline_and_audit_stay()
    {
        var id = await LostAsync("INQ-1");
        var before = await _home.GetAsync($"/api/deals/{id}");
        await PassAsync(days: 179);
        Assert.True(await HasInstanceAsync(id));

        await PassAsync(days: 2);

        await EventuallyAsync(() => HasInstanceAsync(id), there => !there, "the instance is purged");
        var after = await _home.GetAsync($"/api/deals/{id}");
        Assert.Equal("Lost", (string?)after["stage"]);
        Assert.Equal(before["timeline"]!.ToJsonString(), after["timeline"]!.ToJsonString());
        Assert.True(await HasInstanceAsync("review-schedule"));
    }

    [Fact]
    public async Task An_inquiry_that_comes_again_after_its_deal_was_purged_starts_nothing()
    {
        var id = await LostAsync("INQ-1");
        await PassAsync(days: 181);
        await EventuallyAsync(() => HasInstanceAsync(id), there => !there, "the instance is purged");

        using var late = await _home.DeliverAsync("msg_late", Samples.Inquiry("INQ-1"));

        Assert.Equal(HttpStatusCode.Accepted, late.StatusCode);
        var receipt = JsonNode.Parse(await late.Content.ReadAsStringAsync())!;
        Assert.Equal((id, true), ((string?)receipt["dealId"], (bool)receipt["duplicate"]!));
        Assert.False(await HasInstanceAsync(id));
        Assert.Equal("Lost", (string?)(await _home.GetAsync($"/api/deals/{id}"))["stage"]);
    }

    [Fact]
    public async Task A_webhooks_copy_goes_after_its_days_and_one_that_is_younger_stays()
    {
        await _home.AssignedAsync("INQ-1");
        await PassAsync(days: 89);
        await _home.AssignedAsync("INQ-2");
        var before = await KeptWebhooksAsync();
        Assert.Equal(["msg_INQ-1", "msg_INQ-2"], before.Kept);
        Assert.Equal(2, before.Listed);

        await PassAsync(days: 2);

        var after = await EventuallyAsync(
            KeptWebhooksAsync, webhooks => webhooks is { Kept.Length: < 2, Listed: < 2 },
            "the older copy is forgotten");
        Assert.Equal(["msg_INQ-2"], after.Kept);
        Assert.Equal(1, after.Listed);
    }

    private async Task PassAsync(int days)
    {
        for (var day = 0; day < days; day++)
        {
            _home.Clock.Advance(TimeSpan.FromDays(1));
            await Task.Yield();
        }
    }

    // The clock goes on, since the loop may have been looking while it was moved.
    private Task<T> EventuallyAsync<T>(Func<Task<T>> read, Func<T, bool> fits, string what) => Eventually.ValueAsync(
        () =>
        {
            _home.Clock.Advance(TimeSpan.FromHours(1));
            return read();
        },
        fits,
        what);

    private async Task<string> LostAsync(string inquiry)
    {
        var id = await _home.AssignedAsync(inquiry);
        await _home.PostAsync($"/api/deals/{id}/giveup", new { reason = "The buyer went elsewhere" });
        await _home.DealAsync(id, deal => (string?)deal["stage"] == "Lost", "lost");
        await Eventually.ValueAsync(
            () => _home.GetAsync($"/api/instances/{id}"), instance => (string?)instance["status"] == "Completed",
            "ended");
        return id;
    }

    private async Task<bool> HasInstanceAsync(string id)
    {
        using var response = await _home.SendAsync(HttpMethod.Get, $"/api/instances/{id}");
        if (response.StatusCode != HttpStatusCode.OK)
        {
            await response.ProblemAsync(HttpStatusCode.NotFound, "not-found");
        }

        return response.StatusCode == HttpStatusCode.OK;
    }

    // The loop may forget one between the two reads.
    private async Task<(string[] Kept, int Listed)> KeptWebhooksAsync()
    {
        var tables = _home.Services.GetRequiredService<ITableStore>();
        var rows = await tables.QueryAsync("WebhookInbox", TableQuery.Of("standard", "e|"));
        var listed = await tables.QueryAsync("WebhookInbox", TableQuery.Of("standard", "t|"));
        return ([.. rows.Items.Select(row => row.RequiredText("EventId"))], listed.Items.Count);
    }
}
