using Workflows.Engine.Activities;
using Workflows.Engine.History;
using Workflows.Engine.Storage;
using Workflows.Engine.Turns;
using Workflows.Platform;

namespace Workflows.Engine.Instances;

/// <summary>
/// All that one step of one instance changes, committed together: the turn, what the activities it heard of wrote, timers,
/// messages to others, and the instance's state. It is under way until it is durable, whatever the storage does meanwhile.
/// </summary>
internal sealed partial class InstanceWrite(Database database, LiveInstance instance, InstanceRow row) : WriteItem
{
    private IReadOnlyList<(string Id, InstanceMessage Message)> _sent = [];

    /// <summary>The instance as it is after this.</summary>
    public InstanceRow Row { get; } = row;

    /// <summary>The row is new; rejected when the id is taken.</summary>
    public bool IsNew { get; init; }

    /// <summary>The ended execution that a new one of the same id replaces.</summary>
    public long? Replaces { get; init; }

    /// <summary>The row changed.</summary>
    public bool UpdatesRow { get; set; }

    /// <summary>A generation ends and the next begins: its history goes, and so do its input and version.</summary>
    public bool BeginsGeneration { get; set; }

    /// <summary>The row and everything that belongs to it go.</summary>
    public bool Purges { get; init; }

    /// <summary>The turn to append; 0 is none.</summary>
    public int Turn { get; set; }

    public long TurnAt { get; set; }

    public byte[] TurnData { get; set; } = [];

    public byte[] Chain { get; set; } = [];

    /// <summary>Activities whose writes and mails belong to this.</summary>
    public List<ActivityRun> Activities { get; } = [];

    public List<(int TaskId, long Due)> NewTimers { get; } = [];

    public List<(int TaskId, long Due)> ClosedTimers { get; } = [];

    /// <summary>Ids of events that come from outside.</summary>
    public List<string> EventIds { get; } = [];

    /// <summary>Inbox messages that are dealt with.</summary>
    public List<long> Consumed { get; } = [];

    /// <summary>Messages to keep for later.</summary>
    public List<Message> Held { get; } = [];

    /// <summary>Steps that reach other instances.</summary>
    public List<(ScheduledAction Action, bool IsKnown)> Outgoing { get; } = [];

    /// <summary>What the parent is told.</summary>
    public (byte[]? Result, byte[]? Failure)? Report { get; set; }

    /// <summary>Open sub-orchestrations are to end with this reason.</summary>
    public string? TerminatesChildren { get; set; }

    /// <summary>The generation's history, written anew.</summary>
    public IReadOnlyList<TurnRecord>? Rewritten { get; set; }

    /// <summary>The sub-orchestrations of <see cref="Outgoing"/> exist and failed; they are to be rewound with this reason.</summary>
    public string? RewindsChildren { get; set; }

    /// <summary>Steps whose starts were counted.</summary>
    public List<(int TaskId, ActivityStarts Starts)> Starts { get; } = [];

    /// <summary>It may have something to do after a restart of the process; null leaves that as it is.</summary>
    public bool? Working { get; set; }

    /// <summary>The instance is to be read anew after this.</summary>
    public bool Reloads { get; set; }

    /// <summary>The activity whose rows were changed meanwhile, when this was rejected.</summary>
    public ActivityRun? Conflicting { get; private set; }

    /// <summary>Who is told once it is durable.</summary>
    public List<Action> WhenDurable { get; } = [];

    /// <summary>What was taken from the mailbox for this.</summary>
    public IReadOnlyList<InstanceMessage> Messages { get; init; } = [];

    /// <summary>Activities to start once it is durable.</summary>
    public List<ActivityRun> ToStart { get; } = [];

    /// <summary>Whether there is nothing to write.</summary>
    public bool IsEmpty => !IsNew && !UpdatesRow && !BeginsGeneration && !Purges && Turn == 0 && Activities.Count == 0
        && NewTimers.Count == 0 && ClosedTimers.Count == 0 && EventIds.Count == 0 && Consumed.Count == 0 && Held.Count == 0
        && Outgoing.Count == 0 && Starts.Count == 0 && ToStart.Count == 0 && Working is null;

    public override bool KeepsTrying => !IsNew;

    /// <summary>Adds what another one gathered for the same instance.</summary>
    public void TakeOver(InstanceWrite other)
    {
        UpdatesRow |= other.UpdatesRow;
        BeginsGeneration |= other.BeginsGeneration;
        (Turn, TurnAt, TurnData, Chain) = other.Turn > 0 || other.TurnAt > 0
            ? (other.Turn, other.TurnAt, other.TurnData, other.Chain)
            : (Turn, TurnAt, TurnData, Chain);
        Activities.AddRange(other.Activities);
        NewTimers.AddRange(other.NewTimers);
        ClosedTimers.AddRange(other.ClosedTimers);
        EventIds.AddRange(other.EventIds);
        Consumed.AddRange(other.Consumed);
        Held.AddRange(other.Held);
        Outgoing.AddRange(other.Outgoing);
        Report ??= other.Report;
        WhenDurable.AddRange(other.WhenDurable);
        ToStart.AddRange(other.ToStart);
        Working ??= other.Working;
    }

    public override void Committed()
    {
        foreach (var tell in WhenDurable)
        {
            tell();
        }

        foreach (var (id, message) in _sent)
        {
            instance.Registry.Post(id, message);
        }

        if (Activities.Exists(activity => activity.HasMails))
        {
            instance.Registry.MailSignal.Set();
        }

        instance.OnCommitted(this);
    }

    public override void Rejected() => instance.OnRejected(this);

    public override void Failed(Exception exception) => instance.OnFailed(this, exception);

    public override void Delayed(Exception exception) => instance.OnDelayed(this, exception);
}
