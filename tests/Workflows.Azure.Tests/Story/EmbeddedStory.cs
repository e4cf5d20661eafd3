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
    private readonly Home _home;

    private EmbeddedStory(DirectoryInfo directory, VirtualClock clock, Home home) : base(clock)
    {
        _directory = directory;
        _home = home;
        Http = new HttpClient { BaseAddress = home.Url };
    }

    public override HttpClient Http { get; }

    public override ITableStore Tables => _home.Services.GetRequiredService<ITableStore>();

    protected override DateTimeOffset? NextTimer => Engine.NextTimer;

    private DurableEngine Engine => _home.Services.GetRequiredService<DurableEngine>();

    public static async Task<EmbeddedStory> StartAsync()
    {
        var (directory, clock) = (Directory.CreateTempSubdirectory("workflows-embedded-"), new VirtualClock());
        var standard = new WebhookSettings(Scheme: null, ["whsec_" + Secret], AppKey: null, MaxAge: null, InquiryTypes: []);
        var settings = new HomeSettings(
            Path.Combine(directory.FullName, "home.db"),
            [$"http://127.0.0.1:{FreePort()}"],
            PublicUrl: null,
            PolicyFile: null,
            AdminKey,
            new Dictionary<string, WebhookSettings> { ["standard"] = standard },
            Smtp: null);
        var options = new HomeOptions { LogLevel = LogLevel.Error };
        return new EmbeddedStory(directory, clock, await Home.StartAsync(settings, clock, options));
    }

    public override Task SettleAsync()
    {
        var quiet = 0;
        return Eventually.ValueAsync(
            () => Task.FromResult(quiet = Engine.IsAtRest ? quiet + 1 : 0), times => times >= 3, "the engine to be at rest");
    }

    public override async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _home.DisposeAsync();
        _directory.Delete(recursive: true);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
