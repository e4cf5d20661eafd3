using Workflows.Engine.Instances.Changes;
using Workflows.Engine.Instances.Messages;
using Workflows.Platform;

namespace Workflows.Engine.Instances;

/// <summary>
/// Blocks an instance that cannot continue. Nothing of it is lost; it is tried again when it is resumed, and once after
/// each start of the process.
/// </summary>
internal sealed class InstanceBlocking(LiveInstance instance, InstanceState state, PendingMessages pending)
{
    public InstanceChanges Block(string reason)
    {
        instance.Registry.Log.InstanceBlocked(instance.Id, reason);
        pending.RemoveLoaded();
        var durable = state.Durable!;
        var row = durable.Row with
        {
            Status = OrchestrationStatus.Blocked,
            Reason = reason,
            Updated = instance.Registry.Now,
        };
        return new InstanceChanges { After = durable with { Row = row }, UpdatesRow = true, MarksWorking = true };
    }

    /// <summary>
    /// Blocks the instance as the file has it, whatever is in memory; null when it has ended or is gone.
    /// </summary>
    public InstanceChanges? BlockAsStored(string reason)
    {
        var row = instance.Registry.Database.Readers.Read(
            instance.Id, static (connection, id) => InstanceStatements.Find(connection, id));
        if (row is null || row.Status.IsEnded())
        {
            return null;
        }

        state.Load(new DurableState(row), state.IsWorking);
        return Block(reason);
    }

    /// <summary>An activity found damaged data.</summary>
    public InstanceChanges? Handle(DamageReport report)
    {
        if (state.Row is not { Status: OrchestrationStatus.Running } row || row.Key != report.Run.Row.Key)
        {
            return null;
        }

        state.Use(null);
        return Block(report.Reason);
    }
}
