using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Workflows.Conformance;
using Workflows.Platform;

namespace Workflows.Azure.Tests.Story;

/// <summary>A whole home on a virtual clock, reached over HTTP. One script runs on each kind of it.</summary>
internal abstract class StoryHome(VirtualClock clock) : IAsyncDisposable
{
    public const string AdminKey = "a-key-of-the-tests-only";
    public const string Secret = "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private int _posts;

    public VirtualClock Clock { get; } = clock;

    public abstract HttpClient Http { get; }

    /// <summary>What the home is made of.</summary>
    public abstract IServiceProvider Services { get; }

    /// <summary>What the home keeps.</summary>
    public ITableStore Tables => Services.GetRequiredService<ITableStore>();

    /// <summary>When the next durable timer is due; null when none is set.</summary>
    protected abstract DateTimeOffset? NextTimer { get; }

    /// <summary>Waits until everything has been done that can be done without time passing.</summary>
    public abstract Task SettleAsync();

    /// <summary>Ends the home's process and starts it again on what it kept.</summary>
    public abstract Task RestartAsync();

    public abstract ValueTask DisposeAsync();

    /// <summary>Lets time pass, from one timer to the next, so that what one starts meets the other.</summary>
    public async Task PassAsync(TimeSpan time)
    {
        var end = Clock.GetUtcNow() + time;
        await SettleAsync();
        while (NextTimer is { } next && next <= end)
        {
            Clock.AdvanceTo(next);
            await SettleAsync();
        }

        Clock.AdvanceTo(end);
        await SettleAsync();
    }

    /// <summary>Delivers an event as a platform signs it (Standard Webhooks).</summary>
    public async Task<HttpResponseMessage> DeliverAsync(string eventId, object inquiry)
    {
        var now = Clock.GetUtcNow();
        var body = JsonSerializer.Serialize(new { type = "inquiry.created", timestamp = now, data = inquiry });
        var time = now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var signature = HMACSHA256.HashData(
            Convert.FromBase64String(Secret), Encoding.UTF8.GetBytes($"{eventId}.{time}.{body}"));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/webhooks/standard")
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("webhook-id", eventId);
        request.Headers.Add("webhook-timestamp", time);
        request.Headers.Add("webhook-signature", "v1," + Convert.ToBase64String(signature));
        return await Http.SendAsync(request);
    }

    /// <summary>Posts as the admin, and waits until what it started has been done.</summary>
    public async Task<JsonNode> PostAsync(string path, object body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
        request.Headers.Add("Idempotency-Key", $"post-of-the-story-{++_posts:D8}");
        var answer = await SendAsync(request);
        await SettleAsync();
        return answer;
    }

    /// <summary>Reads as the admin.</summary>
    public async Task<JsonNode> GetAsync(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        return await SendAsync(request);
    }

    /// <summary>Sends a request as the admin, whatever becomes of it.</summary>
    public Task<HttpResponseMessage> AskAsync(HttpRequestMessage request)
    {
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", AdminKey);
        return Http.SendAsync(request);
    }

    /// <summary>What went wrong inside, for a test that fails.</summary>
    protected virtual string Failures() => "";

    private async Task<JsonNode> SendAsync(HttpRequestMessage request)
    {
        using var response = await AskAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(
            response.IsSuccessStatusCode, $"{request.RequestUri}: {(int)response.StatusCode} {text}\n{Failures()}");
        return JsonNode.Parse(text)!;
    }
}
