using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Workflows.Azure.Mail;
using Workflows.Azure.Tests.DurableHost;
using Workflows.Azure.Tests.Emulator;
using Workflows.Azure.Tests.Hosting;
using Workflows.Azure.Tests.Mail;
using Workflows.Conformance;
using Workflows.Platform;

namespace Workflows.Azure.Tests.Story;

/// <summary>
/// The app as it is deployed, with its own services and functions: rows and queues in the emulator, mails to a SendGrid
/// on 127.0.0.1, requests through its HTTP functions, orchestrations on Durable's own host extension. The hub has an
/// account of its own, so that its costs are counted apart from the app's.
/// </summary>
internal sealed class AzureStory : StoryHome
{
    private static readonly TimeSpan Busy = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    private readonly ECDsa _eventKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly DurableHub _hub;
    private readonly List<AzureProcess> _dead = [];
    private AzureProcess? _process;

    private AzureStory(
        string connection, string hubConnection, HubSettings? hub, FakeSendGrid sendGrid) : base(new VirtualClock())
    {
        Connection = connection;
        SendGrid = sendGrid;
        _hub = new DurableHub(hubConnection, Clock, hub);
    }

    /// <summary>The app's account.</summary>
    public string Connection { get; }

    /// <summary>The hub's account.</summary>
    public string HubConnection => _hub.Account;

    public HomeLog Log { get; } = new();

    public FakeSendGrid SendGrid { get; }

    public FunctionsHost Functions => Process.Functions;

    /// <inheritdoc cref="AzureProcess.Durable"/>
    public DurableFunctions Durable => Process.Durable;

    public QueuePump Queues => Process.Queues;

    /// <summary>What happens to the calls of Durable's clients.</summary>
    public HostFaults Faults => _hub.Faults;

    /// <inheritdoc cref="DurableHub.Meter"/>
    public DurableMeter Meter => _hub.Meter;

    public IMailOutbox Outbox => Process.Services.GetRequiredService<IMailOutbox>();

    public override HttpClient Http => Process.Http;

    public override IServiceProvider Services => Process.Services;

    protected override DateTimeOffset? NextTimer => _hub.Timers.NextDue;

    private AzureProcess Process => _process ?? throw new InvalidOperationException("The story has not begun.");

    public static async Task<AzureStory> StartAsync(HubSettings? hub = null) =>
        await StartAsync(await Azurite.NewAccountAsync(), await Azurite.NewAccountAsync(), hub);

    /// <summary>Starts another process of the app, on the storage of the first, with a hub of its own.</summary>
    public static async Task<AzureStory> StartBesideAsync(AzureStory first) =>
        await StartAsync(first.Connection, await Azurite.NewAccountAsync());

    private static async Task<AzureStory> StartAsync(string connection, string hubConnection, HubSettings? hub = null)
    {
        var story = new AzureStory(connection, hubConnection, hub, await FakeSendGrid.StartAsync());
        story._process = await story.StartProcessAsync();
        return story;
    }

    /// <summary>The process dies where it stands, and another one begins on what is left.</summary>
    public override async Task RestartAsync()
    {
        var dead = Process;
        await dead.DieAsync();
        _dead.Add(dead);
        _process = await StartProcessAsync();
    }

    /// <summary>Calls a timer's function, as the clock would.</summary>
    public async Task TickAsync(string function)
    {
        await Functions.CallAsync(function, new TimerInfo(), CancellationToken.None);
        await SettleAsync();
    }

    /// <summary>Posts events as SendGrid signs them.</summary>
    /// <param name="changedTo">What arrives in their place.</param>
    public async Task<HttpResponseMessage> ReportAsync(string events, string? changedTo = null)
    {
        var time = Clock.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var signature = _eventKey.SignData(
            Encoding.UTF8.GetBytes(time + events), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/mail/events")
        {
            Content = new StringContent(changedTo ?? events, Encoding.UTF8, "application/json"),
        };
        request.Headers.Add(MailEventSignature.TimestampHeader, time);
        request.Headers.Add(MailEventSignature.SignatureHeader, Convert.ToBase64String(signature));
        return await Http.SendAsync(request);
    }

    /// <summary>
    /// Opens a page of the console and presses the first button that posts to such an address, as the admin.
    /// </summary>
    public async Task<HttpStatusCode> PressAsync(string page, string address)
    {
        using var opening = new HttpRequestMessage(HttpMethod.Get, page);
        using var opened = await AskAsync(opening);
        var html = await opened.Content.ReadAsStringAsync();
        var form = Regex.Match(
            html, $"action=\"({address})\"[^>]*><input type=\"hidden\" name=\"_form\" value=\"([^\"]+)\"");
        Assert.True(form.Success, $"There is no button to {address} on {page}: {html}");
        using var press = new HttpRequestMessage(HttpMethod.Post, form.Groups[1].Value)
        {
            Content = new FormUrlEncodedContent([new("_form", WebUtility.HtmlDecode(form.Groups[2].Value))]),
        };
        press.Headers.Add("Cookie", opened.Headers.GetValues("Set-Cookie").Select(cookie => cookie.Split(';')[0]));
        using var answer = await AskAsync(press);
        await SettleAsync();
        return answer.StatusCode;
    }

    public override async Task SettleAsync()
    {
        var start = TimeProvider.System.GetTimestamp();
        for (var quiet = 0; quiet < 2;)
        {
            quiet = await Queues.PumpAsync() == 0 && await _hub.IsAtRestAsync() ? quiet + 1 : 0;
            if (TimeProvider.System.GetElapsedTime(start) > Busy
                && await Queues.PumpAsync() == 0
                && await _hub.HoldsLeftoversOnlyAsync(Pause))
            {
                return;
            }

            Assert.True(
                TimeProvider.System.GetElapsedTime(start) < Eventually.Bound,
                "The queues and the hub are not at rest.");
        }
    }

    protected override string Failures() =>
        string.Join('\n', Log.Lines.Where(line => line.Level >= LogLevel.Warning).Select(line => line.Text));

    public override async ValueTask DisposeAsync()
    {
        foreach (var process in _dead.Append(Process))
        {
            await process.DisposeAsync();
        }

        await SendGrid.DisposeAsync();
        _eventKey.Dispose();
    }

    private Task<AzureProcess> StartProcessAsync() => AzureProcess.StartAsync(
        _hub,
        new Dictionary<string, string?>
        {
            ["Storage"] = Connection,
            ["Workflows:PublicAddress"] = "http://localhost",
            ["Workflows:AdminKey"] = AdminKey,
            ["Workflows:LinkKeys"] = "1:" + Convert.ToBase64String(new byte[32]),
            ["Workflows:Webhooks:Sources:standard:Secrets:0"] = "whsec_" + Secret,
            ["SendGrid:apiKey"] = "SG.test",
            ["SendGrid:from"] = "sales@example.com",
            ["SendGrid:host"] = SendGrid.Host,
            ["SendGrid:eventKey"] = Convert.ToBase64String(_eventKey.ExportSubjectPublicKeyInfo()),
        },
        Log,
        "machine-1");
}
