using Microsoft.DurableTask.Worker;
using Microsoft.Extensions.DependencyInjection;
using Workflows.Azure.Durable.Signals;
using Workflows.Azure.Storage;
using Workflows.Platform;

namespace Workflows.Azure.Durable;

/// <summary>The orchestrations' part of the home.</summary>
public static class DurableServices
{
    /// <summary>
    /// Adds the runners and the client. The catalogue, the tables, the outbox and the clock are added elsewhere.
    /// </summary>
    public static IServiceCollection AddDurable(this IServiceCollection services)
    {
        services.Configure<DurableTaskWorkerOptions>(worker => worker.MaximumTimerInterval = Timers.Longest);
        services.AddSingleton(provider => new InstanceRows(provider.GetRequiredService<StorageAccount>().Tables));
        services.AddSingleton<DurableClient>();
        services.AddSingleton<SignalTable>();
        services.AddSingleton<WakeUpOutbox>();
        services.AddSingleton<DurableOrchestrationClient>();
        services.AddSingleton<IOrchestrationClient>(
            provider => provider.GetRequiredService<DurableOrchestrationClient>());
        services.AddSingleton<StuckInstances>();
        services.AddSingleton<OrchestrationRunner>();
        services.AddSingleton<ActivityRunner>();
        return services;
    }
}
