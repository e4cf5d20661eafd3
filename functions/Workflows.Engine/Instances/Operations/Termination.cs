using System.Text.Json;
using Workflows.Engine.Instances.Changes;
using Workflows.Engine.Instances.Messages;
using Workflows.Engine.Turns;
using Workflows.Platform;

namespace Workflows.Engine.Instances.Operations;

/// <summary>Ends an instance where it stands.</summary>
internal static class Termination
{
    /// <summary>Null when the instance has ended already.</summary>
    /// <param name="orchestrator">Null when it cannot be replayed.</param>
    /// <param name="readsInbox">Whether messages are held in the inbox, which is then read after the commit.</param>
    public static InstanceChanges? Terminate(
        InstanceRegistry registry, DurableState durable, Orchestrator? orchestrator, InstanceOperation request,
        bool readsInbox)
    {
        var (row, now) = (durable.Row, registry.Now);
        if (row.Status.IsEnded())
        {
            return null;
        }

        var terminated = row with
        {
            Status = OrchestrationStatus.Terminated,
            Reason = request.Reason,
            Output = JsonSerializer.SerializeToUtf8Bytes(request.Reason, DurableJson.Options),
            Ended = now,
            Updated = now,
        };
        var untaken = UntakenEventHandover.Starts(registry, row, orchestrator?.Waits.Unconsumed() ?? []);
        return new InstanceChanges
        {
            After = durable with { Row = terminated },
            UpdatesRow = true,
            ClosedTimers = OpenTimers(row, orchestrator),
            At = now,
            Reloads = readsInbox,
            Outgoing = untaken,
            TerminatesChildren = request.Recursive ? request.Reason : null,
            Report = row.Parent is null ? null : (null, Failures.Terminated(row.Id, request.Reason)),
        };
    }

    /// <summary>Without an orchestrator only a scheduled start is known; other timers go when they are due.</summary>
    private static DurableTimer[] OpenTimers(InstanceRow row, Orchestrator? orchestrator) =>
        orchestrator is not null ? [.. orchestrator.Tasks.Timers]
        : row.StartAt is { } startAt ? [new DurableTimer(0, startAt)]
        : [];
}
