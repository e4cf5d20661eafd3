using Workflows.Engine.History;
using Workflows.Engine.Instances.Changes;
using Workflows.Engine.Turns;
using Workflows.Platform;

namespace Workflows.Engine.Instances.Operations;

/// <summary>
/// Lets a failed instance run its failed activities and sub-orchestrations again, and a terminated one go on where it
/// stood.
/// </summary>
internal static class Rewinding
{
    /// <summary>
    /// Null when the instance has neither failed nor was terminated, or its history cannot be rewound.
    /// </summary>
    public static InstanceChanges? Rewind(DurableState durable, string reason, InstanceRegistry registry)
    {
        if (durable.Row is not { Status: OrchestrationStatus.Failed or OrchestrationStatus.Terminated } ended
            || registry.Turns.Catalog.FindOrchestration(ended.Name) is not { } descriptor)
        {
            return null;
        }

        var stored = registry.Database.Readers.Read(
            ended.Key, static (connection, key) => HistoryStatements.Read(connection, key));
        var turns = stored.ConvertAll(turn => TurnRecord.Decode(turn.Data));
        var row = ended with
        {
            Status = OrchestrationStatus.Running,
            Reason = reason,
            Output = null,
            Ended = null,
            Updated = registry.Now,
        };
        var rewound = ended.Status == OrchestrationStatus.Terminated
            ? RewoundHistory.AsItStood(row, turns, descriptor, registry.Turns)
            : RewoundHistory.Of(row, turns, descriptor, registry.Turns);
        if (rewound is null)
        {
            registry.Log.NothingToRewind(ended.Id);
            return null;
        }

        return new InstanceChanges
        {
            After = durable with { Row = row },
            UpdatesRow = true,
            At = row.Updated,
            ReplacedHistory = rewound.Turns,
            NewTimers = rewound.Timers,
            Outgoing = [.. rewound.OpenSubs.Select(action => (action, true))],
            RewindsChildren = reason,
            MarksWorking = true,
            Reloads = true,
        };
    }

    /// <summary>
    /// What the parent of an ended instance gets when it asks for a rewind that changes nothing: it waits for the
    /// instance again. Null when the instance has not ended.
    /// </summary>
    public static (byte[]? Result, byte[]? Failure)? ReportOfEnded(InstanceRow row) => row.Status switch
    {
        OrchestrationStatus.Completed => (row.Output, null),
        OrchestrationStatus.Failed => (null, row.Output),
        OrchestrationStatus.Terminated => (null, Failures.Terminated(row.Id, row.Reason ?? "")),
        _ => null,
    };
}
