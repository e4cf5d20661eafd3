using Workflows.Engine.History;
using Workflows.Engine.Instances.Changes;
using Workflows.Engine.Turns;
using Workflows.Platform;

namespace Workflows.Engine.Instances.Messages;

/// <summary>Messages for which no turn runs: the instance waits to start or to be resumed, or it has ended.</summary>
internal static class MessagesWithoutTurn
{
    /// <summary>
    /// Holds messages in the inbox until the instance continues. What activities wrote is committed now.
    /// </summary>
    public static InstanceChanges Hold(
        InstanceRegistry registry, DurableState durable, List<OrchestratorMessage> batch)
    {
        var settled = new SettledMessages(registry, durable.Row);
        var eventIds = new HashSet<string>(StringComparer.Ordinal);
        foreach (var message in batch)
        {
            // What has a number in the inbox is held already.
            if (message.InboxSeq > 0)
            {
                continue;
            }

            if (!settled.IsForExecution(message))
            {
                settled.Discard(message);
                continue;
            }

            if (message.Message is EventRaised raised)
            {
                var isNew = eventIds.Add(raised.EventId) && !settled.HasEventId(raised.EventId);
                settled.Answer(message, isNew ? RaiseOutcome.Accepted : RaiseOutcome.Duplicate);
                if (!isNew)
                {
                    continue;
                }

                settled.EventIds.Add(raised.EventId);
            }
            else if (message.Message is TimerFired fired)
            {
                settled.ClosedTimers.Add(new DurableTimer(fired.TaskId, fired.Due));
            }

            settled.Settle(message);
            settled.Held.Add(message.Message);
        }

        return settled.ToChanges(durable, batch);
    }

    /// <summary>Discards messages for an instance that has ended.</summary>
    public static InstanceChanges Discard(
        InstanceRegistry registry, DurableState durable, List<OrchestratorMessage> batch)
    {
        var settled = new SettledMessages(registry, durable.Row);
        foreach (var message in batch)
        {
            settled.Discard(message);
        }

        return settled.ToChanges(durable, batch);
    }
}
