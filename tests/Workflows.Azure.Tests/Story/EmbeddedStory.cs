using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Workflows.Conformance;
using Workflows.Embedded.Serving;
using Workflows.Engine;
using Workflows.Platform;

namespace Workflows.Azure.Tests.Story;

/// <summary>The other home, as it serves: the engine, the business, mail delivery and Kestrel in one process.</summary>
internal sealed class EmbeddedStory : StoryHome
{
    private readonly DirectoryInfo _directory;
    private readonly HomeSettings _settings;
    private Home? _home;

    private EmbeddedStory(DirectoryInfo directory, VirtualClock clock, HomeSettings settings) : base(clock)
    {
        _directory = directory;
        _settings = settings;
        Http = new HttpClient { BaseAddress = new Uri(settings.Urls[0]) };
    }

    public override HttpClient Http { get; }

    public override IServiceProvider Services => Home.Services;

    protected override DateTimeOffset? NextTimer => Engine.NextTimer;

    private DurableEngine Engine => Home.Services.GetRequiredService<DurableEngine>();

    private Home Home => _home ?? throw new InvalidOperationException("The home has not started.");

    public static async Task<EmbeddedStory> StartAsync()
    {
        var (directory, clock) = (Directory.CreateTempSubdirectory("workflows-embedded-"), new VirtualClock());
        var standard = new WebhookSettings(
            Scheme: null, ["whsec_" + Secret], AppKey: null, MaxAge: null, InquiryTypes: []);
        var settings = new HomeSettings(
            Path.Combine(directory.FullName, "home.db"),
            [$"http://127.0.0.1:{FreePort()}"],
            PublicUrl: null,
            PolicyFile: null,
            AdminKey,
            new Dictionary<string, WebhookSettings> { ["standard"] = standard },
            Smtp: null);
        var story = new EmbeddedStory(directory, clock, settings);
        await story.BeginAsync();
        return story;
    }

    public override async Task RestartAsync()
    {
        await Home.DisposeAsync();
        await BeginAsync();
    }

    public override Task SettleAsync()
    {
        var quiet = 0;
        return Eventually.ValueAsync(
            () => Task.FromResult(quiet = Engine.IsAtRest ? quiet + 1 : 0), times => times >= 3,
            "the engine to be at rest");
    }

    public override async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Home.DisposeAsync();
        _directory.Delete(recursive: true);
    }

    private async Task BeginAsync() =>
        _home = await Home.StartAsync(_settings, Clock, new HomeOptions { LogLevel = LogLevel.Error });

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
