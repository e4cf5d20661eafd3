using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Workflows.Web.Keys;

namespace Workflows.Azure.Serving;

/// <summary>What must be so before the first request is taken. Safe to run in several instances at once.</summary>
internal sealed class HomeOpening(HomeSettings settings, ApiKeys keys, ILogger<HomeOpening> log) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (settings.Policy.IsBuiltIn)
        {
            Log.BuiltInPolicy(log, PolicyFile.Name);
        }

        await keys.EnsureAdminAsync(settings.AdminKey, cancellationToken);
        foreach (var key in settings.Keys)
        {
            await keys.EnsureAsync(key.Name, key.Role, key.Secret, cancellationToken);
        }

        // A key is never revoked for not being among the settings: an instance may have read them before the last change.
        foreach (var revoked in settings.RevokedKeys)
        {
            await keys.RevokeAsync(revoked, cancellationToken);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
