using Workflows.Engine.Instances.Changes;
using Workflows.Platform;

namespace Workflows.Engine.Instances.Operations;

/// <summary>Suspends an instance, and resumes a suspended or blocked one. Null where nothing changes.</summary>
internal static class Suspension
{
    public static InstanceChanges? Suspend(DurableState durable, string reason, long now)
    {
        if (durable.Row.Status is not (OrchestrationStatus.Running or OrchestrationStatus.Pending))
        {
            return null;
        }

        var row = durable.Row with { Status = OrchestrationStatus.Suspended, Reason = reason, Updated = now };
        return new InstanceChanges { After = durable with { Row = row }, UpdatesRow = true };
    }

    public static InstanceChanges? Resume(DurableState durable, long now)
    {
        if (durable.Row.Status is not (OrchestrationStatus.Suspended or OrchestrationStatus.Blocked))
        {
            return null;
        }

        var status = durable.Row.StartAt > now ? OrchestrationStatus.Pending : OrchestrationStatus.Running;
        // A resumed instance may start its activities again as often as at first.
        var starts = durable.Starts.Select(starts => (starts.Key, starts.Value with { Crashes = 0 })).ToList();
        return new InstanceChanges
        {
            After = durable with { Row = durable.Row with { Status = status, Reason = null, Updated = now } },
            UpdatesRow = true,
            Starts = starts,
            MarksWorking = true,
            Reloads = true,
        };
    }
}
