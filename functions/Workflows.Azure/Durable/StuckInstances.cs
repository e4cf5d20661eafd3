using Microsoft.DurableTask.Client;
using Workflows.Platform;

namespace Workflows.Azure.Durable;

/// <summary>
/// Distinguishes an instance that stands still from one that waits. Both are silent: what waits for an event has
/// nothing to do, for months. One stands still when something that it began has not come back: an activity, a timer
/// past its time, or a sub-orchestration that has ended without its parent being notified.
/// </summary>
public sealed class StuckInstances(DurableClient durable, TimeProvider clock)
{
    /// <summary>Longer than an activity with its retries by the queue takes, in hours, and than a weekend.</summary>
    public static readonly TimeSpan LongestSilence = TimeSpan.FromDays(4);

    /// <summary>Whether it stands still. Reads its history where it has been silent for long: one request.</summary>
    public async Task<bool> IsStuckAsync(OrchestrationState instance, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        if (instance.Status != OrchestrationStatus.Running || now - instance.LastUpdatedAt < LongestSilence)
        {
            return false;
        }

        var open = OpenWork.Of(await durable.HistoryOfAsync(instance.InstanceId, cancellation), now);
        if (open.Activities > 0 || open.OverdueTimers > 0)
        {
            return true;
        }

        foreach (var child in open.SubOrchestrations)
        {
            if (await durable.FindAsync(child, cancellation) is not { IsCompleted: false })
            {
                return true;
            }
        }

        return false;
    }
}
