using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Workflows.Approvals;
using Workflows.Embedded.Tests.Web.Pages;
using Workflows.Platform;

namespace Workflows.Azure.Tests.Serving;

/// <summary>What happened in the other home, for tests of what this one makes of it.</summary>
public sealed class TradedHomeFixture : IAsyncLifetime
{
    internal TradedHome Traded { get; private set; } = null!;

    public async Task InitializeAsync() => Traded = await TradedHome.StartAsync();

    public async Task DisposeAsync() => await Traded.DisposeAsync();

    /// <summary>
    /// This home's app on the other's storage and engine, with its scopes checked as the worker checks them while
    /// developing.
    /// </summary>
    internal Task<WorkerApplication> StartAsync(
        string environment, string publicAddress, Action<IServiceCollection>? more = null) =>
        WorkerApplication.StartAsync(environment, publicAddress, builder => Adjust(builder, more));

    private void Adjust(FunctionsApplicationBuilder builder, Action<IServiceCollection>? more)
    {
        var (services, home) = (builder.Services, Traded.Home.Services);
        services.Replace(ServiceDescriptor.Singleton(home.GetRequiredService<ITableStore>()));
        services.Replace(ServiceDescriptor.Singleton(home.GetRequiredService<IOrchestrationClient>()));
        services.Replace(ServiceDescriptor.Singleton(home.GetRequiredService<IMailOutbox>()));
        services.Replace(ServiceDescriptor.Singleton(home.GetRequiredService<LinkKeyRing>()));
        services.Replace(ServiceDescriptor.Singleton(home.GetRequiredService<TimeProvider>()));
        more?.Invoke(services);
        if (!builder.Environment.IsDevelopment())
        {
            builder.ConfigureContainer(new DefaultServiceProviderFactory(
                new ServiceProviderOptions { ValidateScopes = true, ValidateOnBuild = true }));
        }
    }
}
