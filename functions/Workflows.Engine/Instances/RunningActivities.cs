using Workflows.Engine.Activities;
using Workflows.Engine.Turns;
using Workflows.Platform;

namespace Workflows.Engine.Instances;

/// <summary>
/// The activities of an instance that run, or wait for the pool or the quarantine. Used from the pool's threads too.
/// </summary>
internal sealed class RunningActivities(LiveInstance instance)
{
    private readonly Dictionary<RunPlace, ActivityRun> _running = [];
    private bool _holdsBack;

    public int Count
    {
        get
        {
            lock (_running)
            {
                return _running.Count;
            }
        }
    }

    /// <summary>A run of an activity, whose attempts count on from those before a restart of the process.</summary>
    public ActivityRun Create(DurableState durable, ScheduledAction action) => new(
        instance, durable.Row, action, action.Attempt + durable.Starts.GetValueOrDefault(action.Action.TaskId).Starts);

    public void Add(ActivityRun run)
    {
        lock (_running)
        {
            _running[run.Place] = run;
        }
    }

    public void Add(IReadOnlyList<ActivityRun> runs)
    {
        lock (_running)
        {
            for (var i = 0; i < runs.Count; i++)
            {
                _running[runs[i].Place] = runs[i];
            }
        }
    }

    /// <summary>Removes a run, unless another run of the same activity has taken its place.</summary>
    public void Remove(ActivityRun run)
    {
        lock (_running)
        {
            if (_running.TryGetValue(run.Place, out var running) && running == run)
            {
                _running.Remove(run.Place);
            }
        }
    }

    public bool Contains(ActivityRun run)
    {
        lock (_running)
        {
            return _running.TryGetValue(run.Place, out var running) && running == run;
        }
    }

    public bool Contains(RunPlace place)
    {
        lock (_running)
        {
            return _running.ContainsKey(place);
        }
    }

    /// <summary>No activity of a suspended or terminated instance is started.</summary>
    public void FollowStatus(InstanceRow? row)
    {
        lock (_running)
        {
            _holdsBack = row?.Status is OrchestrationStatus.Suspended or OrchestrationStatus.Terminated;
        }
    }

    /// <summary>Whether a run must not start now. It is removed, and the activity is started again on resume.</summary>
    public bool TryHoldBack(ActivityRun run)
    {
        lock (_running)
        {
            return _holdsBack && _running.Remove(run.Place);
        }
    }
}
