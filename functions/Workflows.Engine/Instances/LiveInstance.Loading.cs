using Workflows.Engine.Activities;
using Workflows.Engine.History;
using Workflows.Engine.Storage;
using Workflows.Engine.Turns;
using Workflows.Platform;

namespace Workflows.Engine.Instances;

/// <summary>Reading an instance from the file and replaying it.</summary>
internal sealed partial class LiveInstance
{
    /// <summary>Reads and replays. True when a write is on its way.</summary>
    private bool Load()
    {
        StoredInstance? stored;
        try
        {
            stored = Registry.Database.Readers.ReadAtOnce(Id, static (connection, id) => StoredInstance.Read(connection, id));
        }
        catch (Exception exception) when (exception is DamagedDataException or InvalidDataException)
        {
            // If the instance's own row is damaged too, this throws, and nothing at all can be done with it.
            return BlockAsStored(exception.Message);
        }

        _loaded = true;
        _row = stored?.Row;
        _orchestrator = null;
        _turn = 0;
        _chain = TurnRecord.NoChain;
        SetHoldsBack();
        if (stored is null)
        {
            return false;
        }

        _working = stored.Working;
        _starts = stored.Starts;
        var row = stored.Row;
        var isFirstSinceStart = Registry.TakeUnrecovered(row.Key);
        if (row.Status.IsEnded())
        {
            TakeInbox(stored.Inbox);
            return false;
        }

        if (row.Status == OrchestrationStatus.Suspended
            || (row.Status == OrchestrationStatus.Blocked && !isFirstSinceStart)
            || (row.Status == OrchestrationStatus.Pending && row.StartAt > Now))
        {
            return false;
        }

        if (Unfit(row) is { } unfit)
        {
            return Submit(UnfitWrite(unfit));
        }

        try
        {
            Replay(stored);
        }
        catch (Exception exception)
        {
            _orchestrator = null;
            return Block(exception.Message);
        }

        TakeInbox(stored.Inbox);
        return GoOnWhereItWas(isFirstSinceStart);
    }

    private void Replay(StoredInstance stored)
    {
        var row = stored.Row;
        var orchestrator = NewOrchestrator(row, Registry.Turns.Catalog.FindOrchestration(row.Name)!);
        foreach (var (turn, data, chain) in stored.Turns)
        {
            _chain = TurnRecord.ChainAfter(_chain, row.Key, turn, data);
            if (turn != ++_turn || !_chain.AsSpan().SequenceEqual(chain))
            {
                throw new DamagedDataException($"The history of instance '{row.Id}', from turn {_turn} on,");
            }

            var record = TurnRecord.Decode(data);
            if (record.Messages is [Started started, ..] && started.InputHash != Payloads.HashOf(row.Input))
            {
                throw new DamagedDataException($"The input of instance '{row.Id}'");
            }

            orchestrator.Replay(record);
        }

        _orchestrator = orchestrator;
    }

    private Orchestrator NewOrchestrator(InstanceRow row, OrchestrationDescriptor descriptor) =>
        new(row, descriptor, Registry.Turns, () => Registry.Post(Id, new EngineSignal(SignalKind.Stray)));

    /// <summary>What waited in the file comes first; what is pending of it in memory is the same and goes.</summary>
    private void TakeInbox(List<(long Seq, Message Message)> inbox)
    {
        if (inbox.Count == 0)
        {
            return;
        }

        var last = inbox[^1].Seq;
        _pending.RemoveAll(message => SeqOf(message) is > 0 and var seq && seq <= last);
        _pending.InsertRange(0, inbox.Select(one => ToMessage(one.Seq, one.Message)));
        _readUpTo = last;
    }

    private static InstanceMessage ToMessage(long seq, Message message) => message switch
    {
        Terminate terminate =>
            new OperationRequest(OperationKind.Terminate, terminate.Reason, terminate.Recursive) { InboxSeq = seq, IsLoaded = true },
        Rewind rewind => new OperationRequest(OperationKind.Rewind, rewind.Reason) { InboxSeq = seq, IsLoaded = true },
        _ => new OrchestratorMessage(message) { InboxSeq = seq, IsLoaded = true },
    };

    private static long SeqOf(InstanceMessage message) => message switch
    {
        OrchestratorMessage sent => sent.InboxSeq,
        OperationRequest operation => operation.InboxSeq,
        _ => 0,
    };

    private void SetHoldsBack()
    {
        lock (_running)
        {
            _holdsBack = _row?.Status is OrchestrationStatus.Suspended or OrchestrationStatus.Terminated;
        }
    }

    /// <summary>All that the file keeps of an instance that may go on, as of one moment.</summary>
    private sealed record StoredInstance(
        InstanceRow Row,
        List<StoredTurn> Turns,
        List<(long Seq, Message Message)> Inbox,
        Dictionary<int, ActivityStarts> Starts,
        bool Working)
    {
        public static StoredInstance? Read(Connection connection, string id)
        {
            if (InstanceStatements.Find(connection, id) is not { } row)
            {
                return null;
            }

            var inbox = InstanceStatements.ReadInbox(connection, row.Key);
            return row.Status.IsEnded()
                ? new StoredInstance(row, [], inbox, [], Working: false)
                : new StoredInstance(
                    row,
                    InstanceStatements.ReadTurns(connection, row.Key),
                    inbox,
                    InstanceStatements.ReadStarts(connection, row.Key, row.Generation),
                    InstanceStatements.IsWorking(connection, row.Key));
        }
    }
}
