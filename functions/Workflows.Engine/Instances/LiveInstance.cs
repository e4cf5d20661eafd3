using Workflows.Engine.Activities;
using Workflows.Engine.Instances.Changes;
using Workflows.Engine.Instances.Messages;
using Workflows.Engine.Instances.Scheduling;
using Workflows.Platform;

namespace Workflows.Engine.Instances;

/// <summary>
/// One instance in memory. All that concerns it goes through its mailbox and is handled one after the other; at most
/// one write of it is on its way. What it knows of the file changes only when a write has committed. The way of a
/// message through it is drawn in docs/engine.md.
/// </summary>
internal sealed class LiveInstance
{
    private readonly Mailbox _mailbox;
    private readonly PendingMessages _pending = new();
    private readonly InstanceState _state = new();
    private readonly RunningActivities _running;
    private readonly MessageHandler _handler;
    private readonly WriteResults _results;
    private readonly StorageFailureHandling _failures;

    public LiveInstance(string id, InstanceRegistry registry)
    {
        Id = id;
        Registry = registry;
        IdleNode = new LinkedListNode<LiveInstance>(this);
        _mailbox = new Mailbox(registry);
        _running = new RunningActivities(this);
        var blocking = new InstanceBlocking(this, _state, _pending);
        _results = new WriteResults(registry, _state, _pending, _running);
        _failures = new StorageFailureHandling(this, _mailbox, _pending, _state, _running, _results, blocking);
        _handler = new MessageHandler(this, _mailbox, _pending, _state, _running, _results, blocking);
    }

    public string Id { get; }

    public InstanceRegistry Registry { get; }

    public LinkedListNode<LiveInstance> IdleNode { get; }

    /// <summary>
    /// False when the instance has left the memory; the caller posts to the object that takes its place.
    /// </summary>
    public bool TryPost(InstanceMessage message, bool runHere)
    {
        var outcome = _mailbox.Post(message, runHere);
        if (outcome == PostOutcome.Activates)
        {
            Registry.LeaveIdle(this);
        }

        if (outcome == PostOutcome.Activates && runHere)
        {
            ProcessMessages().Start();
        }
        else if (outcome is PostOutcome.Activates or PostOutcome.MovesAhead)
        {
            Registry.Scheduler.Add(this, message.Urgency);
        }

        return outcome != PostOutcome.Refused;
    }

    /// <summary>Takes the instance out of the scheduler's queue; false when another of its places came first.</summary>
    public bool TryLeaveQueue() => _mailbox.TryLeaveQueue();

    /// <summary>Whether an activity must not start now; it is started again when the instance is resumed.</summary>
    public bool TryHoldBack(ActivityRun run) => _running.TryHoldBack(run);

    /// <summary>The engine has stopped: nothing that still comes for this object is handled.</summary>
    public void Retire() => _mailbox.Close();

    /// <summary>A write has committed or was rejected. Called by the writer.</summary>
    public void OnWritten(InstanceWrite write, bool committed)
    {
        _results.Set(write, committed);
        Continue();
    }

    /// <summary>A write cannot be made now, and is tried again. Called by the writer.</summary>
    public void OnDelayed(InstanceWrite write, Exception exception) => _failures.OnDelayed(write.Changes, exception);

    /// <summary>A write is given up. Called by the writer.</summary>
    public void OnFailed(InstanceWrite write, Exception exception)
    {
        if (_failures.OnFailed(write.Changes, exception))
        {
            Continue();
        }
    }

    /// <summary>Queues the active instance for the turn in which it continues.</summary>
    public void Continue()
    {
        _mailbox.Queue(Urgency.Asked);
        Registry.Scheduler.Add(this, Urgency.Asked);
    }

    /// <summary>
    /// Handles messages until a write is on its way or none is left. Gives the activities that are to start, because
    /// the turn that scheduled them has committed.
    /// </summary>
    public StartingActivities ProcessMessages()
    {
        if (_mailbox.IsClosed)
        {
            return default;
        }

        IReadOnlyList<ActivityRun> toStart = [];
        var writing = true;
        try
        {
            toStart = _results.Handle();
            writing = Submit(_failures.BlockIfImpossible());
            while (!writing && TakeMessages())
            {
                writing = Submit(_handler.HandleNext());
            }
        }
        catch (HomeUnavailableException exception)
        {
            _ = _failures.RetryLaterAsync(exception);
        }
        catch (Exception exception)
        {
            Registry.Log.InstanceFaulted(exception, Id);
            _failures.GiveUp(exception);
        }

        // When this thread has nothing else to do, it runs the last activity itself.
        return new StartingActivities(Registry.Pool, toStart, Here: !writing);
    }

    /// <summary>
    /// Moves what has arrived to what is pending. False when there is nothing: the instance rests, or leaves.
    /// </summary>
    private bool TakeMessages()
    {
        while (!_mailbox.IsClosed)
        {
            _mailbox.MoveTo(_pending);
            if (_pending.Count > 0)
            {
                return true;
            }

            var leaves = _state.IsOver && _running.Count == 0;
            if (!_mailbox.TryRest(leaves))
            {
                continue;
            }

            if (leaves)
            {
                Registry.Remove(this);
            }
            else if (_running.Count == 0)
            {
                Registry.EnterIdle(this);
            }

            return false;
        }

        return false;
    }

    /// <summary>Hands the changes to the writer. False when there is nothing to write.</summary>
    private bool Submit(InstanceChanges? changes)
    {
        if (changes is null)
        {
            return false;
        }

        if (changes.IsEmpty)
        {
            Finish(changes);
            return false;
        }

        var write = new InstanceWrite(this, changes);
        if (!changes.IsNew)
        {
            Registry.Database.Writer.Add(write);
            return true;
        }

        try
        {
            Registry.Database.Writer.AddRequest(write);
            return true;
        }
        catch (HomeUnavailableException exception)
        {
            _state.Invalidate();
            changes.Messages[0].Fail(exception);
            return false;
        }
    }

    private void Finish(InstanceChanges changes)
    {
        foreach (var answer in changes.WhenDurable)
        {
            answer();
        }

        foreach (var message in changes.Messages)
        {
            _results.Release(message);
        }
    }
}
