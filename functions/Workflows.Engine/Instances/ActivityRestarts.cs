using Workflows.Engine.Activities;
using Workflows.Engine.History;
using Workflows.Engine.Instances.Changes;
using Workflows.Engine.Instances.Messages;
using Workflows.Engine.Turns;
using Workflows.Platform;

namespace Workflows.Engine.Instances;

/// <summary>
/// Starts activities again that were scheduled and do not run. After a start of the process each start is counted in
/// the file before the activity runs, so that one which kills the process time and again is found and blocks its
/// instance.
/// </summary>
internal sealed class ActivityRestarts(
    InstanceRegistry registry, InstanceState state, PendingMessages pending, RunningActivities running,
    InstanceBlocking blocking)
{
    /// <summary>Starts what is open and does not run.</summary>
    /// <param name="isRecovery">Whether an earlier process started the activities.</param>
    public InstanceChanges Restart(bool isRecovery)
    {
        var durable = state.Durable!;
        var open = OpenActivities(durable.Row);
        if (open.Find(action => StartsOf(durable, action) >= registry.Options.MaxStartsOfAnActivity) is { } deadly)
        {
            return blocking.Block(
                $"Activity '{deadly.Action.Name}' (#{deadly.Action.TaskId}) was running each of the "
                + $"{StartsOf(durable, deadly)} times the process died; it is not started again until somebody resumes "
                + "the instance.");
        }

        var quarantined = isRecovery && registry.CameFromCrash
            ? open.FindAll(action => durable.Starts.GetValueOrDefault(action.Action.TaskId).Crashes > 0)
            : [];
        foreach (var action in quarantined)
        {
            SetApart(durable, action);
        }

        var restarted = open.Except(quarantined).ToList();
        var wasBlocked = durable.Row.Status == OrchestrationStatus.Blocked;
        var row = wasBlocked
            ? durable.Row with { Status = OrchestrationStatus.Running, Reason = null, Updated = registry.Now }
            : durable.Row;
        List<(int, ActivityStarts)> counted = isRecovery
            ? restarted.ConvertAll(action => Count(durable, action, registry.CameFromCrash))
            : [];
        var after = durable.WithStarts(counted) with { Row = row };
        return new InstanceChanges
        {
            After = after,
            UpdatesRow = wasBlocked,
            Starts = counted,
            ToStart = restarted.ConvertAll(action => running.Create(after, action)),
        };
    }

    /// <summary>An activity leaves the quarantine: its start is counted, then it runs.</summary>
    public InstanceChanges? Handle(QuarantineRelease release)
    {
        var quarantined = release.Run;
        if (!running.Contains(quarantined))
        {
            quarantined.Finish();
            return null;
        }

        if (state.Durable is not { Row: { Status: OrchestrationStatus.Running } row } durable
            || row.Key != quarantined.Row.Key || row.Generation != quarantined.Row.Generation)
        {
            running.Remove(quarantined);
            quarantined.Finish();
            return null;
        }

        var counted = Count(durable, quarantined.Scheduled, afterCrash: true);
        var after = durable.WithStarts([counted]);
        var run = running.Create(after, quarantined.Scheduled);
        run.Follows(quarantined);
        return new InstanceChanges { After = after, Starts = [counted], ToStart = [run] };
    }

    private List<ScheduledAction> OpenActivities(InstanceRow row)
    {
        var completed = pending.Completions.Where(completed => completed.Generation == row.Generation)
            .Select(completed => completed.TaskId).ToHashSet();
        return state.Orchestrator!.Tasks.OpenCalls
            .Where(action => action.Action.Kind == TurnActionKind.Activity && !completed.Contains(action.Action.TaskId)
                && !running.Contains(new RunPlace(row.Key, row.Generation, action.Action.TaskId)))
            .ToList();
    }

    /// <summary>An activity that was running at two crashes or more waits until it can run alone.</summary>
    private void SetApart(DurableState durable, ScheduledAction action)
    {
        var run = running.Create(durable, action);
        running.Add(run);
        registry.Quarantine.Add(run, durable.Starts[action.Action.TaskId].Crashes);
    }

    private static (int TaskId, ActivityStarts Starts) Count(
        DurableState durable, ScheduledAction action, bool afterCrash)
    {
        var before = durable.Starts.GetValueOrDefault(action.Action.TaskId);
        return (action.Action.TaskId, new ActivityStarts(before.Starts + 1, before.Crashes + (afterCrash ? 1 : 0)));
    }

    private static int StartsOf(DurableState durable, ScheduledAction action) =>
        durable.Starts.GetValueOrDefault(action.Action.TaskId).Crashes + 1;
}
