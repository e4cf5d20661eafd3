using Microsoft.Extensions.Hosting;
using Workflows.Web.Keys;

namespace Workflows.Azure.Serving;

/// <summary>What must be so before the first request is taken. Safe to run in several instances at once.</summary>
internal sealed class HomeOpening(HomeSettings settings, ApiKeys keys) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken) =>
        await keys.EnsureAdminAsync(settings.AdminKey, cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
