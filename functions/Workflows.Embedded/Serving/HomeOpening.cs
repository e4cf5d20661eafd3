using Workflows.Embedded.Keys;
using Workflows.Platform;
using Workflows.Policies;
using Workflows.Reviews;
using Workflows.Web.Hosting.Keys;

namespace Workflows.Embedded.Serving;

/// <summary>What must be so before the first request is taken, and undone after the last.</summary>
internal sealed class HomeOpening(
    HomeSettings settings, ApiKeys keys, OwnerChannel channel, IOrchestrationClient orchestrations,
    PolicyStore policies)
    : IHostedService
{
    /// <summary>The key that was made at this start; null when there was one.</summary>
    public NewApiKey? AdminKey { get; private set; }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        AdminKey = await keys.EnsureAdminAsync(settings.AdminKey, cancellationToken);
        await ReviewSchedule.EnsureStartedAsync(orchestrations, policies, cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        channel.Close();
        return Task.CompletedTask;
    }
}
