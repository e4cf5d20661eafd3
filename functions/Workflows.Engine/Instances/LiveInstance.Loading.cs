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
        var stored = Registry.Database.Readers.Read(Id, static (connection, id) => StoredInstance.Read(connection, id));
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
        if (row.Status.IsEnded() || row.Status == OrchestrationStatus.Suspended
            || (row.Status == OrchestrationStatus.Blocked && !isFirstSinceStart)
            || (row.Status == OrchestrationStatus.Pending && row.StartAt > Now))
        {
            return false;
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
        return GoOnWhereItWas(isFirstSinceStart && Registry.CameFromCrash, isFirstSinceStart);
    }

    private void Replay(StoredInstance stored)
    {
        var row = stored.Row;
        var descriptor = Registry.Turns.Catalog.FindOrchestration(row.Name)
            ?? throw new InvalidOperationException($"There is no orchestration '{row.Name}' in this build.");
        var orchestrator = NewOrchestrator(row, descriptor);
        foreach (var (turn, data, chain) in stored.Turns)
        {
            _chain = TurnRecord.ChainAfter(_chain, row.Key, turn, data);
            if (turn != ++_turn || !_chain.AsSpan().SequenceEqual(chain))
            {
                throw new InvalidDataException(
                    $"The history of instance '{row.Id}' is damaged at turn {_turn}: it is not what was written.");
            }

            var record = TurnRecord.Decode(data);
            if (record.Messages is [Started started, ..] && started.InputHash != Payloads.HashOf(row.Input))
            {
                throw new InvalidDataException($"The input of instance '{row.Id}' is damaged: it is not what was written.");
            }

            orchestrator.Replay(record);
        }

        _orchestrator = orchestrator;
    }

    private Orchestrator NewOrchestrator(InstanceRow row, OrchestrationDescriptor descriptor) =>
        new(row, descriptor, Registry.Turns, () => Registry.Post(Id, new SignalEnvelope(Signal.Stray)));

    /// <summary>What waited in the file comes first; what is pending of it in memory is the same and goes.</summary>
    private void TakeInbox(List<(long Seq, Message Message)> inbox)
    {
        if (inbox.Count == 0)
        {
            return;
        }

        var last = inbox[^1].Seq;
        _pending.RemoveAll(envelope => SeqOf(envelope) is > 0 and var seq && seq <= last);
        _pending.InsertRange(0, inbox.Select(one => ToEnvelope(one.Seq, one.Message)));
        _readUpTo = last;
    }

    private static Envelope ToEnvelope(long seq, Message message) => message switch
    {
        Terminate terminate =>
            new OperationEnvelope(Operation.Terminate, terminate.Reason, terminate.Recursive) { InboxSeq = seq, IsLoaded = true },
        Rewind rewind => new OperationEnvelope(Operation.Rewind, rewind.Reason) { InboxSeq = seq, IsLoaded = true },
        _ => new MessageEnvelope(message) { InboxSeq = seq, IsLoaded = true },
    };

    private static long SeqOf(Envelope envelope) => envelope switch
    {
        MessageEnvelope message => message.InboxSeq,
        OperationEnvelope operation => operation.InboxSeq,
        _ => 0,
    };

    /// <summary>Starts what was scheduled and is not running; a generation without a turn has its first one.</summary>
    private bool GoOnWhereItWas(bool mayBeToBlame, bool isRecovery)
    {
        if (_turn == 0)
        {
            return RunTurn(TakeMessages());
        }

        var ended = _pending.OfType<MessageEnvelope>().Select(envelope => envelope.Message).OfType<TaskCompleted>()
            .Where(completed => completed.Generation == _row!.Generation).Select(completed => completed.TaskId).ToHashSet();
        var open = _orchestrator!.Tasks.OpenCalls
            .Where(step => step.Action.Kind == ActionKind.Activity && !ended.Contains(step.Action.TaskId) && !IsRunning(step))
            .ToList();
        var wasBlocked = _row!.Status == OrchestrationStatus.Blocked;
        if (open.Count == 0 && !wasBlocked)
        {
            return false;
        }

        var row = wasBlocked ? _row with { Status = OrchestrationStatus.Running, Reason = null, Updated = Now } : _row;
        var write = new InstanceWrite(Registry.Database, this, row) { UpdatesRow = wasBlocked, Working = true };
        foreach (var step in open)
        {
            var before = _starts.GetValueOrDefault(step.Action.TaskId);
            var starts = isRecovery ? new StepStarts(before.Starts + 1, before.Crashes + (mayBeToBlame ? 1 : 0)) : before;
            if (starts.Crashes >= Registry.Options.MaxStartsOfAStep)
            {
                return Block(
                    $"Activity '{step.Action.Name}' (#{step.Action.TaskId}) was running each of the {starts.Crashes} times the "
                    + "process died; it is not started again until somebody resumes the instance.");
            }

            if (starts != before)
            {
                _starts[step.Action.TaskId] = starts;
                write.Starts.Add((step.Action.TaskId, starts));
            }

            write.ToStart.Add(NewRun(row, step));
        }

        return Submit(write);
    }

    private bool IsRunning(Step step)
    {
        lock (_running)
        {
            return _running.ContainsKey(new RunPlace(_row!.Key, _row.Generation, step.Action.TaskId));
        }
    }

    private ActivityRun NewRun(InstanceRow row, Step step) =>
        new(this, row, step, step.Attempt + _starts.GetValueOrDefault(step.Action.TaskId).Starts);

    /// <summary>Parks the instance with everything it has; a person or the next start of the process tries again.</summary>
    private bool Block(string reason)
    {
        Registry.Log.InstanceBlocked(Id, reason);
        var row = _row! with { Status = OrchestrationStatus.Blocked, Reason = reason, Updated = Now };
        _pending.RemoveAll(envelope => envelope is MessageEnvelope { IsLoaded: true } or OperationEnvelope { IsLoaded: true });
        return Submit(new InstanceWrite(Registry.Database, this, row) { UpdatesRow = true, Working = true });
    }

    /// <summary>Parks an instance whose last step could not be written, on top of what the file has.</summary>
    private bool BlockAsStored(string reason)
    {
        var stored = Registry.Database.Readers.Read(Id, static (connection, id) => InstanceStatements.Find(connection, id));
        if (stored is null || stored.Status.IsEnded())
        {
            return false;
        }

        _row = stored;
        _loaded = true;
        return Block(reason);
    }

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
        Dictionary<int, StepStarts> Starts,
        bool Working)
    {
        public static StoredInstance? Read(Connection connection, string id)
        {
            connection.Use("BEGIN").Run();
            try
            {
                if (InstanceStatements.Find(connection, id) is not { } row)
                {
                    return null;
                }

                return row.Status.IsEnded()
                    ? new StoredInstance(row, [], [], [], Working: false)
                    : new StoredInstance(
                        row,
                        InstanceStatements.ReadTurns(connection, row.Key),
                        InstanceStatements.ReadInbox(connection, row.Key),
                        InstanceStatements.ReadStarts(connection, row.Key, row.Generation),
                        InstanceStatements.IsWorking(connection, row.Key));
            }
            finally
            {
                connection.ResetAll();
                connection.Use("COMMIT").Run();
            }
        }
    }
}
