using System.Security.Cryptography;
using Workflows.Approvals;
using Workflows.Embedded.Keys;
using Workflows.Engine;
using Workflows.Policies;
using Workflows.Web;

namespace Workflows.Embedded.Serving;

/// <summary>The routes of this home without serving them: no database is opened, and no file is written.</summary>
internal static class RouteTable
{
    private const string Unopened = "routes.db";

    public static async Task<IReadOnlyList<Endpoint>> ReadAsync(Policy policy)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        var services = builder.Services;
        services.AddRouting();
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(new HomeFiles(Unopened));
        services.AddSingleton(new LinkKeyRing([new LinkKey("1", RandomNumberGenerator.GetBytes(32))]));
        services.AddWorkflowsEngine(new EngineOptions { DatabasePath = Unopened });
        services.AddWorkflowsBusiness(policy);
        services.AddWorkflowsWeb(new WebOptions());
        services.AddSingleton<OwnerChannel>();
        services.AddSingleton<IHomeRoutes>(provider => provider.GetRequiredService<OwnerChannel>());
        await using var app = builder.Build();
        app.MapWorkflows();
        return app.Services.GetRequiredService<EndpointDataSource>().Endpoints;
    }
}
