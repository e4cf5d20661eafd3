using Workflows.Engine.History;
using Workflows.Engine.Instances;
using Workflows.Platform;

namespace Workflows.Engine.Turns;

/// <summary>
/// The history of a failed generation without the failures that ended it: what succeeded stays in it, and the
/// activities and sub-orchestrations that failed are open again. That of a terminated one is as it was.
/// </summary>
/// <param name="Turns">The turns that replace those of the history.</param>
/// <param name="Timers">Timers that are open again.</param>
/// <param name="OpenSubs">Sub-orchestrations that failed, or were open, and are to be rewound too.</param>
internal sealed record RewoundHistory(
    IReadOnlyList<TurnRecord> Turns, IReadOnlyList<DurableTimer> Timers,
    IReadOnlyList<ScheduledAction> OpenSubs)
{
    /// <summary>Null when the code does not fit the history.</summary>
    public static RewoundHistory? AsItStood(
        InstanceRow row, IReadOnlyList<TurnRecord> turns, OrchestrationDescriptor descriptor, TurnServices services)
    {
        var orchestrator = new Orchestrator(row, descriptor, services, () => { });
        try
        {
            foreach (var turn in turns)
            {
                orchestrator.Replay(turn);
            }
        }
        catch (DivergenceException)
        {
            return null;
        }

        return new RewoundHistory(
            turns,
            [.. orchestrator.Tasks.Timers],
            [.. orchestrator.Tasks.OpenCalls.Where(IsSub)]);
    }

    /// <summary>
    /// Null when no activity or sub-orchestration failed, or what the orchestrator did since depends on the failure.
    /// </summary>
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
            [.. orchestrator.Tasks.OpenCalls.Where(action => IsSub(action)
                && undone.OfType<TaskCompleted>().Any(failed => failed.TaskId == action.Action.TaskId))]);
    }

    private static bool IsSub(ScheduledAction action) => action.Action.Kind == TurnActionKind.SubOrchestration;

    /// <summary>
    /// The last failures, back to the last turn with an action. A failure to which the orchestrator reacted with an
    /// action was handled by it, and is not undone.
    /// </summary>
    private static HashSet<Message> FailuresAtTheEnd(IReadOnlyList<TurnRecord> turns)
    {
        var undone = new HashSet<Message>(ReferenceEqualityComparer.Instance);
        var tasks = new HashSet<int>();
        for (var i = turns.Count - 1; i >= 0; i--)
        {
            if (undone.Count > 0 && turns[i].Actions.Any(action => action.Kind != TurnActionKind.Fail))
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
