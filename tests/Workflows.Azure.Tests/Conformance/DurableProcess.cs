using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Azure.Functions.Worker.Extensions.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Workflows.Azure.Durable;
using Workflows.Azure.Durable.Functions;
using Workflows.Azure.Durable.Signals;
using Workflows.Azure.Mail;
using Workflows.Azure.Storage;
using Workflows.Azure.Tests.DurableHost;
using Workflows.Azure.Tests.Hosting;
using Workflows.Conformance;
using Workflows.Platform;

namespace Workflows.Azure.Tests.Conformance;

/// <summary>
/// One process: the host with Durable's extension, and the app's adapter, tables and mails in its worker.
/// </summary>
internal sealed class DurableProcess : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private DurableHostProcess? _host;

    private DurableProcess(HomeSetup setup, DurableCatalog catalog, string account)
    {
        var builder = FunctionsApplication.CreateBuilder([]);
        new DurableTaskExtensionStartup().Configure(builder);
        var settings = builder.Configuration
            .AddInMemoryCollection([new(StorageAccount.Connection, account), new("SendGrid:consoleOnly", "true")])
            .Build();
        _services = builder.Services
            .AddSingleton(catalog)
            .AddSingleton<TimeProvider>(setup.Clock)
            .AddSingleton(setup.Logging)
            .AddStorage(settings)
            .AddMail(settings, new Uri("http://localhost"))
            .AddDurable()
            .BuildServiceProvider();
    }

    public IOrchestrationClient Client => _services.GetRequiredService<IOrchestrationClient>();

    public ITableStore Tables => _services.GetRequiredService<ITableStore>();

    public IMailOutbox Mail => _services.GetRequiredService<IMailOutbox>();

    public WakeUpOutbox WakeUpOutbox => _services.GetRequiredService<WakeUpOutbox>();

    /// <inheritdoc cref="DurableHostProcess.Client"/>
    public DurableTaskClient Durable => Host.Client;

    /// <inheritdoc cref="DurableHostProcess.Activities"/>
    public int Activities => Host.Activities;

    private DurableHostProcess Host => _host ?? throw new InvalidOperationException("The process has not started.");

    public static async Task<DurableProcess> StartAsync(
        HomeSetup setup, DurableCatalog catalog, DurableHub hub, string name)
    {
        var process = new DurableProcess(setup, catalog, hub.Account);
        process._host = await DurableHostProcess.StartAsync(
            hub, process.FunctionsOf(catalog), process._services, setup.Logging, name);
        process._services.GetRequiredService<DurableClient>().Use(process.Host.Client);
        return process;
    }

    /// <inheritdoc cref="StorageLine.CutBeforeRowOf"/>
    public StorageLine CutBeforeRowOf(string instanceId) => Host.CutBeforeRowOf(instanceId);

    public Task StopAsync() => Host.StopAsync();

    public Task DieAsync() => Host.DieAsync();

    public async ValueTask DisposeAsync()
    {
        if (_host is not null)
        {
            await _host.DisposeAsync();
        }

        await _services.DisposeAsync();
    }

    /// <summary>
    /// The facts' own orchestrations and activities, and the adapter's functions as the app has them.
    /// </summary>
    private DurableFunctions FunctionsOf(DurableCatalog catalog)
    {
        var app = new FunctionsHost(_services) { Client = () => Host.Client };
        var functions = new DurableFunctions();
        foreach (
            var own in app.Durable().Activities.Where(
                each => app.Functions[each.Key].DeclaringType == typeof(AdapterActivities)))
        {
            functions.Activities.Add(own.Key, own.Value);
        }

        foreach (var orchestration in catalog.Orchestrations)
        {
            functions.Orchestrators.Add(
                orchestration.Name,
                async context => await _services.GetRequiredService<OrchestrationRunner>().RunAsync(context));
        }

        foreach (var activity in catalog.Activities)
        {
            functions.Activities.Add(
                activity.Name, async (input, stopping) => await _services.GetRequiredService<ActivityRunner>()
                .RunAsync(activity.Name, (ActivityCall)Worker.Read(input, typeof(ActivityCall))!, stopping));
        }

        return functions;
    }
}
