using Workflows.Engine.History;
using Workflows.Engine.Storage;
using Workflows.Platform;

namespace Workflows.Engine.Instances;

/// <summary>How it is written, within the writer's transaction.</summary>
internal sealed partial class InstanceWrite
{
    public override bool Apply(Connection connection)
    {
        Conflicting = null;
        foreach (var activity in Activities)
        {
            if (activity.FindConflict(connection) is not null)
            {
                Conflicting = activity;
                return false;
            }
        }

        if (Purges)
        {
            InstanceStatements.Purge(connection, Row.Key);
            return true;
        }

        if (!WriteRow(connection))
        {
            return false;
        }

        foreach (var activity in Activities)
        {
            activity.Write(connection);
        }

        WriteHistory(connection);
        WriteMessages(connection);
        Deliver(connection);
        WriteMarks(connection);
        return true;
    }

    private bool WriteRow(Connection connection)
    {
        if (IsNew)
        {
            // First insert, then make room: a taken id must leave nothing written.
            if (Replaces is { } old)
            {
                if (InstanceStatements.Find(connection, Row.Id)?.Key != old)
                {
                    return false;
                }

                InstanceStatements.Purge(connection, old);
            }

            return InstanceStatements.Insert(connection, Row);
        }

        if (UpdatesRow || BeginsGeneration)
        {
            InstanceStatements.Update(connection, Row);
        }

        if (BeginsGeneration)
        {
            InstanceStatements.UpdateGeneration(connection, Row);
            InstanceStatements.DropTurns(connection, Row.Key);
        }

        return true;
    }

    private void WriteHistory(Connection connection)
    {
        if (Rewritten is not null)
        {
            RewriteHistory(connection, Rewritten);
        }

        if (Turn > 0)
        {
            InstanceStatements.AppendTurn(connection, Row.Key, Turn, TurnAt, TurnData, Chain);
        }

        foreach (var (task, due) in ClosedTimers)
        {
            InstanceStatements.RemoveTimer(connection, due, Row.Key, task);
        }

        foreach (var (task, due) in NewTimers)
        {
            InstanceStatements.AddTimer(connection, due, Row.Key, task, Row.Generation);
        }
    }

    private void RewriteHistory(Connection connection, IReadOnlyList<TurnRecord> turns)
    {
        InstanceStatements.DropTurns(connection, Row.Key);
        var chain = TurnRecord.NoChain;
        for (var i = 0; i < turns.Count; i++)
        {
            var data = turns[i].Encode();
            chain = TurnRecord.ChainAfter(chain, Row.Key, i + 1, data);
            InstanceStatements.AppendTurn(connection, Row.Key, i + 1, turns[i].At, data, chain);
        }
    }

    private void WriteMessages(Connection connection)
    {
        foreach (var eventId in EventIds)
        {
            InstanceStatements.TakeEventId(connection, Row.Key, eventId);
        }

        foreach (var seq in Consumed)
        {
            InstanceStatements.Consume(connection, seq);
        }

        foreach (var message in Held)
        {
            InstanceStatements.Hold(connection, database.NextNumber(), Row.Key, message);
        }
    }

    private void Deliver(Connection connection)
    {
        _sent = [];
        if (Outgoing.Count == 0 && Report is null && TerminatesChildren is null)
        {
            return;
        }

        var outgoing = new OutgoingMessages(database, connection);
        foreach (var (action, isKnown) in Outgoing)
        {
            switch (action.Action.Kind)
            {
                case ActionKind.SubOrchestration when RewindsChildren is { } why:
                    outgoing.Rewind(Row, action, TurnAt, why);
                    break;
                case ActionKind.SubOrchestration:
                    outgoing.StartSub(Row, action, TurnAt, isKnown);
                    break;
                case ActionKind.StartOrchestration:
                    outgoing.Start(action, TurnAt);
                    break;
                default:
                    outgoing.SendEvent(Row, action);
                    break;
            }
        }

        if (Report is { } report && Row.Parent is { } parent)
        {
            outgoing.ReportToParent(parent, report.Result, report.Failure);
        }

        if (TerminatesChildren is { } reason)
        {
            outgoing.TerminateChildren(Row.Key, reason);
        }

        _sent = outgoing.Sent;
    }

    private void WriteMarks(Connection connection)
    {
        foreach (var (task, starts) in Starts)
        {
            InstanceStatements.WriteStarts(connection, Row.Key, Row.Generation, task, starts);
        }

        if (Row.Status.IsEnded())
        {
            InstanceStatements.UnmarkEnded(connection, Row.Key);
        }
        else if (Working is true)
        {
            InstanceStatements.MarkWorking(connection, Row.Key);
        }
        else if (Working is false)
        {
            InstanceStatements.UnmarkIdle(connection, Row.Key);
        }
    }
}
