using Workflows.Engine.History;
using Workflows.Engine.Instances;
using Workflows.Platform;

namespace Workflows.Engine.Turns;

/// <summary>
/// A failed generation's history without the failures that ended it: what it did stays done, the failed steps are open
/// again. Null where that cannot be: no step failed, or what followed depends on the failure.
/// </summary>
/// <param name="Turns">The turns, written anew.</param>
/// <param name="Timers">Timers that are open again.</param>
/// <param name="FailedSubs">Sub-orchestrations that failed, to be rewound too.</param>
internal sealed record RewoundHistory(
    IReadOnlyList<TurnRecord> Turns, IReadOnlyList<(int TaskId, long Due)> Timers, IReadOnlyList<ScheduledAction> FailedSubs)
{
    public static RewoundHistory? Of(
        InstanceRow row, IReadOnlyList<TurnRecord> turns, OrchestrationDescriptor descriptor, TurnServices services)
    {
        var undone = FailuresAtTheEnd(turns);
        if (undone.Count == 0)
        {
            return null;
        }

        var before = turns.SelectMany(turn => turn.Actions).Where(action => action.TaskId > 0)
            .GroupBy(action => action.TaskId).ToDictionary(group => group.Key, group => group.First());
        var orchestrator = new Orchestrator(row, descriptor, services, () => { });
        var rewound = new List<TurnRecord>();
        foreach (var turn in turns)
        {
            var record = orchestrator.Repeat(turn.At, [.. turn.Messages.Where(message => !undone.Contains(message))]);
            if (record.Actions.Any(action => action.TaskId > 0 && before.GetValueOrDefault(action.TaskId) != action))
            {
                return null;
            }

            if (record.Messages.Count > 0)
            {
                rewound.Add(record);
            }
        }

        return orchestrator.End is not null ? null : new RewoundHistory(
            rewound,
            [.. orchestrator.Tasks.Timers],
            [.. orchestrator.Tasks.OpenCalls.Where(action => action.Action.Kind == ActionKind.SubOrchestration
                && undone.OfType<TaskCompleted>().Any(failed => failed.TaskId == action.Action.TaskId))]);
    }

    /// <summary>
    /// The last failures, back to where the orchestrator last did something: a failure that it answered with a step was
    /// dealt with, and is not undone.
    /// </summary>
    private static HashSet<Message> FailuresAtTheEnd(IReadOnlyList<TurnRecord> turns)
    {
        var undone = new HashSet<Message>(ReferenceEqualityComparer.Instance);
        var tasks = new HashSet<int>();
        for (var i = turns.Count - 1; i >= 0; i--)
        {
            if (undone.Count > 0 && turns[i].Actions.Any(action => action.Kind != ActionKind.Fail))
            {
                break;
            }

            foreach (var message in turns[i].Messages.Reverse())
            {
                if (message is TaskCompleted { Failure: not null } failed && tasks.Add(failed.TaskId))
                {
                    undone.Add(message);
                }
            }
        }

        return undone;
    }
}
