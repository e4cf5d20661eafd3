using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Workflows.Conformance;
using Workflows.Embedded.Demo;
using Workflows.Embedded.Serving;
using Workflows.Embedded.Tests.Serving;

namespace Workflows.Embedded.Tests.Processes;

/// <summary>
/// A real process is killed at random moments during traffic, started again, and what it holds is counted.
/// </summary>
public sealed class KilledProcessTests : IDisposable
{
    private const int Kills = 25;
    private const int Seed = 20261122;
    private static readonly WebhookSettings Source = new(null, [Server.Secret], null, null, []);

    private readonly string _folder = Directory.CreateTempSubdirectory("workflows-kill-").FullName;
    private readonly Dictionary<string, string> _acknowledged = [];
    private int _sent;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Whatever_was_acknowledged_is_there_once_after_25_kills()
    {
        var random = SeededRandom.For(Seed, "kills");
        var port = RunningHome.FreePort();
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        for (var kill = 0; kill < Kills; kill++)
        {
            using var server = await Server.ServeAsync(_folder, port);
            using var over = new CancellationTokenSource();
            var traffic = Task.WhenAll(Enumerable.Range(0, 4).Select(_ => SendAsync(http, over.Token)));
            await Task.Delay(TimeSpan.FromMilliseconds(random.Between(20, 700)), TimeProvider.System);
            // However slow the machine is: each life acknowledges something that its end might lose.
            var lives = kill + 1;
            await Eventually.TrueAsync(() => Acknowledged() >= lives, "a webhook is acknowledged");
            server.Kill();
            await over.CancelAsync();
            await traffic;
        }

        using var last = await Server.ServeAsync(_folder, port);
        await CountAsync(http);
        Assert.Equal(0, await last.StopAsync());
    }

    private int Acknowledged()
    {
        lock (_acknowledged)
        {
            return _acknowledged.Count;
        }
    }

    private async Task SendAsync(HttpClient http, CancellationToken over)
    {
        while (!over.IsCancellationRequested)
        {
            var number = Interlocked.Increment(ref _sent);
            using var webhook = Platforms.Standard(Source, $"msg_{number}", TimeProvider.System.GetUtcNow(), new
            {
                platformInquiryId = $"INQ-{number}",
                buyer = new
                {
                    name = $"Buyer {number}",
                    company = $"Company {number}",
                    email = $"buyer@company{number}.example",
                    countryISO2 = "DE",
                },
                products = new[] { new { sku = "RF-BV50", name = "Ball valve DN50", qty = 400 } },
                message = "Please quote.",
            });
            try
            {
                using var response = await http.SendAsync(webhook, over);
                if (response.IsSuccessStatusCode)
                {
                    var deal = (string)JsonNode.Parse(await response.Content.ReadAsStringAsync(over))!["dealId"]!;
                    lock (_acknowledged)
                    {
                        _acknowledged.Add($"INQ-{number}", deal);
                    }
                }
            }
            catch (Exception exception) when (
                exception is HttpRequestException or OperationCanceledException or IOException)
            {
                // Never acknowledged: it may be there or not, but only once.
            }
        }
    }

    private async Task CountAsync(HttpClient http)
    {
        Assert.Equal(_acknowledged.Count, _acknowledged.Values.Distinct().Count());
        foreach (var (inquiry, id) in _acknowledged)
        {
            // At rest: with its owner, or in the manager's queue when everybody has as many deals as they may.
            var deal = await Eventually.ValueAsync(
                () => GetAsync(http, $"/api/deals/{id}"),
                deal => deal["waiting"] is not null,
                $"{inquiry} waits for a person");
            Assert.Equal(inquiry, (string?)deal["inquiry"]!["platformInquiryId"]);
            var isAssigned = (string?)deal["stage"] == "Assigned";
            var timeline = (JsonArray)deal["timeline"]!;
            // A fast machine has more inquiries than one platform is acknowledged in a day.
            var withheld = timeline.Count(line => ((string)line!["what"]!).StartsWith(
                "The buyer got no acknowledgement", StringComparison.Ordinal));
            Assert.InRange(withheld, 0, 1);
            Assert.Equal(
                Enumerable.Range(1, (isAssigned ? 3 : 2) + withheld), timeline.Select(line => (int)line!["number"]!));

            var kinds = ((JsonArray)(await GetAsync(http, $"/api/mails?about={id}"))["items"]!)
                .Select(mail => (string)mail!["kind"]!)
                .ToList();
            Assert.Equal(kinds.Distinct().Count(), kinds.Count);
            Assert.Equal(isAssigned, kinds.Contains("inquiry-assigned"));
        }

        await NoDealIsListedTwiceAsync(http);
    }

    private static async Task NoDealIsListedTwiceAsync(HttpClient http)
    {
        var seen = new HashSet<string>();
        string? cursor = null;
        do
        {
            var page = await GetAsync(
                http, "/api/deals?limit=200" + (cursor is null ? "" : "&cursor=" + Uri.EscapeDataString(cursor)));
            Assert.All((JsonArray)page["items"]!, deal => Assert.True(seen.Add((string)deal!["id"]!)));
            cursor = (string?)page["next"];
        }
        while (cursor is not null);
    }

    private static async Task<JsonNode> GetAsync(HttpClient http, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", RunningHome.AdminKey);
        using var response = await http.SendAsync(request);
        return JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
    }
}
