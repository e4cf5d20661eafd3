using System.Net;
using Workflows.Web.Inquiries.Webhooks;

namespace Workflows.Web.Tests.Inquiries.Webhooks;

/// <summary>A source that sends faster than its pace waits for itself.</summary>
public sealed class PacedSourceTests : IAsyncLifetime
{
    private const string Body = """{"type":"contact.updated","timestamp":"2026-01-05T08:00:00Z","data":{}}""";

    private readonly WebHome _home = new()
    {
        Configure = options =>
        {
            options.Webhooks.Sources["other"] =
                new WebhookSourceOptions { Scheme = "standard", Secrets = { WebHome.StandardSecret } };
            options.RateLimits.WebhooksPerSecond = 1;
            options.RateLimits.QueuedWebhooksPerPlatform = 2;
        },
    };

    public Task InitializeAsync() => _home.InitializeAsync();

    public Task DisposeAsync() => _home.DisposeAsync();

    [Fact]
    public async Task It_waits_for_its_turn_and_no_other_source_does()
    {
        Assert.Equal(HttpStatusCode.Accepted, await SendAsync("standard", "msg_0"));
        var flood = Enumerable.Range(1, 10).Select(n => SendAsync("standard", $"msg_{n}")).ToList();

        Assert.Equal(HttpStatusCode.Accepted, await SendAsync("other", "msg_other"));

        var answers = await Task.WhenAll(flood);
        Assert.InRange(answers.Count(status => status == HttpStatusCode.Accepted), 2, 9);
        Assert.Contains(HttpStatusCode.ServiceUnavailable, answers);
    }

    private async Task<HttpStatusCode> SendAsync(string source, string id)
    {
        using var request = WebHome.Signed(id, Body);
        request.RequestUri = new Uri($"/api/webhooks/{source}", UriKind.Relative);
        using var answer = await _home.Anonymous.SendAsync(request);
        return answer.StatusCode;
    }
}
