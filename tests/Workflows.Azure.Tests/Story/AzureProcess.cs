using System.Net;
using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Azure.Functions.Worker.Extensions.DurableTask;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Workflows.Azure.Durable;
using Workflows.Azure.Serving;
using Workflows.Azure.Storage;
using Workflows.Azure.Tests.DurableHost;
using Workflows.Azure.Tests.Hosting;
using Workflows.Conformance;

namespace Workflows.Azure.Tests.Story;

/// <summary>
/// One process of the app as it is deployed, with its own services and functions, and of the host that calls them.
/// </summary>
internal sealed class AzureProcess : IAsyncDisposable
{
    private readonly WebApplication _front;
    private DurableHostProcess? _host;

    private AzureProcess(IReadOnlyDictionary<string, string?> settings, TimeProvider clock, HomeLog log)
    {
        var builder = FunctionsApplication.CreateBuilder([]);
        builder.ConfigureFunctionsWebApplication();
        new DurableTaskExtensionStartup().Configure(builder);
        builder.Logging.ClearProviders().AddProvider(log);
        builder.Configuration.AddInMemoryCollection(settings);
        builder.Services.AddSingleton(clock);
        builder.Services.AddWorkflowsHome(builder.Configuration);
        Services = builder.Services.BuildServiceProvider(validateScopes: true);
        Functions = new FunctionsHost(Services) { Client = () => Host.Client };
        Durable = Functions.Durable();
        Queues = new QueuePump(Services.GetRequiredService<StorageAccount>().Queues, Functions);
        _front = Front();
    }

    public ServiceProvider Services { get; }

    public FunctionsHost Functions { get; }

    /// <summary>The functions that the host's extension calls; a test may put another in the place of one.</summary>
    public DurableFunctions Durable { get; }

    public QueuePump Queues { get; }

    public HttpClient Http => _front.GetTestClient();

    private DurableHostProcess Host => _host ?? throw new InvalidOperationException("The host has not started.");

    public static async Task<AzureProcess> StartAsync(
        DurableHub hub, IReadOnlyDictionary<string, string?> settings, HomeLog log, string name)
    {
        var process = new AzureProcess(settings, hub.Time.Clock, log);
        var logging = process.Services.GetRequiredService<ILoggerFactory>();
        process._host = await DurableHostProcess.StartAsync(hub, process.Durable, process.Services, logging, name);
        await ActivatorUtilities.CreateInstance<HomeOpening>(process.Services).StartAsync(CancellationToken.None);
        await process._front.StartAsync();
        return process;
    }

    /// <summary>Dies where it stands.</summary>
    public Task DieAsync() => Host.DieAsync();

    public async ValueTask DisposeAsync()
    {
        await _front.DisposeAsync();
        await Host.DisposeAsync();
        await Services.DisposeAsync();
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
        await using var scope = Services.CreateAsyncScope();
        context.Features.Set<IServiceProvidersFeature>(
            new RequestServicesFeature(context, null) { RequestServices = scope.ServiceProvider });
        var result = (IActionResult)(await Functions.CallAsync(function, context.Request, context.RequestAborted))!;
        Assert.IsType<EmptyResult>(result);
    }
}
