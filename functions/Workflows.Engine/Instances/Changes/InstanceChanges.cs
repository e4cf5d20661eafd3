using Workflows.Engine.Activities;
using Workflows.Engine.History;
using Workflows.Engine.Instances.Messages;
using Workflows.Engine.Turns;

namespace Workflows.Engine.Instances.Changes;

/// <summary>
/// All that one turn, or one operation, changes of one instance, committed together: the turn, what the activities
/// whose completions it consumed wrote, timers, messages to other instances, and the instance's row.
/// </summary>
internal sealed record InstanceChanges
{
    /// <summary>What the file has of the instance after the commit.</summary>
    public required DurableState After { get; init; }

    /// <summary>The row is inserted; the write is rejected when the id is taken.</summary>
    public bool IsNew { get; init; }

    /// <summary>The key of the ended execution that a new one of the same id replaces.</summary>
    public long? Replaces { get; init; }

    public bool UpdatesRow { get; init; }

    /// <summary>
    /// A generation ends and the next begins: its history is deleted, its input and version are replaced.
    /// </summary>
    public bool BeginsGeneration { get; init; }

    /// <summary>The row and everything that belongs to it are deleted.</summary>
    public bool Purges { get; init; }

    /// <summary>The time of the turn or operation, UTC ticks.</summary>
    public long At { get; init; }

    /// <summary>The turn to append to the history, encoded; null when there is none.</summary>
    public byte[]? TurnData { get; init; }

    /// <summary>The generation's history, when it is replaced.</summary>
    public IReadOnlyList<TurnRecord>? ReplacedHistory { get; init; }

    /// <summary>Completed activities whose rows and mails are written.</summary>
    public IReadOnlyList<ActivityRun> Activities { get; init; } = [];

    public IReadOnlyList<DurableTimer> NewTimers { get; init; } = [];

    public IReadOnlyList<DurableTimer> ClosedTimers { get; init; } = [];

    /// <summary>Ids of events from outside that are accepted.</summary>
    public IReadOnlyList<string> EventIds { get; init; } = [];

    /// <summary>Numbers of inbox messages that are handled.</summary>
    public IReadOnlyList<long> Consumed { get; init; } = [];

    /// <summary>Messages that go to the inbox, to be handled later.</summary>
    public IReadOnlyList<Message> Held { get; init; } = [];

    /// <summary>Actions that reach other instances; a sub-orchestration may be unknown to this build.</summary>
    public IReadOnlyList<(ScheduledAction Action, bool IsKnown)> Outgoing { get; init; } = [];

    /// <summary>The result or failure that the parent gets.</summary>
    public (byte[]? Result, byte[]? Failure)? Report { get; init; }

    /// <summary>The reason with which open sub-orchestrations are terminated; null when they are not.</summary>
    public string? TerminatesChildren { get; init; }

    /// <summary>
    /// The reason with which the sub-orchestrations of <see cref="Outgoing"/> are rewound, where they exist.
    /// </summary>
    public string? RewindsChildren { get; init; }

    /// <summary>Activities whose starts were counted.</summary>
    public IReadOnlyList<(int TaskId, ActivityStarts Starts)> Starts { get; init; } = [];

    /// <summary>
    /// Whether the instance may have work after a restart of the process; null leaves the mark as it is.
    /// </summary>
    public bool? MarksWorking { get; init; }

    /// <summary>The instance is to be read from the file again after the commit.</summary>
    public bool Reloads { get; init; }

    /// <summary>Answers to callers, given once the write has committed.</summary>
    public IReadOnlyList<Action> WhenDurable { get; init; } = [];

    /// <summary>The messages that are handled by this.</summary>
    public IReadOnlyList<InstanceMessage> Messages { get; init; } = [];

    /// <summary>Activities that start once the write has committed.</summary>
    public IReadOnlyList<ActivityRun> ToStart { get; init; } = [];

    public InstanceRow Row => After.Row;

    /// <summary>
    /// Whether there is nothing to write. What is not looked at never comes alone: a report to the parent, a replaced
    /// history and what is done to sub-orchestrations change the row, and a reload is asked for with a write.
    /// </summary>
    public bool IsEmpty =>
        !IsNew && !UpdatesRow && !BeginsGeneration && !Purges && TurnData is null && MarksWorking is null
        && Activities.Count == 0 && NewTimers.Count == 0 && ClosedTimers.Count == 0 && EventIds.Count == 0
        && Consumed.Count == 0 && Held.Count == 0 && Outgoing.Count == 0 && Starts.Count == 0 && ToStart.Count == 0;
}
