using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Workflows.Conformance;
using Workflows.Embedded.Demo;
using Workflows.Embedded.Serving;
using Workflows.Platform;

namespace Workflows.Embedded.Tests.Serving;

/// <summary>A whole home in this process on a clock that a test moves, reached over HTTP like any other.</summary>
internal sealed class RunningHome : IAsyncDisposable
{
    public const string AdminKey = "a-key-of-the-tests-only";

    private readonly string _folder;
    private readonly bool _sweeps;
    private Home _home;
    private bool _isStopped;

    private RunningHome(Home home, string folder, VirtualClock clock, bool sweeps)
    {
        _home = home;
        _sweeps = sweeps;
        _folder = folder;
        Clock = clock;
        Http = new HttpClient { BaseAddress = home.Url };
    }

    public VirtualClock Clock { get; }

    /// <summary>Its database, which stays until the home is disposed of.</summary>
    public string Database => _home.Settings.Database;

    public IServiceProvider Services => _home.Services;

    public HttpClient Http { get; private set; }

    /// <summary>Starts one on a new database.</summary>
    /// <param name="sweeps">
    /// Whether it notifies people of what stands still. A clock that jumps leaves everything behind.
    /// </param>
    /// <param name="adjust">Has the last word on what it is made of.</param>
    public static async Task<RunningHome> StartAsync(bool sweeps = false, Action<WebApplicationBuilder>? adjust = null)
    {
        var folder = Directory.CreateTempSubdirectory("workflows-home-").FullName;
        var clock = new VirtualClock();
        var settings = SettingsFor(Path.Combine(folder, "test.db"), FreePort());
        return new RunningHome(await StartAsync(settings, clock, sweeps, adjust), folder, clock, sweeps);
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>The link of a deal's approval, as its approver gets it.</summary>
    public Task<Uri> ApprovalLinkAsync(string deal) => Eventually.SeenAsync(
        async () => (await MailsAsync(deal))
            .Select(mail => new ApiMail(mail.Id, mail.Kind, mail.Subject, mail.Text).DecisionLink())
            .FirstOrDefault(),
        "the approver's link");

    /// <summary>The mails about something as their addressees get them, newest first.</summary>
    public async Task<IReadOnlyList<OutgoingMail>> MailsAsync(string about)
    {
        var query = new MailQuery { About = about, PageSize = 1000 };
        var secrets = Services.GetRequiredService<IMailSecrets>();
        var stored = await Services.GetRequiredService<IMailOutbox>().QueryAsync(query);
        return await Task.WhenAll(
            stored.Items.Select(record => secrets.PutInAsync(record.Mail, CancellationToken.None)));
    }

    /// <summary>Delivers an inquiry as the platform signs it.</summary>
    public Task<HttpResponseMessage> DeliverAsync(string eventId, object inquiry) => Http.SendAsync(
        Platforms.Standard(_home.Secrets.Webhooks[GeneratedSecrets.Standard], eventId, Clock.GetUtcNow(), inquiry));

    /// <summary>Sends a request as the admin, whatever becomes of it.</summary>
    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, object? body = null)
    {
        using var request = new HttpRequestMessage(
            method, path)
        { Content = body is null ? null : JsonContent.Create(body) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", AdminKey);
        if (body is not null)
        {
            request.Headers.Add("Idempotency-Key", $"{Clock.GetUtcNow().UtcTicks}-{Interlocked.Increment(ref _posts)}");
        }

        return await Http.SendAsync(request);
    }

    public async Task<JsonNode> PostAsync(string path, object body, string key = AdminKey)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        request.Headers.Add(
            "Idempotency-Key",
            $"{Clock.GetUtcNow().UtcTicks}-{path.GetHashCode(StringComparison.Ordinal)}-{Interlocked.Increment(ref _posts)}");
        using var response = await Http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, $"{path}: {(int)response.StatusCode} {text}");
        return JsonNode.Parse(text)!;
    }

    public async Task<JsonNode> GetAsync(string path, string key = AdminKey)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        using var response = await Http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, $"{path}: {(int)response.StatusCode} {text}");
        return JsonNode.Parse(text)!;
    }

    /// <summary>Stops serving and closes the database.</summary>
    public async Task StopAsync()
    {
        if (!_isStopped)
        {
            _isStopped = true;
            Http.Dispose();
            await _home.StopAsync();
            await _home.DisposeAsync();
        }
    }

    /// <summary>Starts it again on what its database is now.</summary>
    /// <exception cref="Commands.RefusalException">It does not start on that.</exception>
    public async Task StartAgainAsync()
    {
        _home = await StartAsync(_home.Settings, Clock, _sweeps);
        _isStopped = false;
        Http = new HttpClient { BaseAddress = _home.Url };
    }

    /// <summary>Delivers an inquiry and waits until its deal has an owner.</summary>
    /// <returns>The deal's id.</returns>
    public async Task<string> AssignedAsync(string inquiry)
    {
        using var response = await DeliverAsync("msg_" + inquiry, Samples.Inquiry(inquiry));
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        var id = (string)JsonNode.Parse(await response.Content.ReadAsStringAsync())!["dealId"]!;
        await Eventually.ValueAsync(
            async () => (await GetAsync("/api/deals?stage=Assigned")).ToString(),
            deals => deals.Contains(id, StringComparison.Ordinal),
            $"{inquiry} is assigned");
        return id;
    }

    /// <summary>Reads the deal until it is as a test expects.</summary>
    public Task<JsonNode> DealAsync(string id, Func<JsonNode, bool> fits, string what) =>
        Eventually.ValueAsync(() => GetAsync($"/api/deals/{id}"), fits, what);

    /// <summary>Lets days pass, an hour at a time, so that what one timer starts meets the next.</summary>
    public async Task PassDaysAsync(int days)
    {
        for (var hour = 0; hour < days * 24; hour++)
        {
            Clock.Advance(TimeSpan.FromHours(1));
            await Task.Yield();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private static Task<Home> StartAsync(
        HomeSettings settings, VirtualClock clock, bool sweeps, Action<WebApplicationBuilder>? adjust = null) =>
        Home.StartAsync(
            settings, clock, new HomeOptions { LogLevel = LogLevel.Critical, Sweeps = sweeps, Adjust = adjust });

    private static HomeSettings SettingsFor(string database, int port) => new(
        database, [$"http://127.0.0.1:{port}"], null, null, AdminKey, new Dictionary<string, WebhookSettings>(), null);

    private static int _posts;
}
