using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Logging.Console;
using Workflows.Approvals;
using Workflows.Embedded.Commands;
using Workflows.Embedded.Keys;
using Workflows.Embedded.Mails;
using Workflows.Embedded.Retention;
using Workflows.Embedded.Sweeps;
using Workflows.Engine;
using Workflows.Platform;
using Workflows.Policies;
using Workflows.Records;
using Workflows.Web;
using Workflows.Web.Hosting.Keys;
using Workflows.Web.Hosting.Security;
using Workflows.Web.Inquiries.Webhooks;

namespace Workflows.Embedded.Serving;

/// <summary>The whole product in one process: the engine, the business, mail delivery and the web server.</summary>
internal sealed class Home : IAsyncDisposable
{
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(20);

    private readonly WebApplication _app;
    private readonly OwnerChannel _channel;

    private Home(WebApplication app, HomeSettings settings, Policy policy, HomeSecrets secrets)
    {
        _app = app;
        _channel = app.Services.GetRequiredService<OwnerChannel>();
        Settings = settings;
        Policy = policy;
        Secrets = secrets;
    }

    public HomeSettings Settings { get; }

    public Policy Policy { get; }

    public HomeSecrets Secrets { get; }

    /// <summary>The key that was made at this start, to be shown once; null when there is one already.</summary>
    public NewApiKey? AdminKey => Services.GetRequiredService<HomeOpening>().AdminKey;

    public IServiceProvider Services => _app.Services;

    /// <summary>Where it can be reached from this machine.</summary>
    public Uri Url { get; private set; } = null!;

    /// <summary>Opens the database and takes requests.</summary>
    /// <param name="clock">The time of the business. How long a person waits stays on real time.</param>
    /// <param name="options">What this start does otherwise than serving.</param>
    /// <exception cref="RefusalException">It cannot start, and says why in a line.</exception>
    public static async Task<Home> StartAsync(HomeSettings settings, TimeProvider clock, HomeOptions options)
    {
        var policy = PolicyFile.Load(settings.PolicyFile);
        var files = new HomeFiles(settings.Database);
        var secrets = HomeSecrets.Read(files, settings.Webhooks);
        var app = Build(settings, policy, files, secrets, clock, options);
        try
        {
            app.MapWorkflows();
            var home = new Home(app, settings, policy, secrets);

            // The route table takes about as long as the database: each on a core of its own.
            var routes = Task.Run(() => home.Services.GetRequiredService<EndpointDataSource>().Endpoints);
            await app.StartAsync();
            await routes;
            home.Url = OwnAddress(app);
            home._channel.Open(home.Url);
            return home;
        }
        catch (Exception exception) when (
            exception is IOException or InvalidOperationException or FormatException or ArgumentException
            or DamagedDataException or HomeUnavailableException)
        {
            await app.DisposeAsync();
            throw new RefusalException(ExitCode.Failed, "Cannot start: " + exception.Message);
        }
    }

    /// <summary>Set when it begins to stop.</summary>
    public CancellationToken Stopping => _app.Lifetime.ApplicationStopping;

    /// <summary>Serves until the process is stopped.</summary>
    public Task RunAsync() => _app.WaitForShutdownAsync();

