using DurableTask.Core.History;

namespace Workflows.Azure.Durable;

/// <summary>What an instance has begun, by its history, and has not heard of since.</summary>
/// <param name="Activities">How many activities it waits for.</param>
/// <param name="OverdueTimers">How many timers are past their time.</param>
/// <param name="SubOrchestrations">The sub-orchestrations that it waits for.</param>
internal sealed record OpenWork(int Activities, int OverdueTimers, IReadOnlyList<string> SubOrchestrations)
{
    /// <summary>
    /// Reads a history of one generation, in which activities, timers and sub-orchestrations share one numbering.
    /// </summary>
    public static OpenWork Of(IList<HistoryEvent> history, DateTimeOffset now)
    {
        var ended = history.Select(EndedBy).ToHashSet();
        var open = history.Where(each => !ended.Contains(each.EventId)).ToList();
        return new OpenWork(
            open.OfType<TaskScheduledEvent>().Count(),
            open.OfType<TimerCreatedEvent>().Count(timer => timer.FireAt < now.UtcDateTime),
            [.. open.OfType<SubOrchestrationInstanceCreatedEvent>().Select(child => child.InstanceId)]);
    }

    private static int? EndedBy(HistoryEvent each) => each switch
    {
        TaskCompletedEvent completed => completed.TaskScheduledId,
        TaskFailedEvent failed => failed.TaskScheduledId,
        TimerFiredEvent fired => fired.TimerId,
        SubOrchestrationInstanceCompletedEvent completed => completed.TaskScheduledId,
        SubOrchestrationInstanceFailedEvent failed => failed.TaskScheduledId,
        _ => null,
    };
}
