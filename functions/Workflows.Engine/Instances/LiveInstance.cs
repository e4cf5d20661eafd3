using Workflows.Engine.Activities;
using Workflows.Engine.History;
using Workflows.Engine.Turns;
using Workflows.Platform;

namespace Workflows.Engine.Instances;

/// <summary>
/// One instance in memory. Everything that concerns it goes through its mailbox and is dealt with one after the other; at
/// most one write of it is on its way. What it knows is what is durable: it changes when a write has committed.
/// </summary>
internal sealed partial class LiveInstance : IThreadPoolWorkItem
{
    private const int MostMessagesPerTurn = 500;
    private const int ManyEvents = 10_000;
    private static readonly TimeSpan PauseInTrouble = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<RunPlace, ActivityRun> _running = [];
    private List<Envelope> _mailbox = [];
    private bool _active;
    private bool _gone;
    private bool _holdsBack;

    // From here on only touched by whoever made the instance active.
    private readonly List<Envelope> _pending = [];
    private (InstanceWrite Write, bool Committed)? _outcome;
    private Exception? _impossible;
    private bool _loaded;
    private InstanceRow? _row;
    private Orchestrator? _orchestrator;
    private int _turn;
    private byte[] _chain = TurnRecord.NoChain;
    private bool _working;
    private long _readUpTo;
    private Dictionary<int, StepStarts> _starts = [];

    public LiveInstance(string id, InstanceRegistry registry)
    {
        Id = id;
        Registry = registry;
        IdleNode = new LinkedListNode<LiveInstance>(this);
    }

    public string Id { get; }

    public InstanceRegistry Registry { get; }

    public LinkedListNode<LiveInstance> IdleNode { get; }

    private long Now => Registry.Options.TimeProvider.GetUtcNow().UtcTicks;

    /// <summary>False when the instance has left the memory; the caller gets the next one.</summary>
    public bool TryPost(Envelope envelope, bool here)
    {
        lock (_gate)
        {
            if (_gone)
            {
                return false;
            }

            _mailbox.Add(envelope);
            if (_active)
            {
                return true;
            }

            _active = true;
        }

        Registry.Begin();
        Registry.LeaveIdle(this);
        if (here)
        {
            Execute();
        }
        else
        {
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }

        return true;
    }

    /// <summary>Whether an activity must not start now; then it will be started again when the instance goes on.</summary>
    public bool HoldsBack(ActivityRun run)
    {
        lock (_running)
        {
            return _holdsBack && _running.Remove(run.Place);
        }
    }

    public void OnCommitted(InstanceWrite write) => GoOn(write, committed: true);

    public void OnRejected(InstanceWrite write) => GoOn(write, committed: false);

