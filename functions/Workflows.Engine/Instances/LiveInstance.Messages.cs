using Workflows.Engine.Activities;
using Workflows.Engine.History;
using Workflows.Engine.Turns;
using Workflows.Platform;

namespace Workflows.Engine.Instances;

/// <summary>What becomes of messages: which a turn can use, and how those for which there is no turn are settled.</summary>
internal sealed partial class LiveInstance
{
    /// <summary>Whether a message is for this execution and new; what is not is settled with the write.</summary>
    private bool IsUsable(OrchestratorMessage message, List<OrchestratorMessage> before, InstanceWrite write)
    {
        if (message.InboxSeq > 0 && !message.IsLoaded && message.InboxSeq <= _readUpTo)
        {
            // Handed over in memory and read with the instance as well; the latter counts.
            return false;
        }

        if ((message.Key != 0 && message.Key != _row!.Key) || message.Message is TimerFired { TaskId: 0 })
        {
            Discard(message, write);
            return false;
        }

        if (message is { InboxSeq: 0, Message: EventRaised raised })
        {
            if (before.Exists(other => other.Message is EventRaised { EventId: var id } && id == raised.EventId)
                || HasEventId(raised.EventId))
            {
                write.WhenDurable.Add(() => message.Answer(RaiseOutcome.Duplicate));
                return false;
            }
        }

        return true;
    }

    private bool HasEventId(string eventId) => Registry.Database.Readers.Read(
        (_row!.Key, eventId), static (connection, asked) => InstanceStatements.HasEventId(connection, asked.Key, asked.eventId));

    /// <summary>Settles each message with the turn: taken, or come too late for it.</summary>
    private void AddTaken(InstanceWrite write, List<OrchestratorMessage> usable, TurnRecord record, TurnEnd? end)
    {
        var taken = record.Messages is [Started, ..] ? 1 : 0;
        foreach (var message in usable)
        {
            var wasTaken = taken < record.Messages.Count && ReferenceEquals(record.Messages[taken], message.Message);
            if (wasTaken)
            {
                taken++;
            }

            if (message.Message is EventRaised raised)
            {
                SettleEvent(write, message, raised, wasTaken, end);
            }
            else
            {
                Settle(write, message, keepsWrites: wasTaken || !IsDuplicate(message.Message));
                if (!wasTaken && message.Message is TimerFired late)
                {
                    write.ClosedTimers.Add((late.TaskId, late.Due));
                }
                else if (!wasTaken)
                {
                    Registry.Log.OrphanIgnored(Id, message.Message.GetType().Name);
                }
            }
        }
    }

    /// <summary>
    /// Whether a completion that was not taken is the second one of its step. That of an abandoned step, still open at
    /// the end or of an earlier generation, is the first, and what it wrote counts.
    /// </summary>
    private bool IsDuplicate(Message message) => message is TaskCompleted completed
        && completed.Generation == _row!.Generation && !_orchestrator!.Tasks.IsOpenCall(completed.TaskId);

    private void SettleEvent(InstanceWrite write, OrchestratorMessage message, EventRaised raised, bool wasTaken, TurnEnd? end)
    {
        var carried = !wasTaken && end is { Kind: ActionKind.ContinueAsNew };
        if (message.InboxSeq > 0)
        {
            write.Consumed.Add(message.InboxSeq);
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

        write.WhenDurable.Add(() => message.Answer(wasTaken || carried ? RaiseOutcome.Accepted : RaiseOutcome.TooLate));
    }

    /// <summary>What goes with a message whether or not it meant anything: its inbox row, its activity's writes.</summary>
    private static void Settle(InstanceWrite write, OrchestratorMessage message, bool keepsWrites = true)
    {
        if (message.InboxSeq > 0)
        {
            write.Consumed.Add(message.InboxSeq);
        }

        if (keepsWrites && message.Activity is { HasWrites: true } activity)
        {
            write.Activities.Add(activity);
        }
    }

    /// <summary>Keeps messages for when the instance goes on. What activities wrote is committed now.</summary>
    private bool Hold(List<OrchestratorMessage> batch)
    {
        var write = new InstanceWrite(Registry.Database, this, _row!) { Messages = batch };
        var events = new HashSet<string>(StringComparer.Ordinal);
        foreach (var message in batch)
        {
            if (message.InboxSeq > 0)
            {
                continue;
            }

            if (message.Key != 0 && message.Key != _row!.Key)
            {
                Discard(message, write);
                continue;
            }

            if (message.Message is EventRaised raised)
            {
                var isNew = events.Add(raised.EventId) && !HasEventId(raised.EventId);
                write.WhenDurable.Add(() => message.Answer(isNew ? RaiseOutcome.Accepted : RaiseOutcome.Duplicate));
                if (!isNew)
                {
                    continue;
                }

                write.EventIds.Add(raised.EventId);
            }
            else if (message.Message is TimerFired fired)
            {
                write.ClosedTimers.Add((fired.TaskId, fired.Due));
            }

            Settle(write, message);
            write.Held.Add(message.Message);
        }

        return SubmitIfAny(write);
    }

    /// <summary>The instance has ended. What an abandoned activity wrote still counts, unless the instance was terminated.</summary>
    private bool AnswerLate(List<OrchestratorMessage> batch)
    {
        var write = new InstanceWrite(Registry.Database, this, _row!) { Messages = batch };
        foreach (var message in batch)
        {
            Discard(message, write);
        }

        return SubmitIfAny(write);
    }

    private void Discard(OrchestratorMessage message, InstanceWrite write)
    {
        var isOfThisExecution = message.Key == 0 || message.Key == _row!.Key;
        switch (message.Message)
        {
            case EventRaised raised:
                Registry.Log.EventTooLate(Id, raised.Name);
                write.WhenDurable.Add(() => message.Answer(RaiseOutcome.TooLate));
                break;
            case TimerFired fired:
                // Under its own key: of an execution that is gone, it is removed when it is read again.
                if (isOfThisExecution)
                {
                    write.ClosedTimers.Add((fired.TaskId, fired.Due));
                }

                break;
            default:
                Registry.Log.OrphanIgnored(Id, message.Message.GetType().Name);
                break;
        }

        if (message.InboxSeq > 0)
        {
            write.Consumed.Add(message.InboxSeq);
        }

        if (isOfThisExecution && _row!.Status != OrchestrationStatus.Terminated && message.Activity is { HasWrites: true } activity)
        {
            write.Activities.Add(activity);
        }
    }

    private bool AnswerUnknown(List<OrchestratorMessage> batch)
    {
        foreach (var message in batch)
        {
            message.Answer(RaiseOutcome.NotFound);
            Forget(message);
        }

        return false;
    }
}
