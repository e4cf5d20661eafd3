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
        var descriptor = Registry.Turns.Catalog.FindOrchestration(row.Name)
            ?? throw new InvalidOperationException($"There is no orchestration '{row.Name}' in this build.");
        var orchestrator = NewOrchestrator(row, descriptor);
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
    private bool GoOnWhereItWas(bool isRecovery)
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
        if (open.Find(step => StartsOf(step) >= Registry.Options.MaxStartsOfAStep) is { } deadly)
        {
            return Block(
                $"Activity '{deadly.Action.Name}' (#{deadly.Action.TaskId}) was running each of the {StartsOf(deadly)} times the "
                + "process died; it is not started again until somebody resumes the instance.");
        }

        var wasBlocked = _row!.Status == OrchestrationStatus.Blocked;
        var row = wasBlocked ? _row with { Status = OrchestrationStatus.Running, Reason = null, Updated = Now } : _row;
        var write = new InstanceWrite(Registry.Database, this, row) { UpdatesRow = wasBlocked };
        foreach (var step in open)
        {
            if (isRecovery && Registry.CameFromCrash && _starts.GetValueOrDefault(step.Action.TaskId).Crashes > 0)
            {
                Suspect(step);
            }
            else
            {
                write.ToStart.Add(Again(write, step, isRecovery, Registry.CameFromCrash));
            }
        }

        return SubmitIfAny(write);
    }

    /// <summary>A step that was running at two crashes or more: it waits until it can run alone.</summary>
    private void Suspect(Step step)
    {
        var run = NewRun(_row!, step);
        lock (_running)
        {
            _running[run.Place] = run;
        }

        Registry.Suspects.Add(run, _starts[step.Action.TaskId].Crashes);
    }

    /// <summary>A suspect's time has come: its start is counted before it runs.</summary>
    private bool OnSuspect(SuspectEnvelope envelope)
    {
        lock (_running)
        {
            if (!_running.TryGetValue(envelope.Run.Place, out var waiting) || waiting != envelope.Run)
            {
                envelope.Run.Finish();
                return false;
            }
        }

        if (_row is not { Status: OrchestrationStatus.Running } row || row.Key != envelope.Run.Row.Key
            || row.Generation != envelope.Run.Row.Generation)
        {
            Forget(envelope.Run);
            envelope.Run.Finish();
            return false;
        }

        var write = new InstanceWrite(Registry.Database, this, row);
        var run = Again(write, envelope.Run.Step, counts: true, afterCrash: true);
        run.Follows(envelope.Run);
        write.ToStart.Add(run);
        return Submit(write);
    }

    /// <summary>Another start of a step, counted in the write that comes before it.</summary>
    private ActivityRun Again(InstanceWrite write, Step step, bool counts, bool afterCrash)
    {
        if (counts)
        {
            var before = _starts.GetValueOrDefault(step.Action.TaskId);
            var starts = new StepStarts(before.Starts + 1, before.Crashes + (afterCrash ? 1 : 0));
            _starts[step.Action.TaskId] = starts;
            write.Starts.Add((step.Action.TaskId, starts));
        }

        return NewRun(_row!, step);
    }

    private int StartsOf(Step step) => _starts.GetValueOrDefault(step.Action.TaskId).Crashes + 1;

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

    private bool OnDamage(DamageEnvelope damage)
    {
        Forget(damage.Run);
        if (_row is not { Status: OrchestrationStatus.Running } row || row.Key != damage.Run.Row.Key)
        {
            return false;
        }

        _orchestrator = null;
        return Block(damage.Reason);
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
