using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Workflows.Engine.Mails;
using Workflows.Platform;

namespace Workflows.Engine;

/// <summary>Registration of the engine in a host.</summary>
public static class EngineServices
{
    /// <summary>
    /// Adds the engine, started and stopped with the host, and the contracts it keeps: <see cref="IOrchestrationClient"/>,
    /// <see cref="ITableStore"/>, <see cref="IMailOutbox"/> and <see cref="IMailQueue"/>. They can be used
    /// once the host is starting. A <see cref="DurableCatalog"/> and logging must be registered too.
    /// </summary>
    public static IServiceCollection AddWorkflowsEngine(this IServiceCollection services, EngineOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton<DurableEngine>();
        services.AddSingleton(provider => provider.GetRequiredService<DurableEngine>().Client);
        services.AddSingleton(provider => provider.GetRequiredService<DurableEngine>().Tables);
        services.AddSingleton(provider => provider.GetRequiredService<DurableEngine>().Mail);
        services.AddSingleton(provider => provider.GetRequiredService<DurableEngine>().MailQueue);
        services.AddHostedService<EngineHost>();
        return services;
    }

    private sealed class EngineHost(DurableEngine engine) : IHostedLifecycleService
    {
        // Before any other hosted service starts, so that those can use the engine from their own start on.
        public Task StartingAsync(CancellationToken cancellationToken) => engine.StartAsync(cancellationToken);

        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StoppedAsync(CancellationToken cancellationToken) => engine.StopAsync(cancellationToken);
    }
}
