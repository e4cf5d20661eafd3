using Workflows.Engine.Activities;
using Workflows.Engine.History;
using Workflows.Engine.Instances.Changes;
using Workflows.Engine.Instances.Messages;
using Workflows.Platform;

namespace Workflows.Engine.Instances;

/// <summary>What follows when a write of an instance has committed, or was rejected.</summary>
internal sealed class WriteResults(
    InstanceRegistry registry, InstanceState state, PendingMessages pending, RunningActivities running)
{
    private InstanceWrite? _write;
    private bool _committed;

    /// <summary>Keeps the result of a write for the instance's next turn. Called by the writer.</summary>
    public void Set(InstanceWrite write, bool committed)
    {
        _write = write;
        _committed = committed;
    }

    /// <summary>Handles the last result, if there is one. Gives the activities that are to start now.</summary>
    public IReadOnlyList<ActivityRun> Handle()
    {
        if (_write is not { } write)
        {
            return [];
        }

        _write = null;
        return _committed ? Commit(write.Changes) : Reject(write);
    }

    /// <summary>
    /// A message was handled, or dropped: its timer may be read again, and its activity no longer runs.
    /// </summary>
    public void Release(InstanceMessage message)
    {
        if (message is not OrchestratorMessage released)
        {
            return;
        }

        if (released is { Message: TimerFired fired, InboxSeq: 0 })
        {
            registry.Timers.Release(fired.Due, released.Key, fired.TaskId);
        }

        if (released.Activity is { } run)
        {
            running.Remove(run);
        }
    }

    private IReadOnlyList<ActivityRun> Commit(InstanceChanges changes)
    {
        foreach (var message in changes.Messages)
        {
            Release(message);
        }

        state.Commit(changes);
        if (changes.Purges)
        {
            return [];
        }

        running.FollowStatus(changes.Row);
        if (changes.BeginsGeneration || changes.Reloads)
        {
            // The next generation is read like any other instance: its input, its inbox, no history.
            pending.PutBack(new EngineSignal(SignalKind.Wake, changes.Row.Key));
        }

        if (changes.NewTimers.Count > 0)
        {
            registry.Timers.Added(changes.NewTimers.Min(timer => timer.Due));
        }

        running.Add(changes.ToStart);
        if (changes.Row.Status.IsEnded())
        {
            registry.Waiters.Ended(changes.Row.Id);
        }

        return changes.ToStart;
    }

    /// <summary>
    /// A condition did not hold, and nothing was written. So the orchestrator that ran ahead is dropped, and its
    /// messages are handled again; an activity whose rows were changed by others meanwhile runs again.
    /// </summary>
    private IReadOnlyList<ActivityRun> Reject(InstanceWrite write)
    {
        state.Invalidate();
        if (write.Conflicting is not { } conflicting)
        {
            pending.PutBack(write.Changes.Messages);
            return [];
        }

        pending.PutBack(write.Changes.Messages.Where(
            message => (message as OrchestratorMessage)?.Activity != conflicting));
        var action = conflicting.Scheduled.Action;
        registry.Log.ActivityConflict(conflicting.Row.Id, action.Name, conflicting.Conflicts + 1);
        if (conflicting.Conflicts + 1 >= registry.Options.MaxRunsOnConflict)
        {
            conflicting.FailOfConflict();
            return [];
        }

        var again = conflicting.Again();
        running.Add(again);
        return [again];
    }
}
