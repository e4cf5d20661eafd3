using Workflows.Engine.History;
using Workflows.Engine.Turns;
using Workflows.Platform;

namespace Workflows.Engine.Instances.Messages;

/// <summary>
/// The messages of one turn: which of them the orchestrator gets, and what becomes of each after the turn.
/// </summary>
internal sealed class TurnMessages(InstanceRegistry registry, DurableState durable, SettledMessages settled)
{
    private readonly List<OrchestratorMessage> _given = [];

    /// <summary>Selects what the orchestrator gets: messages that are new and for this execution.</summary>
    public List<Message> Select(List<OrchestratorMessage> batch, PendingMessages pending)
    {
        var messages = new List<Message>(batch.Count + 1);
        if (durable.Turn == 0)
        {
            messages.Add(new Started(Payloads.HashOf(durable.Row.Input)));
        }

        foreach (var message in batch)
        {
            if (!pending.IsRepeated(message) && IsUsable(message))
            {
                _given.Add(message);
                messages.Add(message.Message);
            }
        }

        return messages;
    }

    /// <summary>Settles each message after the turn: the orchestrator took it, or it came too late.</summary>
    public void Settle(TurnRecord record, Orchestrator orchestrator)
    {
        var taken = record.Messages is [Started, ..] ? 1 : 0;
        foreach (var message in _given)
        {
            var wasTaken = taken < record.Messages.Count && ReferenceEquals(record.Messages[taken], message.Message);
            if (wasTaken)
            {
                taken++;
            }

            if (message.Message is EventRaised raised)
            {
                SettleEvent(message, raised, wasTaken, orchestrator.End);
                continue;
            }

            settled.Settle(message, keepsWrites: wasTaken || !IsDuplicate(message.Message, orchestrator));
            if (!wasTaken && message.Message is TimerFired late)
            {
                settled.ClosedTimers.Add(new DurableTimer(late.TaskId, late.Due));
            }
            else if (!wasTaken)
            {
                registry.Log.OrphanIgnored(durable.Row.Id, message.Message.GetType().Name);
            }
        }
    }

    private bool IsUsable(OrchestratorMessage message)
    {
        // Task 0 is a scheduled start, which is over once turns run.
        if (!settled.IsForExecution(message) || message.Message is TimerFired { TaskId: 0 })
        {
            settled.Discard(message);
            return false;
        }

        if (message is { InboxSeq: 0, Message: EventRaised raised }
            && (_given.Exists(other => IsSameEvent(other.Message, raised)) || settled.HasEventId(raised.EventId)))
        {
            settled.Answer(message, RaiseOutcome.Duplicate);
            return false;
        }

        return true;
    }

    private static bool IsSameEvent(Message other, EventRaised raised) =>
        other is EventRaised { EventId: var id } && id == raised.EventId;

    /// <summary>
    /// Whether a completion that the orchestrator did not take is the second one of its task. That of an abandoned
    /// task, still open at the end or of an earlier generation, is the first, and what its activity wrote counts.
    /// </summary>
    private bool IsDuplicate(Message message, Orchestrator orchestrator) => message is TaskCompleted completed
        && completed.Generation == durable.Row.Generation && !orchestrator.Tasks.IsOpenCall(completed.TaskId);

    private void SettleEvent(OrchestratorMessage message, EventRaised raised, bool wasTaken, TurnEnd? end)
    {
        // The next generation gets an event that came after this one asked to continue as new.
        var isCarried = !wasTaken && end is { Kind: TurnActionKind.ContinueAsNew };
        if (message.InboxSeq > 0)
        {
            settled.Consumed.Add(message.InboxSeq);
        }
        else if (wasTaken || isCarried)
        {
            settled.EventIds.Add(raised.EventId);
        }

        if (isCarried)
        {
            settled.Held.Add(raised);
        }

        if (wasTaken || isCarried)
        {
            settled.Answer(message, RaiseOutcome.Accepted);
        }
        else
        {
            settled.LeaveUntaken(message, raised);
        }
    }
}
