using System.Text.Json;
using DurableTask.AzureStorage;
using DurableTask.Core;
using Grpc.Core.Interceptors;
using Grpc.Net.Client;
using Microsoft.Azure.WebJobs;
using Microsoft.Azure.WebJobs.Extensions.DurableTask;
using Microsoft.Azure.WebJobs.Host;
using Microsoft.Azure.WebJobs.Host.Config;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Client.Grpc;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Workflows.Azure.Tests.DurableHost;

/// <summary>
/// One process of the Functions host with Durable's own extension, on Azurite, and the app's worker beside it. The
/// dispatchers, the middleware for workers in another process, the gRPC server and the storage engine are the official
/// ones.
/// </summary>
internal sealed class DurableHostProcess : IAsyncDisposable
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    private readonly DurableHub _hub;
    private readonly StorageLine _line;
    private readonly Worker _worker;
    private readonly Func<TaskMessage, Task> _deliver;
    private readonly IHost _host;
    private GrpcChannel? _channel;
    private DurableTaskClient? _client;

    private DurableHostProcess(
        DurableHub hub, DurableFunctions functions, IServiceProvider services, ILoggerFactory logging, string name)
    {
        _hub = hub;
        _line = new StorageLine(hub.Account);
        _worker = new Worker(functions, services, hub.Time);
        var official = new AzureStorageOrchestrationService(Settings(name));
        var engine = DurableStorage.Over(official, hub);
        _deliver = engine.SendTaskOrchestrationMessageAsync;
        var storage = new DurableStorageProviderFactory(new DurableStorageProvider(official, engine));
        var code = new HostCode(
            _worker, HostFunctions.Of(functions.Orchestrators.Keys, functions.Activities.Keys), Take);
        _host = new HostBuilder()
            .ConfigureWebJobs(jobs => jobs.AddDurableTask(options =>
            {
                options.HubName = hub.Name;
                options.ExtendedSessionsEnabled = hub.Settings.KeepsSessions;
                options.Tracing.DistributedTracingEnabled = false;
                options.StorageProvider["type"] = DurableStorageProviderFactory.TypeName;
            }))
            .ConfigureAppConfiguration(settings =>
            {
                // Without the files that the host would watch for changes: a machine has few watchers.
                settings.Sources.Clear();
                settings.AddInMemoryCollection([new("AzureWebJobsStorage", hub.Account)]);
            })
            .ConfigureLogging(lines => lines.ClearProviders()
                .AddProvider(new HostLog(logging))
                .AddFilter(category: null, LogLevel.None)
                .AddFilter("Host.Triggers.DurableTask", LogLevel.Warning))
            .ConfigureServices(host => host
                .AddSingleton<ITypeLocator>(code)
                .AddSingleton<IJobActivator>(code)
#pragma warning disable CS0612, CS0618 // Marked as not meant for the public; the Functions host brings its own.
                .AddSingleton<IPlatformInformation, Platform>()
                .AddSingleton<IWebHookProvider>(code)
#pragma warning restore CS0612, CS0618
                .AddSingleton<IDurabilityProviderFactory>(storage))
            .Build();
    }

    /// <summary>The worker's client of this host.</summary>
    public DurableTaskClient Client => _client ?? throw new InvalidOperationException("The host has not started.");

    /// <inheritdoc cref="Worker.Activities"/>
    public int Activities => _worker.Activities;

    /// <param name="name">
    /// As a machine's: a process that is started under the name of a dead one takes over its work at once.
    /// </param>
    public static async Task<DurableHostProcess> StartAsync(
        DurableHub hub, DurableFunctions functions, IServiceProvider services, ILoggerFactory logging, string name)
    {
        var process = new DurableHostProcess(hub, functions, services, logging, name);
        await process._host.StartAsync();
        await process._host.Services.GetRequiredService<IJobHost>().CallAsync(ClientFunction.Name);
        hub.Timers.DeliverThrough(process._deliver);
        return process;
    }

    /// <summary>Ends in good order: what runs is let end, and what the process holds it gives back.</summary>
    public async Task StopAsync()
    {
        _hub.Timers.StopDeliveringThrough(_deliver);
        // First the host knows that it stops: what breaks off then is handed out again, and is no failure.
        _host.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();
        _worker.Stop();
        using var grace = new CancellationTokenSource(Grace);
        try
        {
            await _host.StopAsync(grace.Token);
        }
        catch (OperationCanceledException)
        {
            // What still runs is handed out again by the queue.
        }

        await _line.CutAndGiveBackAsync();
    }

    /// <summary>
    /// Dies where it stands: running activities are not notified, and nothing more reaches the storage.
    /// </summary>
    public async Task DieAsync()
    {
        _hub.Timers.StopDeliveringThrough(_deliver);
        await _line.CutAndGiveBackAsync();
    }

    /// <inheritdoc cref="StorageLine.CutBeforeRowOf"/>
    public StorageLine CutBeforeRowOf(string instanceId)
    {
        _line.CutBeforeRowOf(instanceId);
        return _line;
    }

    /// <summary>Ends beside what comes next: giving back its leases takes it a second.</summary>
    public ValueTask DisposeAsync()
    {
        _hub.Timers.StopDeliveringThrough(_deliver);
        _ = Task.Run(EndAsync);
        return ValueTask.CompletedTask;
    }

    private async Task EndAsync()
    {
        try
        {
            // Also after its death: only what reaches its storage comes to an end.
            _line.Restore();
            await StopAsync();
            _host.Dispose();
        }
        catch (Exception)
        {
            // The test is over.
        }

        _channel?.Dispose();
        _worker.Dispose();
        _line.Dispose();
    }

    /// <summary>As host.json has them, but for how often queues are looked at.</summary>
    private AzureStorageOrchestrationServiceSettings Settings(string name) => new()
    {
        StorageAccountClientProvider = _line.Open(),
        TaskHubName = _hub.Name,
        WorkerId = name,
        AppName = "Workflows",
        PartitionCount = _hub.Settings.Partitions,
        MaxConcurrentTaskActivityWorkItems = _hub.Settings.Concurrent,
        MaxConcurrentTaskOrchestrationWorkItems = _hub.Settings.Concurrent,
        MaxQueuePollingInterval = _hub.Settings.LongestPause,
        ExtendedSessionsEnabled = _hub.Settings.KeepsSessions,
        ExtendedSessionIdleTimeout = TimeSpan.FromSeconds(30),
        ControlQueueVisibilityTimeout = TimeSpan.FromMinutes(1),
        WorkItemQueueVisibilityTimeout = TimeSpan.FromMinutes(1),
        LeaseInterval = TimeSpan.FromSeconds(30),
        LeaseRenewInterval = TimeSpan.FromSeconds(1),
        LeaseAcquireInterval = TimeSpan.FromSeconds(1),
        ThrowExceptionOnInvalidDedupeStatus = true,
        UseSeparateQueueForEntityWorkItems = true,
    };

    /// <summary>Takes the binding of a [DurableClient] as a worker does.</summary>
    private void Take(string client)
    {
        using var binding = JsonDocument.Parse(client);
        _channel = GrpcChannel.ForAddress(
            binding.RootElement.GetProperty("rpcBaseUrl").GetString()!,
            new GrpcChannelOptions
            {
                MaxReceiveMessageSize = binding.RootElement.GetProperty("maxGrpcMessageSizeInBytes").GetInt32(),
            });
        _client = new GrpcDurableTaskClient(
            _hub.Name,
            new GrpcDurableTaskClientOptions
            {
                CallInvoker = _channel.Intercept(new VirtualTimeInterceptor(_hub.Time, _hub.Faults)),
            },
            NullLogger.Instance);
    }

    /// <summary>What the extension logs of instances, beside the app's own lines.</summary>
    private sealed class HostLog(ILoggerFactory logging) : ILoggerProvider
    {
        public ILogger CreateLogger(string categoryName) => logging.CreateLogger(categoryName);

        public void Dispose()
        {
        }
    }

    /// <summary>
    /// The classes that the host finds its functions in, and where it would take requests to the extension.
    /// </summary>
#pragma warning disable CS0618 // As above.
    private sealed class HostCode(Worker worker, Type functions, Action<string> take) : ITypeLocator, IJobActivator,
    IWebHookProvider
#pragma warning restore CS0618
    {
        public Uri GetUrl(IExtensionConfigProvider extension) => new("http://localhost/runtime/webhooks/durabletask");

        public IReadOnlyList<Type> GetTypes() => [functions, typeof(ClientFunction)];

        public T CreateInstance<T>() => typeof(T) == typeof(ClientFunction)
            ? (T)(object)new ClientFunction(take)
            : (T)Activator.CreateInstance(functions, worker)!;
    }
}
