using Workflows.Engine.Activities;
using Workflows.Engine.History;
using Workflows.Engine.Turns;
using Workflows.Platform;

namespace Workflows.Engine.Instances;

/// <summary>Turns, and messages for which there is no turn.</summary>
internal sealed partial class LiveInstance
{
    private bool RunTurn(List<OrchestratorMessage> batch)
    {
        var write = new InstanceWrite(Registry.Database, this, _row!) { Messages = batch };
        var usable = new List<OrchestratorMessage>(batch.Count);
        var messages = new List<Message>(batch.Count + 1);
        if (_turn == 0)
        {
            messages.Add(new Started(Payloads.HashOf(_row!.Input)));
        }

        foreach (var message in batch)
        {
            if (IsUsable(message, usable, write))
            {
                usable.Add(message);
                messages.Add(message.Message);
            }
        }

        // A stray continuation is news too, without a message.
        if (messages.Count == 0 && batch.Count > 0)
        {
            return SubmitIfAny(write);
        }

        return SubmitIfAny(TurnWrite(batch, usable, messages, write));
    }

    /// <summary>Runs the orchestrator and gathers all that comes of it.</summary>
    private InstanceWrite TurnWrite(
        IReadOnlyList<InstanceMessage> handled, List<OrchestratorMessage> usable, List<Message> messages, InstanceWrite gathered)
    {
        var orchestrator = _orchestrator!;
        var eventsBefore = orchestrator.Events;
        var record = orchestrator.Run(Now, messages);
        var end = orchestrator.End;
        if (eventsBefore < ManyEvents && orchestrator.Events >= ManyEvents)
        {
            Registry.Log.LongHistory(Id, orchestrator.Events);
        }

        if (end is { Kind: ActionKind.Fail } && orchestrator.Next is not null)
        {
            Registry.Log.FailedAfterContinueAsNew(Id);
        }

        var row = RowAfter(orchestrator, end, record.At);
        var write = new InstanceWrite(Registry.Database, this, row)
        {
            Messages = handled,
            UpdatesRow = !ReferenceEquals(row, _row),
            TurnAt = record.At,
        };
        write.TakeOver(gathered);
        write.NewTimers.AddRange(orchestrator.Tasks.NewTimers);
        write.ClosedTimers.AddRange(orchestrator.Tasks.ClosedTimers);
        AddTaken(write, usable, record, end);
        AddActions(write, orchestrator.Tasks.Actions);
        if (end is { Kind: ActionKind.ContinueAsNew })
        {
            BeginGeneration(write, orchestrator, end.Next!);
        }
        else if (record.Messages.Count > 0 || record.Actions.Count > 0)
        {
            write.Turn = _turn + 1;
            write.TurnData = record.Encode();
            write.Chain = TurnRecord.ChainAfter(_chain, row.Key, write.Turn, write.TurnData);
            if (end is not null && row.Parent is not null)
            {
                write.Report = end.Kind == ActionKind.Fail ? (null, end.Output) : (end.Output, null);
            }
        }

        if (!_working && !row.Status.IsEnded() && (write.ToStart.Count > 0 || write.BeginsGeneration))
        {
            write.Working = true;
        }

        return write;
    }

    private InstanceRow RowAfter(Orchestrator orchestrator, TurnEnd? end, long at)
    {
        var row = _row!;
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
                Status = end.Kind == ActionKind.Complete ? OrchestrationStatus.Completed : OrchestrationStatus.Failed,
                Output = end.Output,
                Ended = at,
                Updated = at,
            },
        };
    }

    private void AddActions(InstanceWrite write, List<ScheduledAction> actions)
    {
        foreach (var action in actions)
        {
            switch (action.Action.Kind)
            {
                case ActionKind.Activity:
                    write.ToStart.Add(NewRun(_row!, action));
                    break;
                case ActionKind.SubOrchestration:
                    write.Outgoing.Add((action, Registry.Turns.Catalog.FindOrchestration(action.Action.Name) is not null));
                    break;
                case ActionKind.StartOrchestration or ActionKind.SendEvent:
                    write.Outgoing.Add((action, true));
                    break;
            }
        }
    }

    /// <summary>Events that nobody took go into the inbox, in order of arrival, where the next generation finds them.</summary>
    private void BeginGeneration(InstanceWrite write, Orchestrator orchestrator, NextGeneration next)
    {
        write.BeginsGeneration = true;
        var unread = orchestrator.Waits.Unconsumed();
        if (next.PreserveEvents)
        {
            write.Held.InsertRange(0, unread);
        }
        else if (unread.Count > 0)
        {
            Registry.Log.EventsDropped(Id, unread.Count);
        }
    }
}
