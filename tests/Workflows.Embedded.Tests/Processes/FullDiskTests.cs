using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Workflows.Conformance;
using Workflows.Embedded.Demo;
using Workflows.Embedded.Serving;
using Workflows.Embedded.Tests.Serving;
using Workflows.Web.Tests;

namespace Workflows.Embedded.Tests.Processes;

/// <summary>A real process whose files may not grow any more for a while, as on a full disk.</summary>
public sealed class FullDiskTests : IDisposable
{
    private const long LessThanAnyCommit = 4096;

    private static readonly WebhookSettings Source = new(null, [Server.Secret], null, null, []);

    private readonly string _folder = Directory.CreateTempSubdirectory("workflows-full-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_full_disk_is_reported_and_nothing_that_was_acknowledged_is_lost()
    {
        if (!OperatingSystem.IsLinux())
        {
            return; // Only there can a process's files be held from outside.
        }

        var port = RunningHome.FreePort();
        using var server = await Server.ServeAsync(_folder, port);
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        using var first = await DeliverAsync(http, "INQ-1");
        Assert.Equal(HttpStatusCode.Accepted, first.StatusCode);

        server.LimitFiles(LessThanAnyCommit);
        using var refused = await DeliverAsync(http, "INQ-2");
        await refused.ProblemAsync(HttpStatusCode.ServiceUnavailable, "storage-unavailable");
        Assert.True(refused.Headers.RetryAfter?.Delta >= TimeSpan.FromSeconds(1));
        using var live = await http.GetAsync("/health/live");
        Assert.Equal(HttpStatusCode.OK, live.StatusCode);

        server.LimitFiles(null);
        using var again = await Eventually.ValueAsync(
            () => DeliverAsync(http, "INQ-2"),
            response => response.StatusCode != HttpStatusCode.ServiceUnavailable,
            "it recovers by itself");
        Assert.Equal(HttpStatusCode.Accepted, again.StatusCode);
        await Eventually.ValueAsync(
            () => DealsAsync(http), deals => deals.SequenceEqual(["INQ-1 Assigned", "INQ-2 Assigned"]),
            "both deals are there, once");
        Assert.Equal(0, await server.StopAsync());
    }

    private static async Task<HttpResponseMessage> DeliverAsync(HttpClient http, string inquiry)
    {
        using var webhook = Platforms.Standard(
            Source, "msg_" + inquiry, TimeProvider.System.GetUtcNow(), Samples.Inquiry(inquiry));
        return await http.SendAsync(webhook);
    }

    private static async Task<string[]> DealsAsync(HttpClient http)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/deals");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", RunningHome.AdminKey);
        using var response = await http.SendAsync(request);
        var deals = (JsonArray)JsonNode.Parse(await response.Content.ReadAsStringAsync())!["items"]!;
        return [
            .. deals.Select(deal => $"{((string)deal!["company"]!).Split(' ')[1]} {(string)deal["stage"]!}").Order()];
    }
}
