using Workflows.Engine.Activities;
using Workflows.Engine.History;
using Workflows.Engine.Instances.Changes;
using Workflows.Engine.Turns;
using Workflows.Platform;

namespace Workflows.Engine.Instances.Messages;

/// <summary>What a batch of messages changes in the file, gathered message by message until it is committed.</summary>
internal sealed class SettledMessages(InstanceRegistry registry, InstanceRow row)
{
    public List<long> Consumed { get; } = [];

    public List<string> EventIds { get; } = [];

    public List<Message> Held { get; } = [];

    public List<DurableTimer> ClosedTimers { get; } = [];

    public List<ActivityRun> Activities { get; } = [];

    public List<Action> Answers { get; } = [];

    /// <summary>Events that were accepted before, and that no turn gets.</summary>
    public List<EventRaised> Untaken { get; } = [];

    /// <summary>Whether a message is for the execution that the row is of.</summary>
    public bool IsForExecution(OrchestratorMessage message) => message.Key == 0 || message.Key == row.Key;

    /// <summary>Whether the execution has accepted an event of this id before.</summary>
    public bool HasEventId(string eventId) => registry.Database.Readers.Read(
        (row.Key, eventId),
        static (connection, asked) => InboxStatements.HasEventId(connection, asked.Key, asked.eventId));

    public void Answer(OrchestratorMessage message, RaiseOutcome outcome) => Answers.Add(() => message.Answer(outcome));

    /// <summary>Removes a message from the inbox, and writes what its activity wrote if that counts.</summary>
    public void Settle(OrchestratorMessage message, bool keepsWrites = true)
    {
        if (message.InboxSeq > 0)
        {
            Consumed.Add(message.InboxSeq);
        }

        if (keepsWrites && message.Activity is { HasWrites: true } activity)
        {
            Activities.Add(activity);
        }
    }

    /// <summary>
    /// Settles a message that no turn gets. What an abandoned activity wrote counts all the same, unless the instance
    /// was terminated.
    /// </summary>
    public void Discard(OrchestratorMessage message)
    {
        var isForExecution = IsForExecution(message);
        switch (message.Message)
        {
            case EventRaised raised:
                LeaveUntaken(message, raised);
                break;
            case TimerFired fired:
                // The timer of another execution has another key; it is removed when it is read again.
                if (isForExecution)
                {
                    ClosedTimers.Add(new DurableTimer(fired.TaskId, fired.Due));
                }

                break;
            default:
                registry.Log.OrphanIgnored(row.Id, message.Message.GetType().Name);
                break;
        }

        Settle(message, keepsWrites: isForExecution && row.Status != OrchestrationStatus.Terminated);
    }

    /// <summary>
    /// An event that came after the end: its sender is told so, or it is handed over if it was accepted before.
    /// </summary>
    public void LeaveUntaken(OrchestratorMessage message, EventRaised raised)
    {
        registry.Log.EventTooLate(row.Id, raised.Name);
        Answer(message, RaiseOutcome.TooLate);
        if (message.InboxSeq > 0 && IsForExecution(message))
        {
            Untaken.Add(raised);
        }
    }

    /// <summary>The changes when the batch causes no turn.</summary>
    public InstanceChanges ToChanges(DurableState durable, IReadOnlyList<InstanceMessage> messages) => new()
    {
        After = durable,
        At = registry.Now,
        Messages = messages,
        Consumed = Consumed,
        EventIds = EventIds,
        Held = Held,
        ClosedTimers = ClosedTimers,
        Activities = Activities,
        WhenDurable = Answers,
        Outgoing = UntakenEventHandover.Starts(registry, row, Untaken),
    };
}
