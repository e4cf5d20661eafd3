using Workflows.Engine.Activities;
using Workflows.Engine.History;
using Workflows.Engine.Turns;
using Workflows.Platform;

namespace Workflows.Engine.Instances;

/// <summary>
/// One instance in memory. Everything that concerns it goes through its mailbox and is dealt with one after the other; at
/// most one write of it is on its way. What it knows is what is durable: it changes when a write has committed.
/// </summary>
internal sealed partial class LiveInstance
{
    private const int MostMessagesPerTurn = 500;
    private const int ManyEvents = 10_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<RunPlace, ActivityRun> _running = [];
    private List<InstanceMessage> _mailbox = [];
    private bool _active;
    private bool _inLine;
    private Urgency _urgency;
    private volatile bool _gone;
    private bool _holdsBack;

    // From here on only touched by whoever made the instance active.
    private readonly List<InstanceMessage> _pending = [];
    private (InstanceWrite Write, bool Committed)? _outcome;
    private Exception? _impossible;
    private bool _loaded;
    private InstanceRow? _row;
    private Orchestrator? _orchestrator;
    private int _turn;
    private byte[] _chain = TurnRecord.NoChain;
    private bool _working;
    private long _readUpTo;
    private Dictionary<int, ActivityStarts> _starts = [];

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

    public void OnCommitted(InstanceWrite write) => GoOn(write, committed: true);

    public void OnRejected(InstanceWrite write) => GoOn(write, committed: false);

    /// <summary>
    /// Does what there is to do, until a write is on its way or nothing is left. Gives the activities that are to start
    /// now that they are durable.
    /// </summary>
    public StartingActivities Deal()
    {
        if (_gone)
        {
            return default;
        }

        List<ActivityRun>? toStart = null;
        var writing = true;
        try
        {
            if (_outcome is { } outcome)
            {
                _outcome = null;
                toStart = Settle(outcome.Write, outcome.Committed);
            }

            writing = _impossible is not null && BlockAsImpossible();
            while (!writing && TakeMail())
            {
                writing = Step();
            }
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

        // When nothing else is to do, the thread may as well run the one activity that came of it.
        return new StartingActivities(Registry.Pool, toStart, Here: !writing);
    }

    private void GoOn(InstanceWrite write, bool committed)
    {
        _outcome = (write, committed);
        LineUp();
    }

    /// <summary>
    /// Deals with what is first in line; when the file cannot be read, it is first in line again. True when a write is on
    /// its way.
    /// </summary>
    private bool Step()
    {
        if (_pending[0] is not EngineSignal && !_loaded && Load())
        {
            return true;
        }

        if (_pending.Count == 0)
        {
            return false;
        }

        var first = _pending[0];
        if (first is OrchestratorMessage)
        {
            return Deal(static (instance, messages) => instance.OnMessages(messages));
        }

        _pending.RemoveAt(0);
        try
        {
            return first switch
            {
                EngineSignal signal => OnSignal(signal),
                StartRequest start => OnStart(start),
                OperationRequest operation => OnOperation(operation),
                QuarantineRelease release => OnRelease(release),
                DamageReport damage => OnDamage(damage),
                _ => throw new InvalidOperationException($"Nobody deals with a {first.GetType().Name}."),
            };
        }
        catch (HomeUnavailableException)
        {
            _pending.Insert(0, first);
            throw;
        }
    }

    private bool Deal(Func<LiveInstance, List<OrchestratorMessage>, bool> deal)
    {
        var messages = TakeMessages();
        try
        {
            return deal(this, messages);
        }
        catch (HomeUnavailableException)
        {
            _pending.InsertRange(0, messages);
            throw;
        }
    }

    private bool OnMessages(List<OrchestratorMessage> messages) => _row switch
    {
        null => AnswerUnknown(messages),
        { Status: OrchestrationStatus.Suspended or OrchestrationStatus.Blocked } => Hold(messages),
        { Status: OrchestrationStatus.Pending, StartAt: { } startAt } when startAt > Now => Hold(messages),
        { } row when row.Status.IsEnded() => AnswerLate(messages),
        _ when _orchestrator is null => Reload(messages),
        _ => RunTurn(messages),
    };

    /// <summary>Its time to start has come, or it may go on: it is read anew and the messages follow.</summary>
    private bool Reload(List<OrchestratorMessage> messages)
    {
        _pending.InsertRange(0, messages);
        _loaded = false;
        return false;
    }

    private bool OnSignal(EngineSignal signal)
    {
        switch (signal.Kind)
        {
            case SignalKind.Evict:
                return Evict();
            case SignalKind.Stray:
                return _orchestrator is { End: null } && RunTurn([]);
            default:
                if (_row is null || (signal.Key != 0 && signal.Key != _row.Key))
                {
                    _loaded = false;
                }

                return !_loaded && Load();
        }
    }
}

/// <summary>Activities that are durable and about to start.</summary>
internal readonly record struct StartingActivities(ActivityPool Pool, List<ActivityRun>? Runs, bool Here)
{
    /// <summary>Starts them; the last one on the calling thread, if that is free.</summary>
    public void Start()
    {
        for (var i = 0; i < Runs?.Count; i++)
        {
            Pool.Start(Runs[i], Here && i == Runs.Count - 1);
        }
    }
}
