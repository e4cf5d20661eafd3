using Workflows.Engine.Activities;
using Workflows.Engine.History;
using Workflows.Engine.Turns;
using Workflows.Platform;

namespace Workflows.Engine.Instances;

/// <summary>Taking up what was under way: steps that were scheduled and are not running, and those that may kill the process.</summary>
internal sealed partial class LiveInstance
{
    /// <summary>Starts what was scheduled and is not running; a generation without a turn has its first one.</summary>
    private bool GoOnWhereItWas(bool isRecovery)
    {
        if (_turn == 0)
        {
            return Deal(static (instance, messages) => instance.RunTurn(messages));
        }

        var ended = _pending.OfType<OrchestratorMessage>().Select(message => message.Message).OfType<TaskCompleted>()
            .Where(completed => completed.Generation == _row!.Generation).Select(completed => completed.TaskId).ToHashSet();
        var open = _orchestrator!.Tasks.OpenCalls
            .Where(action => action.Action.Kind == ActionKind.Activity && !ended.Contains(action.Action.TaskId) && !IsRunning(action))
            .ToList();
        if (open.Find(action => StartsOf(action) >= Registry.Options.MaxStartsOfAnActivity) is { } deadly)
        {
            return Block(
                $"Activity '{deadly.Action.Name}' (#{deadly.Action.TaskId}) was running each of the {StartsOf(deadly)} times the "
                + "process died; it is not started again until somebody resumes the instance.");
        }

        var wasBlocked = _row!.Status == OrchestrationStatus.Blocked;
        var row = wasBlocked ? _row with { Status = OrchestrationStatus.Running, Reason = null, Updated = Now } : _row;
        var write = new InstanceWrite(Registry.Database, this, row) { UpdatesRow = wasBlocked };
        foreach (var action in open)
        {
            if (isRecovery && Registry.CameFromCrash && _starts.GetValueOrDefault(action.Action.TaskId).Crashes > 0)
            {
                SetApart(action);
            }
            else
            {
                write.ToStart.Add(Again(write, action, isRecovery, Registry.CameFromCrash));
            }
        }

        return SubmitIfAny(write);
    }

    /// <summary>A step that was running at two crashes or more: it waits until it can run alone.</summary>
    private void SetApart(ScheduledAction action)
    {
        var run = NewRun(_row!, action);
        lock (_running)
        {
            _running[run.Place] = run;
        }

        Registry.Quarantine.Add(run, _starts[action.Action.TaskId].Crashes);
    }

    /// <summary>A suspect's time has come: its start is counted before it runs.</summary>
    private bool OnRelease(QuarantineRelease message)
    {
        lock (_running)
        {
            if (!_running.TryGetValue(message.Run.Place, out var waiting) || waiting != message.Run)
            {
                message.Run.Finish();
                return false;
            }
        }

        if (_row is not { Status: OrchestrationStatus.Running } row || row.Key != message.Run.Row.Key
            || row.Generation != message.Run.Row.Generation)
        {
            Forget(message.Run);
            message.Run.Finish();
            return false;
        }

        var write = new InstanceWrite(Registry.Database, this, row);
        var run = Again(write, message.Run.Scheduled, counts: true, afterCrash: true);
        run.Follows(message.Run);
        write.ToStart.Add(run);
        return Submit(write);
    }

    /// <summary>Another start of a step, counted in the write that comes before it.</summary>
    private ActivityRun Again(InstanceWrite write, ScheduledAction action, bool counts, bool afterCrash)
    {
        if (counts)
        {
            var before = _starts.GetValueOrDefault(action.Action.TaskId);
            var starts = new ActivityStarts(before.Starts + 1, before.Crashes + (afterCrash ? 1 : 0));
            _starts[action.Action.TaskId] = starts;
            write.Starts.Add((action.Action.TaskId, starts));
        }

        return NewRun(_row!, action);
    }

    private int StartsOf(ScheduledAction action) => _starts.GetValueOrDefault(action.Action.TaskId).Crashes + 1;

    private bool IsRunning(ScheduledAction action)
    {
        lock (_running)
        {
            return _running.ContainsKey(new RunPlace(_row!.Key, _row.Generation, action.Action.TaskId));
        }
    }

    private ActivityRun NewRun(InstanceRow row, ScheduledAction action) =>
        new(this, row, action, action.Attempt + _starts.GetValueOrDefault(action.Action.TaskId).Starts);
}
