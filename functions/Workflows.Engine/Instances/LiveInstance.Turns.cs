using Workflows.Engine.Activities;
using Workflows.Engine.History;
using Workflows.Engine.Turns;
using Workflows.Platform;

namespace Workflows.Engine.Instances;

/// <summary>Turns, and messages for which there is no turn.</summary>
internal sealed partial class LiveInstance
{
    private bool RunTurn(List<MessageEnvelope> batch)
    {
        var write = new InstanceWrite(Registry.Database, this, _row!) { Envelopes = batch };
        var usable = new List<MessageEnvelope>(batch.Count);
        var messages = new List<Message>(batch.Count + 1);
        if (_turn == 0)
        {
            messages.Add(new Started(Payloads.HashOf(_row!.Input)));
        }

        foreach (var envelope in batch)
        {
            if (IsUsable(envelope, usable, write))
            {
                usable.Add(envelope);
                messages.Add(envelope.Message);
            }
        }

        // A stray continuation is news too, without a message.
        if (messages.Count == 0 && batch.Count > 0)
        {
            return SubmitIfAny(write);
        }

        return Submit(TurnWrite(batch, usable, messages, write));
    }

    /// <summary>Runs the orchestrator and gathers all that comes of it.</summary>
    private InstanceWrite TurnWrite(
        IReadOnlyList<Envelope> envelopes, List<MessageEnvelope> usable, List<Message> messages, InstanceWrite gathered)
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
            Envelopes = envelopes,
            UpdatesRow = !ReferenceEquals(row, _row),
            TurnAt = record.At,
        };
        write.TakeOver(gathered);
        write.NewTimers.AddRange(orchestrator.Tasks.NewTimers);
        write.ClosedTimers.AddRange(orchestrator.Tasks.ClosedTimers);
        AddTaken(write, usable, record, end);
        AddSteps(write, orchestrator.Tasks.Steps);
        if (end is { Kind: ActionKind.ContinueAsNew })
        {
            BeginGeneration(write, orchestrator, end.Next!);
        }
        else
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

    /// <summary>Whether a message is for this execution and new; what is not is settled with the write.</summary>
    private bool IsUsable(MessageEnvelope envelope, List<MessageEnvelope> before, InstanceWrite write)
    {
        if (envelope.InboxSeq > 0 && !envelope.IsLoaded && envelope.InboxSeq <= _readUpTo)
        {
            // Handed over in memory and read with the instance as well; the latter counts.
            return false;
        }

        if ((envelope.Key != 0 && envelope.Key != _row!.Key) || envelope.Message is TimerFired { TaskId: 0 })
        {
            Discard(envelope, write);
            return false;
        }

        if (envelope is { InboxSeq: 0, Message: EventRaised raised })
        {
            if (before.Exists(other => other.Message is EventRaised { EventId: var id } && id == raised.EventId)
                || HasEventId(raised.EventId))
            {
                write.WhenDurable.Add(() => envelope.Answer(RaiseOutcome.Duplicate));
                return false;
            }
        }

        return true;
    }

    private bool HasEventId(string eventId) => Registry.Database.Readers.Read(
        (_row!.Key, eventId), static (connection, asked) => InstanceStatements.HasEventId(connection, asked.Key, asked.eventId));

    /// <summary>Settles each message with the turn: taken, or come too late for it.</summary>
    private void AddTaken(InstanceWrite write, List<MessageEnvelope> usable, TurnRecord record, TurnEnd? end)
    {
        var taken = record.Messages is [Started, ..] ? 1 : 0;
        foreach (var envelope in usable)
        {
            var wasTaken = taken < record.Messages.Count && ReferenceEquals(record.Messages[taken], envelope.Message);
            if (wasTaken)
            {
                taken++;
            }

            if (envelope.Message is EventRaised raised)
            {
                SettleEvent(write, envelope, raised, wasTaken, end);
            }
            else
            {
                Settle(write, envelope);
                if (!wasTaken && envelope.Message is TimerFired late)
                {
                    write.ClosedTimers.Add((late.TaskId, late.Due));
                }
                else if (!wasTaken)
                {
                    Registry.Log.OrphanIgnored(Id, envelope.Message.GetType().Name);
                }
            }
        }
    }

    private void SettleEvent(InstanceWrite write, MessageEnvelope envelope, EventRaised raised, bool wasTaken, TurnEnd? end)
    {
        var carried = !wasTaken && end is { Kind: ActionKind.ContinueAsNew };
        if (envelope.InboxSeq > 0)
        {
            write.Consumed.Add(envelope.InboxSeq);
        }
        else if (wasTaken || carried)
        {
            write.EventIds.Add(raised.EventId);
        }

        if (carried)
        {
            write.Held.Add(raised);
        }

        if (!wasTaken && !carried)
        {
            Registry.Log.EventTooLate(Id, raised.Name);
        }

        write.WhenDurable.Add(() => envelope.Answer(wasTaken || carried ? RaiseOutcome.Accepted : RaiseOutcome.TooLate));
    }

    /// <summary>What goes with a message whether or not it meant anything: its inbox row, its activity's writes.</summary>
    private static void Settle(InstanceWrite write, MessageEnvelope envelope)
    {
        if (envelope.InboxSeq > 0)
        {
            write.Consumed.Add(envelope.InboxSeq);
        }

        if (envelope.Activity is { HasWrites: true } activity)
        {
            write.Activities.Add(activity);
        }
    }

    private void AddSteps(InstanceWrite write, List<Step> steps)
    {
        foreach (var step in steps)
        {
            switch (step.Action.Kind)
            {
                case ActionKind.Activity:
                    write.ToStart.Add(NewRun(_row!, step));
                    break;
                case ActionKind.SubOrchestration:
                    write.Outgoing.Add((step, Registry.Turns.Catalog.FindOrchestration(step.Action.Name) is not null));
                    break;
                case ActionKind.StartOrchestration or ActionKind.SendEvent:
                    write.Outgoing.Add((step, true));
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

    /// <summary>Keeps messages for when the instance goes on. What activities wrote is committed now.</summary>
    private bool Hold(List<MessageEnvelope> batch)
    {
        var write = new InstanceWrite(Registry.Database, this, _row!) { Envelopes = batch };
        var events = new HashSet<string>(StringComparer.Ordinal);
        foreach (var envelope in batch)
        {
            if (envelope.InboxSeq > 0)
            {
                continue;
            }

            if (envelope.Key != 0 && envelope.Key != _row!.Key)
            {
                Discard(envelope, write);
                continue;
            }

            if (envelope.Message is EventRaised raised)
            {
                var isNew = events.Add(raised.EventId) && !HasEventId(raised.EventId);
                write.WhenDurable.Add(() => envelope.Answer(isNew ? RaiseOutcome.Accepted : RaiseOutcome.Duplicate));
                if (!isNew)
                {
                    continue;
                }

                write.EventIds.Add(raised.EventId);
            }
            else if (envelope.Message is TimerFired fired)
            {
                write.ClosedTimers.Add((fired.TaskId, fired.Due));
            }

            Settle(write, envelope);
            write.Held.Add(envelope.Message);
        }

        return SubmitIfAny(write);
    }

    /// <summary>The instance has ended. What an abandoned activity wrote still counts, unless the instance was terminated.</summary>
    private bool AnswerLate(List<MessageEnvelope> batch)
    {
        var write = new InstanceWrite(Registry.Database, this, _row!) { Envelopes = batch };
        foreach (var envelope in batch)
        {
            Discard(envelope, write);
        }

        return SubmitIfAny(write);
    }

    private void Discard(MessageEnvelope envelope, InstanceWrite write)
    {
        var isOfThisExecution = envelope.Key == 0 || envelope.Key == _row!.Key;
        switch (envelope.Message)
        {
            case EventRaised raised:
                Registry.Log.EventTooLate(Id, raised.Name);
                write.WhenDurable.Add(() => envelope.Answer(RaiseOutcome.TooLate));
                break;
            case TimerFired fired:
                // Under its own key: of an execution that is gone, it is removed when it is read again.
                if (isOfThisExecution)
                {
                    write.ClosedTimers.Add((fired.TaskId, fired.Due));
                }

                break;
            default:
                Registry.Log.OrphanIgnored(Id, envelope.Message.GetType().Name);
                break;
        }

        if (envelope.InboxSeq > 0)
        {
            write.Consumed.Add(envelope.InboxSeq);
        }

        if (isOfThisExecution && _row!.Status != OrchestrationStatus.Terminated && envelope.Activity is { HasWrites: true } activity)
        {
            write.Activities.Add(activity);
        }
    }

    private bool AnswerUnknown(List<MessageEnvelope> batch)
    {
        foreach (var envelope in batch)
        {
            envelope.Answer(RaiseOutcome.NotFound);
            Forget(envelope);
        }

        return false;
    }
}
