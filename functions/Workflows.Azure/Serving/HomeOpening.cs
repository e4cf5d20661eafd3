using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Workflows.Azure.Storage;
using Workflows.Web.Hosting.Keys;
using Workflows.Web.Operations;

namespace Workflows.Azure.Serving;

/// <summary>What must be so before the first request is taken. Safe to run in several instances at once.</summary>
internal sealed class HomeOpening(
    HomeSettings settings,
    ApiKeys keys,
    StorageAccount storage,
    IEnumerable<IMessageQueue> queues,
    ILogger<HomeOpening> log)
    : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (settings.Policy.IsBuiltIn)
        {
            Log.BuiltInPolicy(log, PolicyFile.Name);
        }

        foreach (var queue in queues)
        {
            await StorageQueue.EnsureAsync(storage.Queues, queue.Name, cancellationToken);
        }

        await keys.EnsureAdminAsync(settings.AdminKey, cancellationToken);
        foreach (var key in settings.Keys)
        {
            await keys.EnsureAsync(key.Name, key.Role, key.Secret, cancellationToken);
        }

        // A key is never revoked for not being among the settings: an instance may have read them before the last
        // change.
        foreach (var revoked in settings.RevokedKeys)
        {
            await keys.RevokeAsync(revoked, cancellationToken);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
