using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Workflows.Engine.Mails;
using Workflows.Platform;

namespace Workflows.Engine;

/// <summary>Registers the engine in a host.</summary>
public static class EngineServices
{
    /// <summary>
    /// Adds the engine, which starts and stops with the host, and the contracts that it implements:
    /// <see cref="IOrchestrationClient"/>, <see cref="ITableStore"/>, <see cref="IMailOutbox"/> and
    /// <see cref="IMailQueue"/>. They can be used as soon as the host starts its hosted services. A
    /// <see cref="DurableCatalog"/> and logging must be registered too.
    /// </summary>
    public static IServiceCollection AddWorkflowsEngine(this IServiceCollection services, EngineOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton<DurableEngine>();
        services.AddSingleton(provider => provider.GetRequiredService<DurableEngine>().Client);
        services.AddSingleton(provider => provider.GetRequiredService<DurableEngine>().Tables);
        services.AddSingleton(provider => provider.GetRequiredService<DurableEngine>().Mail);
        services.AddSingleton(provider => provider.GetRequiredService<DurableEngine>().MailQueue);
        services.AddSingleton(provider => provider.GetRequiredService<DurableEngine>().MailRetries);
        services.AddHostedService<EngineHost>();
        return services;
    }

    private sealed class EngineHost(DurableEngine engine) : IHostedLifecycleService
    {
        // Before the other hosted services start, so that they can use the engine in their own start.
        public Task StartingAsync(CancellationToken cancellationToken) => engine.StartAsync(cancellationToken);

        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StoppedAsync(CancellationToken cancellationToken) => engine.StopAsync(cancellationToken);
    }
}
