using System.Globalization;
using System.Net;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.DurableTask.Hub;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Workflows.Azure.Mail;
using Workflows.Azure.Serving;
using Workflows.Azure.Storage;
using Workflows.Azure.Tests.Emulator;
using Workflows.Azure.Tests.Hosting;
using Workflows.Azure.Tests.Mail;
using Workflows.Conformance;
using Workflows.Engine;
using Workflows.Platform;

namespace Workflows.Azure.Tests.Story;

/// <summary>
/// The app as it is deployed, with its own services and functions: rows and queues in the emulator, mails to a SendGrid on
/// 127.0.0.1, requests through its HTTP functions, orchestrations on a hub with all of Durable's traps.
/// </summary>
internal sealed class AzureStory : StoryHome
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("workflows-azure-");
    private readonly ServiceProvider _services;
    private readonly TaskHub _hub;
    private readonly WebApplication _front;
    private readonly ECDsa _eventKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    private AzureStory(string connection, FakeSendGrid sendGrid) : base(new VirtualClock())
    {
        Connection = connection;
        SendGrid = sendGrid;
        var builder = FunctionsApplication.CreateBuilder([]);
        builder.ConfigureFunctionsWebApplication();
        builder.Logging.ClearProviders().AddProvider(Log);
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Storage"] = connection,
            ["Workflows:PublicAddress"] = "http://localhost",
            ["Workflows:AdminKey"] = AdminKey,
            ["Workflows:LinkKeys"] = "1:" + Convert.ToBase64String(new byte[32]),
            ["Workflows:Webhooks:Sources:standard:Secrets:0"] = "whsec_" + Secret,
            ["SendGrid:apiKey"] = "SG.test",
            ["SendGrid:from"] = "sales@example.com",
            ["SendGrid:host"] = sendGrid.Host,
            ["SendGrid:eventKey"] = Convert.ToBase64String(_eventKey.ExportSubjectPublicKeyInfo()),
        });
        builder.Services.AddSingleton<TimeProvider>(Clock);
        builder.Services.AddWorkflowsHome(builder.Configuration);
        _services = builder.Services.BuildServiceProvider();
        Functions = new FunctionsHost(_services) { Client = () => _hub!.Client };
        var options = new EngineOptions { DatabasePath = Path.Combine(_directory.FullName, "hub.db"), TimeProvider = Clock };
        _hub = new TaskHub(options, Functions.Durable(), new HubTraps(), _services.GetRequiredService<ILoggerFactory>());
        Queues = new QueuePump(_services.GetRequiredService<StorageAccount>().Queues, Functions);
        _front = Front();
    }

    public string Connection { get; }

    public HomeLog Log { get; } = new();

    public FakeSendGrid SendGrid { get; }

    public FunctionsHost Functions { get; }

    public QueuePump Queues { get; }

    public TaskHub Hub => _hub;

    public IMailOutbox Outbox => _services.GetRequiredService<IMailOutbox>();

    public override HttpClient Http => _front.GetTestClient();

    public override ITableStore Tables => _services.GetRequiredService<ITableStore>();

    protected override DateTimeOffset? NextTimer => _hub.Engine.NextTimer;

    public static async Task<AzureStory> StartAsync() => await StartAsync(await Azurite.NewAccountAsync());

    /// <summary>Starts another process of the app, on the storage of the first.</summary>
    public static Task<AzureStory> StartBesideAsync(AzureStory first) => StartAsync(first.Connection);

    private static async Task<AzureStory> StartAsync(string connection)
    {
        var story = new AzureStory(connection, await FakeSendGrid.StartAsync());
        await story._hub.StartAsync();
        await story._services.GetRequiredService<IEnumerable<IHostedService>>().OfType<HomeOpening>().Single().StartAsync(default);
        await story._front.StartAsync();
        return story;
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

    /// <summary>Opens a page of the console and presses the first button that posts to such an address, as the admin.</summary>
    public async Task<HttpStatusCode> PressAsync(string page, string address)
    {
        using var opening = new HttpRequestMessage(HttpMethod.Get, page);
        using var opened = await AskAsync(opening);
        var html = await opened.Content.ReadAsStringAsync();
        var form = Regex.Match(html, $"action=\"({address})\"[^>]*><input type=\"hidden\" name=\"_form\" value=\"([^\"]+)\"");
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

    public override Task SettleAsync()
    {
        var quiet = 0;
        return Eventually.ValueAsync(
            async () =>
            {
                quiet = await Queues.PumpAsync() == 0 && _hub.Engine.IsAtRest ? quiet + 1 : 0;
                return quiet;
            },
            times => times >= 2,
            "the queues and the hub to be at rest");
    }

    protected override string Troubles() => string.Join('\n', Log.Lines.Where(line => line.Level >= LogLevel.Warning).Select(line => line.Text));

    public override async ValueTask DisposeAsync()
    {
        await _front.DisposeAsync();
        await _hub.DisposeAsync();
        await _services.DisposeAsync();
        await SendGrid.DisposeAsync();
        _eventKey.Dispose();
        _directory.Delete(recursive: true);
    }

    /// <summary>What the Functions host does with requests: it routes them to functions by their triggers.</summary>
    private WebApplication Front()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseTestServer();
        var front = builder.Build();
        foreach (var name in Functions.NamesOf<HttpTriggerAttribute>())
        {
            var trigger = Functions.Functions[name].GetParameters()[0].GetCustomAttribute<HttpTriggerAttribute>()!;
            front.MapMethods("/" + trigger.Route, trigger.Methods!, context => AnswerAsync(name, context));
        }

        return front;
    }

    private async Task AnswerAsync(string function, HttpContext context)
    {
        context.Connection.RemoteIpAddress = IPAddress.Loopback;
        await using var scope = _services.CreateAsyncScope();
        context.Features.Set<IServiceProvidersFeature>(
            new RequestServicesFeature(context, null) { RequestServices = scope.ServiceProvider });
        var result = (IActionResult)(await Functions.CallAsync(function, context.Request, context.RequestAborted))!;
        Assert.IsType<EmptyResult>(result);
    }
}