    /// <summary>Takes no more requests, finishes what is under way and closes the database.</summary>
    public Task StopAsync() => _app.StopAsync();

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static WebApplication Build(
        HomeSettings settings, Policy policy, HomeFiles files, HomeSecrets secrets, TimeProvider clock,
        HomeOptions options)
    {
        // A start that fails is reported in one line by its command; keys at rest are protected by their file's mode.
        // Nothing by default: no settings files, no providers that a start would pay for and nobody here uses.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseWorkflowsLimits().UseUrls([.. settings.Urls]);
        if (settings.Urls.Any(url => url.StartsWith("https:", StringComparison.OrdinalIgnoreCase)))
        {
            builder.WebHost.UseKestrelHttpsConfiguration();
        }

        var services = builder.Services;
        services.AddRouting();
        services.AddLogging(logging => logging
            .SetMinimumLevel(options.LogLevel)
            .AddFilter("Microsoft", LogLevel.Warning)
            .AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None)
            .AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None)
            .AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error)
            .AddFilter("Microsoft.AspNetCore.Antiforgery", LogLevel.Error)
            .AddSimpleConsole(console =>
            {
                console.SingleLine = true;
                console.UseUtcTimestamp = true;
                console.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss'Z' ";
                console.ColorBehavior = LoggerColorBehavior.Default;
            }));
        services.Configure<HostOptions>(host => host.ShutdownTimeout = StopTimeout);
        services.Configure<ConsoleLifetimeOptions>(console => console.SuppressStatusMessages = true);
        services.AddSingleton(clock);
        services.AddSingleton(files);
        services.AddSingleton(secrets.Links);
        services.AddWorkflowsEngine(EngineOptionsOf(settings, clock));
        services.AddWorkflowsBusiness(policy);
        services.AddWorkflowsWeb(WebOptionsOf(settings, files, secrets, options));
        services.AddSingleton<IMailTransport>(settings.Smtp is { } smtp ? new SmtpTransport(smtp) : new MailView());
        services.AddHostedService<MailDelivery>();
        services.AddHostedService<MessageDigestLoop>();
        services.AddHostedService<RetentionLoop>();
        if (options.Sweeps)
        {
            services.AddHostedService<SweepLoop>();
        }

        services.AddSingleton<OwnerChannel>();
        services.AddSingleton<IHomeRoutes>(provider => provider.GetRequiredService<OwnerChannel>());
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<HomeOpening>(provider, settings));
        services.AddHostedService(provider => provider.GetRequiredService<HomeOpening>());

        options.Adjust?.Invoke(builder);
        return builder.Build();
    }

    private static EngineOptions EngineOptionsOf(HomeSettings settings, TimeProvider clock)
    {
        var engine = new EngineOptions
        {
            DatabasePath = settings.Database,
            TimeProvider = clock,
            // Activities compute here and wait for nobody outside: one core stays free for those who wait for an
            // answer.
            MaxConcurrentActivities = Math.Max(1, Environment.ProcessorCount - 1),
        };
        engine.GuardedTables.UnionWith(GuardedTables.Names);
        return engine;
    }

    private static WebOptions WebOptionsOf(
        HomeSettings settings, HomeFiles files, HomeSecrets secrets, HomeOptions options)
    {
        var web = new WebOptions
        {
            PublicAddress = settings.PublicAddress,
            KeyDirectory = HomeFiles.MakeFolder(files.Sessions),
        };
        AddRange(web.KnownProxies, settings.KnownProxies);
        foreach (var (name, source) in secrets.Webhooks)
        {
            var target = new WebhookSourceOptions
            {
                Scheme = source.Scheme ?? "",
                AppKey = source.AppKey ?? "",
                MaxAge = source.MaxAge ?? options.WebhookMaxAge,
            };
            AddRange(target.Secrets, source.Secrets);
            AddRange(target.InquiryTypes, source.InquiryTypes);
            web.Webhooks.Sources.Add(name, target);
        }

        return web;
    }

    private static void AddRange(IList<string> list, IReadOnlyList<string> values)
    {
        foreach (var value in values)
        {
            list.Add(value);
        }
    }

    private static Uri OwnAddress(WebApplication app) =>
        new(
            HomeSettings.Reachable(
                app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()));
}

/// <summary>What a start does otherwise than serving.</summary>
internal sealed record HomeOptions
{
    public LogLevel LogLevel { get; init; } = LogLevel.Information;

    /// <summary>
    /// How old a signed webhook may be where settings do not say; null is each scheme's own. Virtual time outruns any
    /// signature.
    /// </summary>
    public TimeSpan? WebhookMaxAge { get; init; }

    /// <summary>
    /// Whether people are notified of what stands still. On virtual time a hiccup of the machine lasts a day.
    /// </summary>
    public bool Sweeps { get; init; } = true;

    /// <summary>Has the last word on what the home is made of.</summary>
    public Action<WebApplicationBuilder>? Adjust { get; init; }
}
