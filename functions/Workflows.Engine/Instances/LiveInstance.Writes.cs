using Workflows.Engine.Activities;
using Workflows.Engine.History;
using Workflows.Platform;

namespace Workflows.Engine.Instances;

/// <summary>Writes on their way, and what follows when they have committed or lost.</summary>
internal sealed partial class LiveInstance
{
    private bool Submit(InstanceWrite write)
    {
        if (write.IsNew)
        {
            Registry.Database.Writer.AddRequest(write);
        }
        else
        {
            Registry.Database.Writer.Add(write);
        }

        return true;
    }

    private bool SubmitIfAny(InstanceWrite write)
    {
        if (!write.IsEmpty)
        {
            return Submit(write);
        }

        foreach (var tell in write.WhenDurable)
        {
            tell();
        }

        foreach (var message in write.Messages)
        {
            Forget(message);
        }

        return false;
    }

    private List<ActivityRun>? Settle(InstanceWrite write, bool committed)
    {
        if (!committed)
        {
            return Recover(write);
        }

        foreach (var message in write.Messages)
        {
            Forget(message);
        }

        if (write.Purges)
        {
            _row = null;
            _orchestrator = null;
            return null;
        }

        Remember(write);
        if (write.NewTimers.Count > 0)
        {
            Registry.Timers.Added(write.NewTimers.Min(timer => timer.Due));
        }

        lock (_running)
        {
            foreach (var run in write.ToStart)
            {
                _running[run.Place] = run;
            }
        }

        if (write.Row.Status.IsEnded())
        {
            _orchestrator = null;
            Registry.Waiters.Ended(Id);
        }

        return write.ToStart;
    }

    private void Remember(InstanceWrite write)
    {
        _row = write.Row;
        SetHoldsBack();
        _working = write.Working ?? _working;
        if (write.Turn > 0)
        {
            _turn = write.Turn;
            _chain = write.Chain;
        }

        if (write.BeginsGeneration || write.Reloads)
        {
            // The next generation is read like any other instance: its input, its inbox, no history.
            _loaded = false;
            _pending.Insert(0, new EngineSignal(SignalKind.Wake, _row.Key));
        }
    }

    /// <summary>
    /// A condition did not hold. Nothing of the write is durable, so the orchestrator that ran ahead is dropped and its
    /// messages come again; an activity whose rows were changed meanwhile runs again.
    /// </summary>
    private List<ActivityRun>? Recover(InstanceWrite write)
    {
        _orchestrator = null;
        _loaded = false;
        var conflicting = write.Conflicting;
        _pending.InsertRange(0, write.Messages.Where(
            message => conflicting is null || (message as OrchestratorMessage)?.Activity != conflicting));
        if (conflicting is null)
        {
            return null;
        }

        Registry.Log.ActivityConflict(Id, conflicting.Scheduled.Action.Name, conflicting.Conflicts + 1);
        if (conflicting.Conflicts + 1 >= Registry.Options.MaxRunsOnConflict)
        {
            conflicting.FailOfConflict();
            return null;
        }

        var again = conflicting.Again();
        lock (_running)
        {
            _running[again.Place] = again;
        }

        return [again];
    }

    /// <summary>An message has been dealt with.</summary>
    private void Forget(InstanceMessage message)
    {
        ReleaseTimer(message);
        if (message is OrchestratorMessage { Activity: { } run })
        {
            Forget(run);
        }
    }

    private void Forget(ActivityRun run)
    {
        lock (_running)
        {
            if (_running.TryGetValue(run.Place, out var running) && running == run)
            {
                _running.Remove(run.Place);
            }
        }
    }

    private void ReleaseTimer(InstanceMessage message)
    {
        if (message is OrchestratorMessage { Message: TimerFired fired, InboxSeq: 0 } timer)
        {
            Registry.Timers.Arrived(fired.Due, timer.Key, fired.TaskId);
        }
    }
}
