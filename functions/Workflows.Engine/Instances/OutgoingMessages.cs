using Workflows.Engine.History;
using Workflows.Engine.Storage;
using Workflows.Engine.Turns;
using Workflows.Platform;

namespace Workflows.Engine.Instances;

/// <summary>
/// Messages from one instance to others, written in the transaction that sends them and handed over in memory once that is
/// durable. Runs on the writer's thread.
/// </summary>
internal sealed class OutgoingMessages(Database database, Connection connection)
{
    private readonly List<(string Id, InstanceMessage Message)> _sent = [];

    /// <summary>What to hand over after the commit, in order.</summary>
    public IReadOnlyList<(string Id, InstanceMessage Message)> Sent => _sent;

    /// <summary>Creates a sub-orchestration, or tells the parent that its id is taken.</summary>
    public void StartSub(InstanceRow parent, ScheduledAction action, long now, bool isKnown)
    {
        var link = new ParentLink(parent.Id, parent.Key, parent.Generation, action.Action.TaskId);
        var failure = isKnown ? null : Failures.UnknownOrchestration(action.Action.Name);
        if (failure is null && InstanceStatements.Find(connection, action.Action.Target) is { } existing)
        {
            // An earlier attempt of the same step makes room for the next one.
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
            Send(parent.Id, parent.Key, new TaskCompleted(parent.Generation, action.Action.TaskId, null, failure));
            return;
        }

        Create(action, link, now);
    }

    /// <summary>Lets a failed sub-orchestration run its failed steps again; one that cannot is started anew.</summary>
    public void Rewind(InstanceRow parent, ScheduledAction action, long now, string reason)
    {
        var link = new ParentLink(parent.Id, parent.Key, parent.Generation, action.Action.TaskId);
        if (InstanceStatements.Find(connection, action.Action.Target) is { Status: OrchestrationStatus.Failed } child && child.Parent == link)
        {
            var seq = Write(child.Key, new Rewind(reason));
            _sent.Add((child.Id, new OperationRequest(OperationKind.Rewind, reason) { InboxSeq = seq }));
        }
        else
        {
            StartSub(parent, action, now, isKnown: true);
        }
    }

    /// <summary>Creates an instance that reports to nobody; a taken id is left alone.</summary>
    public void Start(ScheduledAction action, long now)
    {
        if (InstanceStatements.Find(connection, action.Action.Target) is null)
        {
            Create(action, null, now);
        }
    }

    public void SendEvent(InstanceRow sender, ScheduledAction action)
    {
        if (InstanceStatements.Find(connection, action.Action.Target) is not { } target || target.Status.IsEnded())
        {
            return;
        }

        var eventId = $"{sender.ExecutionId(database.FileId)}.{sender.Generation}.{action.Action.TaskId}";
        if (InstanceStatements.TakeEventId(connection, target.Key, eventId))
        {
            Send(target.Id, target.Key, new EventRaised(action.Action.Name, action.Input, eventId));
        }
    }

    /// <summary>Tells the parent how a sub-orchestration ended; a parent that has ended or gone is not told.</summary>
    public void ReportToParent(ParentLink parent, byte[]? result, byte[]? failure)
    {
        if (InstanceStatements.Find(connection, parent.Id) is { } row && row.Key == parent.Key && !row.Status.IsEnded())
        {
            Send(parent.Id, parent.Key, new TaskCompleted(parent.Generation, parent.TaskId, result, failure));
        }
    }

    public void TerminateChildren(long key, string reason)
    {
        var statement = connection
            .Use("SELECT key, id FROM instances WHERE parent_key = ? AND parent_key IS NOT NULL AND ended IS NULL").With(key);
        var children = new List<(long Key, string Id)>();
        while (statement.Read())
        {
            children.Add((statement.Long(0), statement.Text(1)));
        }

        foreach (var child in children)
        {
            var seq = Write(child.Key, new Terminate(reason, Recursive: true));
            _sent.Add((child.Id, new OperationRequest(OperationKind.Terminate, reason, recursive: true) { InboxSeq = seq }));
        }
    }

    private void Send(string id, long key, Message message) =>
        _sent.Add((id, new OrchestratorMessage(message) { InboxSeq = Write(key, message) }));

    private long Write(long key, Message message)
    {
        var seq = database.NextNumber();
        InstanceStatements.Hold(connection, seq, key, message);
        InstanceStatements.MarkWorking(connection, key);
        return seq;
    }

    private void Create(ScheduledAction action, ParentLink? parent, long now)
    {
        var row = new InstanceRow(database.NextKey(), action.Action.Target, action.Action.Name, action.Version, now)
        {
            Status = OrchestrationStatus.Pending,
            Updated = now,
            Parent = parent,
            Input = action.Input,
        };
        InstanceStatements.Insert(connection, row);
        InstanceStatements.MarkWorking(connection, row.Key);
        _sent.Add((row.Id, new EngineSignal(SignalKind.Wake, row.Key)));
    }
}
