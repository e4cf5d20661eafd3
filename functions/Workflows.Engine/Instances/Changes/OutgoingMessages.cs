using Workflows.Engine.History;
using Workflows.Engine.Instances.Messages;
using Workflows.Engine.Storage;
using Workflows.Engine.Turns;
using Workflows.Platform;

namespace Workflows.Engine.Instances.Changes;

/// <summary>
/// Messages from one instance to others. They are written to the receivers' inboxes in the transaction of the sender,
/// and posted in memory after its commit. Runs on the writer's thread.
/// </summary>
internal sealed class OutgoingMessages(InstanceRegistry registry, Connection connection)
{
    private readonly Database _database = registry.Database;

    private readonly List<(string Id, InstanceMessage Message)> _sent = [];

    /// <summary>What to post after the commit, in order.</summary>
    public IReadOnlyList<(string Id, InstanceMessage Message)> Sent => _sent;

    public void Send(InstanceChanges changes)
    {
        var row = changes.Row;
        foreach (var (action, isKnown) in changes.Outgoing)
        {
            switch (action.Action.Kind)
            {
                case TurnActionKind.SubOrchestration when changes.RewindsChildren is { } rewindReason:
                    RewindChild(row, action, changes.At, rewindReason);
                    break;
                case TurnActionKind.SubOrchestration:
                    StartChild(row, action, changes.At, isKnown);
                    break;
                case TurnActionKind.StartOrchestration:
                    Start(action, changes.At);
                    break;
                default:
                    SendEvent(row, action, changes.At);
                    break;
            }
        }

        if (changes.Report is { } report && row.Parent is { } parent)
        {
            ReportToParent(parent, report.Result, report.Failure);
        }

        if (changes.TerminatesChildren is { } reason)
        {
            TerminateChildren(row.Key, reason);
        }
    }

    /// <summary>Creates a sub-orchestration, or sends the parent its failure when the id is taken.</summary>
    private void StartChild(InstanceRow parent, ScheduledAction action, long now, bool isKnown)
    {
        var link = new ParentLink(parent.Id, parent.Key, parent.Generation, action.Action.TaskId);
        var failure = isKnown ? null : Failures.UnknownOrchestration(action.Action.Name);
        if (failure is null && InstanceStatements.Find(connection, action.Action.Target) is { } existing)
        {
            // An earlier attempt of the same call is purged to make room for the next one.
            if (existing.Parent == link && existing.Status.IsEnded())
            {
                InstanceStatements.Purge(connection, existing.Key);
            }
            else
            {
                failure = Failures.IdTaken(action.Action.Target);
            }
        }

        if (failure is not null)
        {
            var completed = new TaskCompleted(parent.Generation, action.Action.TaskId, null, failure);
            Send(parent.Id, parent.Key, completed);
            return;
        }

        Create(action, link, now);
    }

    /// <summary>
    /// Rewinds a sub-orchestration, which reports its end again when it cannot be rewound; one that does not exist is
    /// started.
    /// </summary>
    private void RewindChild(InstanceRow parent, ScheduledAction action, long now, string reason)
    {
        var link = new ParentLink(parent.Id, parent.Key, parent.Generation, action.Action.TaskId);
        if (InstanceStatements.Find(connection, action.Action.Target) is { } child && child.Parent == link)
        {
            var seq = Write(child.Key, new Rewind(reason));
            _sent.Add((child.Id, new InstanceOperation(OperationKind.Rewind, reason) { InboxSeq = seq }));
        }
        else
        {
            StartChild(parent, action, now, isKnown: true);
        }
    }

    /// <summary>Creates an instance without a parent; when the id is taken, nothing happens.</summary>
    private void Start(ScheduledAction action, long now)
    {
        if (InstanceStatements.Find(connection, action.Action.Target) is null)
        {
            Create(action, null, now);
        }
    }

    /// <summary>
    /// Sends an event to another instance. One that has ended hands it over; an unknown one is left alone.
    /// </summary>
    private void SendEvent(InstanceRow sender, ScheduledAction action, long now)
    {
        if (InstanceStatements.Find(connection, action.Action.Target) is not { } target)
        {
            return;
        }

        var eventId = $"{sender.ExecutionId(_database.FileId)}.{sender.Generation}.{action.Action.TaskId}";
        if (!InboxStatements.TakeEventId(connection, target.Key, eventId))
        {
            return;
        }

        var raised = new EventRaised(action.Action.Name, action.Input, eventId);
        if (!target.Status.IsEnded())
        {
            Send(target.Id, target.Key, raised);
            return;
        }

        foreach (var (start, _) in UntakenEventHandover.Starts(registry, target, [raised]))
        {
            Start(start, now);
        }
    }

    /// <summary>Sends the parent the end of its sub-orchestration, unless the parent has ended or was purged.</summary>
    private void ReportToParent(ParentLink parent, byte[]? result, byte[]? failure)
    {
        if (InstanceStatements.Find(connection, parent.Id) is { } row && row.Key == parent.Key && !row.Status.IsEnded())
        {
            Send(parent.Id, parent.Key, new TaskCompleted(parent.Generation, parent.TaskId, result, failure));
        }
    }

    private void TerminateChildren(long key, string reason)
    {
        foreach (var child in InstanceStatements.ReadOpenChildren(connection, key))
        {
            var seq = Write(child.Key, new Terminate(reason, Recursive: true));
            var request = new InstanceOperation(OperationKind.Terminate, reason, recursive: true) { InboxSeq = seq };
            _sent.Add((child.Id, request));
        }
    }

    private void Send(string id, long key, Message message) =>
        _sent.Add((id, new OrchestratorMessage(message) { InboxSeq = Write(key, message) }));

    private long Write(long key, Message message)
    {
        var seq = _database.NextNumber();
        InboxStatements.Hold(connection, seq, key, message);
        WorkStatements.MarkWorking(connection, key);
        return seq;
    }

    private void Create(ScheduledAction action, ParentLink? parent, long now)
    {
        var row = new InstanceRow(_database.NextKey(), action.Action.Target, action.Action.Name, action.Version, now)
        {
            Status = OrchestrationStatus.Pending,
            Updated = now,
            Parent = parent,
            Input = action.Input,
        };
        InstanceStatements.Insert(connection, row);
        WorkStatements.MarkWorking(connection, row.Key);
        _sent.Add((row.Id, new EngineSignal(SignalKind.Wake, row.Key)));
    }
}
