using Workflows.Engine.History;
using Workflows.Engine.Instances.Messages;
using Workflows.Engine.Storage;
using Workflows.Engine.Timers;
using Workflows.Platform;

namespace Workflows.Engine.Instances.Changes;

/// <summary>Writes an instance's changes within the writer's transaction.</summary>
internal sealed class ChangeWriter(InstanceRegistry registry, Connection connection, InstanceChanges changes)
{
    private readonly InstanceRow _row = changes.Row;

    /// <summary>Messages to other instances, to be posted in order after the commit.</summary>
    public IReadOnlyList<(string Id, InstanceMessage Message)> Outgoing { get; private set; } = [];

    /// <summary>False when the id is taken; then nothing was written.</summary>
    public bool Write()
    {
        if (changes.Purges)
        {
            InstanceStatements.Purge(connection, _row.Key);
            return true;
        }

        if (!WriteRow())
        {
            return false;
        }

        foreach (var activity in changes.Activities)
        {
            activity.Write(connection);
        }

        WriteHistory();
        WriteTimers();
        WriteInbox();
        Send();
        WriteMarks();
        return true;
    }

    private bool WriteRow()
    {
        if (changes.IsNew)
        {
            return Insert();
        }

        if (changes.UpdatesRow || changes.BeginsGeneration)
        {
            InstanceStatements.Update(connection, _row);
        }

        if (changes.BeginsGeneration)
        {
            InstanceStatements.UpdateGeneration(connection, _row);
            HistoryStatements.Drop(connection, _row.Key);
        }

        return true;
    }

    private bool Insert()
    {
        if (changes.Replaces is { } old)
        {
            // The check comes before the purge: when the id is taken by another execution, nothing may be written.
            if (InstanceStatements.Find(connection, _row.Id)?.Key != old)
            {
                return false;
            }

            InstanceStatements.Purge(connection, old);
        }

        return InstanceStatements.Insert(connection, _row);
    }

    private void WriteHistory()
    {
        if (changes.ReplacedHistory is { } turns)
        {
            ReplaceHistory(turns);
        }

        if (changes.TurnData is { } data)
        {
            HistoryStatements.Append(
                connection, _row.Key, changes.After.Turn, changes.At, data, changes.After.Chain);
        }
    }

    private void ReplaceHistory(IReadOnlyList<TurnRecord> turns)
    {
        HistoryStatements.Drop(connection, _row.Key);
        var chain = TurnRecord.NoChain;
        for (var i = 0; i < turns.Count; i++)
        {
            var data = turns[i].Encode();
            chain = TurnRecord.ChainAfter(chain, _row.Key, i + 1, data);
            HistoryStatements.Append(connection, _row.Key, i + 1, turns[i].At, data, chain);
        }
    }

    private void WriteTimers()
    {
        foreach (var (task, due) in changes.ClosedTimers)
        {
            TimerStatements.Remove(connection, due, _row.Key, task);
        }

        foreach (var (task, due) in changes.NewTimers)
        {
            TimerStatements.Add(connection, due, _row.Key, task, _row.Generation);
        }
    }

    private void WriteInbox()
    {
        foreach (var eventId in changes.EventIds)
        {
            InboxStatements.TakeEventId(connection, _row.Key, eventId);
        }

        foreach (var seq in changes.Consumed)
        {
            InboxStatements.Consume(connection, seq);
        }

        foreach (var message in changes.Held)
        {
            InboxStatements.Hold(connection, registry.Database.NextNumber(), _row.Key, message);
        }
    }

    private void Send()
    {
        if (changes.Outgoing.Count > 0 || changes.Report is not null || changes.TerminatesChildren is not null)
        {
            var outgoing = new OutgoingMessages(registry, connection);
            outgoing.Send(changes);
            Outgoing = outgoing.Sent;
        }
    }

    private void WriteMarks()
    {
        foreach (var (task, starts) in changes.Starts)
        {
            WorkStatements.WriteStarts(connection, _row.Key, _row.Generation, task, starts);
        }

        if (_row.Status.IsEnded())
        {
            WorkStatements.UnmarkEnded(connection, _row.Key);
        }
        else if (changes.MarksWorking is true)
        {
            WorkStatements.MarkWorking(connection, _row.Key);
        }
        else if (changes.MarksWorking is false)
        {
            WorkStatements.UnmarkIdle(connection, _row.Key);
        }
    }
}