    /// <summary>The write was given up: the engine stops, or the write itself is impossible.</summary>
    public void OnFailed(InstanceWrite write, Exception exception)
    {
        foreach (var envelope in write.Envelopes)
        {
            envelope.Fail(exception);
        }

        if (Registry.IsStopping || Registry.Database.Writer.IsStale)
        {
            return;
        }

        _orchestrator = null;
        _loaded = false;
        _impossible = write.IsNew ? null : exception;
        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    /// <summary>Does what there is to do, until a write is on its way or nothing is left.</summary>
    void IThreadPoolWorkItem.Execute() => Execute();

    private void Execute()
    {
        try
        {
            List<ActivityRun>? toStart = null;
            if (_outcome is { } outcome)
            {
                _outcome = null;
                toStart = Settle(outcome.Write, outcome.Committed);
            }

            var writing = false;
            if (_impossible is { } exception)
            {
                _impossible = null;
                writing = BlockAsStored($"A step cannot be written: {exception.Message}");
            }

            while (!writing && TakeMail())
            {
                writing = Step();
            }

            // When nothing else is to do, this thread may as well run the one activity that came of it.
            StartAll(toStart, here: !writing);
        }
        catch (HomeUnavailableException exception)
        {
            _ = TryLaterAsync(exception);
        }
        catch (Exception exception)
        {
            Registry.Log.InstanceFaulted(exception, Id);
            GiveUp(exception);
        }
    }

    private void StartAll(List<ActivityRun>? runs, bool here)
    {
        for (var i = 0; i < runs?.Count; i++)
        {
            Registry.Pool.Start(runs[i], here && i == runs.Count - 1);
        }
    }

    private void GoOn(InstanceWrite write, bool committed)
    {
        _outcome = (write, committed);
        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    /// <summary>The file cannot be read now. Requests are told; work under way stays and is taken up again.</summary>
    private async Task TryLaterAsync(HomeUnavailableException exception)
    {
        foreach (var envelope in _pending)
        {
            envelope.Fail(exception);
        }

        _pending.RemoveAll(envelope => envelope is StartEnvelope or OperationEnvelope { InboxSeq: 0 }
            or MessageEnvelope { InboxSeq: 0, Message: EventRaised });
        await Task.Delay(PauseInTrouble, TimeProvider.System);
        Execute();
    }

    /// <summary>An unexpected fault: who waits is told, and the instance is read anew at the next message.</summary>
    private void GiveUp(Exception exception)
    {
        lock (_gate)
        {
            _pending.AddRange(_mailbox);
            _mailbox.Clear();
            _active = false;
            _gone = true;
            Registry.End();
        }

        foreach (var envelope in _pending)
        {
            envelope.Fail(exception);
            ReleaseTimer(envelope);
        }

        Registry.Remove(this);
    }

    /// <summary>Moves the mail to what is pending. False when there is none: the instance rests, or leaves.</summary>
    private bool TakeMail()
    {
        bool leaves;
        lock (_gate)
        {
            if (_gone)
            {
                return false;
            }

            if (_mailbox.Count > 0)
            {
                _pending.AddRange(_mailbox);
                _mailbox.Clear();
            }

            if (_pending.Count > 0)
            {
                return true;
            }

            _active = false;
            Registry.End();
            // Nothing is known of it that the file does not know, and nothing of it runs.
            leaves = _loaded && (_row is null || _row.Status.IsEnded()) && CountRunning() == 0;
            _gone = leaves;
        }

        if (leaves)
        {
            Registry.Remove(this);
        }
        else if (CountRunning() == 0)
        {
            Registry.EnterIdle(this);
        }

        return false;
    }

    private int CountRunning()
    {
        lock (_running)
        {
            return _running.Count;
        }
    }

    /// <summary>Deals with what is first in line. True when a write is on its way.</summary>
    private bool Step()
    {
        if (_pending[0] is SignalEnvelope signal)
        {
            _pending.RemoveAt(0);
            return OnSignal(signal);
        }

        if (!_loaded && Load())
        {
            return true;
        }

        if (_pending.Count == 0)
        {
            return false;
        }

        switch (_pending[0])
        {
            case StartEnvelope start:
                _pending.RemoveAt(0);
                return OnStart(start);
            case OperationEnvelope operation:
                _pending.RemoveAt(0);
                return OnOperation(operation);
            case SuspectEnvelope suspect:
                _pending.RemoveAt(0);
                return OnSuspect(suspect);
            case DamageEnvelope damage:
                _pending.RemoveAt(0);
                return OnDamage(damage);
            default:
                var messages = TakeMessages();
                try
                {
                    return OnMessages(messages);
                }
                catch (HomeUnavailableException)
                {
                    _pending.InsertRange(0, messages);
                    throw;
                }
        }
    }

    private List<MessageEnvelope> TakeMessages()
    {
        var messages = new List<MessageEnvelope>();
        while (messages.Count < _pending.Count && messages.Count < MostMessagesPerTurn
            && _pending[messages.Count] is MessageEnvelope message)
        {
            messages.Add(message);
        }

        _pending.RemoveRange(0, messages.Count);
        return messages;
    }

    private bool OnMessages(List<MessageEnvelope> messages) => _row switch
    {
        null => AnswerUnknown(messages),
        { Status: OrchestrationStatus.Suspended or OrchestrationStatus.Blocked } => Hold(messages),
        { Status: OrchestrationStatus.Pending, StartAt: { } startAt } when startAt > Now => Hold(messages),
        { } row when row.Status.IsEnded() => AnswerLate(messages),
        _ when _orchestrator is null => Reload(messages),
        _ => RunTurn(messages),
    };

    /// <summary>Its time to start has come, or it may go on: it is read anew and the messages follow.</summary>
    private bool Reload(List<MessageEnvelope> messages)
    {
        _pending.InsertRange(0, messages);
        _loaded = false;
        return false;
    }

    private bool OnSignal(SignalEnvelope signal)
    {
        switch (signal.Signal)
        {
            case Signal.Evict:
                return Evict();
            case Signal.Stray:
                return _orchestrator is { End: null } && RunTurn([]);
            default:
                if (_row is null || (signal.Key != 0 && signal.Key != _row.Key))
                {
                    _loaded = false;
                }

                return !_loaded && Load();
        }
    }

    private bool Evict()
    {
        if (CountRunning() > 0 || _pending.Count > 0)
        {
            return false;
        }

        if (_working && _row is { Status: not OrchestrationStatus.Blocked } row)
        {
            Registry.Database.Writer.Add(new InstanceWrite(Registry.Database, this, row) { Working = false });
            _pending.Add(new SignalEnvelope(Signal.Evict));
            return true;
        }

        lock (_gate)
        {
            if (_mailbox.Count > 0)
            {
                return false;
            }

            _active = false;
            _gone = true;
            Registry.End();
        }

        Registry.Remove(this);
        return false;
    }
}
