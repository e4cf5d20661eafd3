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
    public static InstanceChanges? Terminate(
        DurableState durable, Orchestrator? orchestrator, InstanceOperation request, long now)
    {
        var row = durable.Row;
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
        return new InstanceChanges
        {
            After = durable with { Row = terminated },
            UpdatesRow = true,
            ClosedTimers = OpenTimers(row, orchestrator),
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
