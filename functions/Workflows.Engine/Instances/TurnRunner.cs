using Workflows.Engine.Activities;
using Workflows.Engine.History;
using Workflows.Engine.Instances.Changes;
using Workflows.Engine.Instances.Messages;
using Workflows.Engine.Turns;
using Workflows.Platform;

namespace Workflows.Engine.Instances;

/// <summary>
/// Runs the turns of an instance, and makes what the orchestrator did in each into one set of changes.
/// </summary>
internal sealed class TurnRunner(
    InstanceRegistry registry, InstanceState state, PendingMessages pending, RunningActivities running)
{
    private const int LongHistoryEvents = 10_000;

    /// <summary>
    /// Runs a turn with the messages of a batch that are new. An empty batch runs one without messages.
    /// </summary>
    public InstanceChanges Run(List<OrchestratorMessage> batch)
    {
        var durable = state.Durable!;
        var settled = new SettledMessages(registry, durable.Row);
        var messages = new TurnMessages(registry, durable, settled);
        var given = messages.Select(batch, pending);
        if (given.Count == 0 && batch.Count > 0)
        {
            return settled.ToChanges(durable, batch);
        }

        var record = RunOrchestrator(given);
        messages.Settle(record, state.Orchestrator!);
        return Changes(durable, record, settled) with { Messages = batch };
    }

    /// <summary>Runs the first turn of an execution whose row is not in the file yet.</summary>
    public InstanceChanges RunFirst(InstanceRow row)
    {
        var record = RunOrchestrator([new Started(Payloads.HashOf(row.Input))]);
        return Changes(new DurableState(row), record, new SettledMessages(registry, row));
    }

    private TurnRecord RunOrchestrator(IReadOnlyList<Message> messages)
    {
        var orchestrator = state.Orchestrator!;
        var eventsBefore = orchestrator.Events;
        var record = orchestrator.Run(registry.Now, messages);
        if (eventsBefore < LongHistoryEvents && orchestrator.Events >= LongHistoryEvents)
        {
            registry.Log.LongHistory(orchestrator.InstanceId, orchestrator.Events);
        }

        if (orchestrator is { End.Kind: TurnActionKind.Fail, Next: not null })
        {
            registry.Log.FailedAfterContinueAsNew(orchestrator.InstanceId);
        }

        return record;
    }

    private InstanceChanges Changes(DurableState before, TurnRecord record, SettledMessages settled)
    {
        var orchestrator = state.Orchestrator!;
        var end = orchestrator.End;
        var row = RowAfter(before.Row, orchestrator, end, record.At);
        var after = before with { Row = row };
        var beginsGeneration = end is { Kind: TurnActionKind.ContinueAsNew };
        byte[]? data = null;
        if (!beginsGeneration && (record.Messages.Count > 0 || record.Actions.Count > 0))
        {
            data = record.Encode();
            after = after with
            {
                Turn = before.Turn + 1,
                Chain = TurnRecord.ChainAfter(before.Chain, row.Key, before.Turn + 1, data),
            };
        }

        var (toStart, outgoing) = Split(before, orchestrator.Tasks.Actions);
        if (row.Status.IsEnded())
        {
            settled.Untaken.InsertRange(0, orchestrator.Waits.Unconsumed());
        }

        var marksWorking = !state.IsWorking && !row.Status.IsEnded() && (toStart.Count > 0 || beginsGeneration);
        settled.ClosedTimers.AddRange(orchestrator.Tasks.ClosedTimers);
        var changes = settled.ToChanges(after, []);
        return changes with
        {
            At = record.At,
            UpdatesRow = !ReferenceEquals(row, before.Row),
            BeginsGeneration = beginsGeneration,
            TurnData = data,
            NewTimers = orchestrator.Tasks.NewTimers,
            Held = beginsGeneration ? [.. Unread(row.Id, orchestrator, end!.Next!), .. settled.Held] : settled.Held,
            Outgoing = changes.Outgoing.Count == 0 ? outgoing : [.. outgoing, .. changes.Outgoing],
            Report = data is null || end is null || row.Parent is null ? null
                : end.Kind == TurnActionKind.Fail ? (null, end.Output) : (end.Output, null),
            MarksWorking = marksWorking ? true : null,
            ToStart = toStart,
        };
    }

    private static InstanceRow RowAfter(InstanceRow row, Orchestrator orchestrator, TurnEnd? end, long at)
    {
        if (orchestrator.CustomStatusChanged)
        {
            row = row with { CustomStatus = orchestrator.CustomStatus, Updated = at };
        }

        if (row.Status is OrchestrationStatus.Pending or OrchestrationStatus.Blocked)
        {
            row = row with { Status = OrchestrationStatus.Running, Reason = null, Updated = at };
        }

        return end switch
        {
            null => row,
            { Next: { } next } => row with
            {
                Generation = row.Generation + 1,
                Input = next.Input,
                Version = next.Version,
                Updated = at,
            },
            _ => row with
            {
                Status = end.Kind == TurnActionKind.Complete
                    ? OrchestrationStatus.Completed
                    : OrchestrationStatus.Failed,
                Output = end.Output,
                Ended = at,
                Updated = at,
            },
        };
    }

    private (List<ActivityRun> ToStart, List<(ScheduledAction Action, bool IsKnown)> Outgoing) Split(
        DurableState durable, List<ScheduledAction> actions)
    {
        var toStart = new List<ActivityRun>();
        var outgoing = new List<(ScheduledAction, bool)>();
        foreach (var action in actions)
        {
            switch (action.Action.Kind)
            {
                case TurnActionKind.Activity:
                    toStart.Add(running.Create(durable, action));
                    break;
                case TurnActionKind.SubOrchestration:
                    outgoing.Add((action, registry.Turns.Catalog.FindOrchestration(action.Action.Name) is not null));
                    break;
                case TurnActionKind.StartOrchestration or TurnActionKind.SendEvent:
                    outgoing.Add((action, true));
                    break;
            }
        }

        return (toStart, outgoing);
    }

    /// <summary>Events that no wait took: they go to the inbox, in order of arrival, for the next generation.</summary>
    private List<EventRaised> Unread(string id, Orchestrator orchestrator, NextGeneration next)
    {
        var unread = orchestrator.Waits.Unconsumed();
        if (!next.PreserveEvents && unread.Count > 0)
        {
            registry.Log.EventsDropped(id, unread.Count);
        }

        return next.PreserveEvents ? unread : [];
    }
}
