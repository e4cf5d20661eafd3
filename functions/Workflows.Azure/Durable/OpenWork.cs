using DurableTask.Core.History;

namespace Workflows.Azure.Durable;

/// <summary>What an instance has begun, by its history, and has not heard of since.</summary>
/// <param name="Activities">How many activities it waits for.</param>
/// <param name="OverdueTimers">How many timers are past their time.</param>
/// <param name="SubOrchestrations">The sub-orchestrations that it waits for.</param>
internal sealed record OpenWork(int Activities, int OverdueTimers, IReadOnlyList<string> SubOrchestrations)
{
    /// <summary>Reads a history of one generation.</summary>
    public static OpenWork Of(IEnumerable<HistoryEvent> history, DateTimeOffset now)
    {
        var activities = new HashSet<int>();
        var timers = new Dictionary<int, DateTime>();
        var children = new Dictionary<int, string>();
        foreach (var each in history)
        {
            switch (each)
            {
                case TaskScheduledEvent scheduled:
                    activities.Add(scheduled.EventId);
                    break;
                case TaskCompletedEvent completed:
                    activities.Remove(completed.TaskScheduledId);
                    break;
                case TaskFailedEvent failed:
                    activities.Remove(failed.TaskScheduledId);
                    break;
                case TimerCreatedEvent created:
                    timers[created.EventId] = created.FireAt;
                    break;
                case TimerFiredEvent fired:
                    timers.Remove(fired.TimerId);
                    break;
                case SubOrchestrationInstanceCreatedEvent created:
                    children[created.EventId] = created.InstanceId;
                    break;
                case SubOrchestrationInstanceCompletedEvent completed:
                    children.Remove(completed.TaskScheduledId);
                    break;
                case SubOrchestrationInstanceFailedEvent failed:
                    children.Remove(failed.TaskScheduledId);
                    break;
            }
        }

        return new OpenWork(activities.Count, timers.Values.Count(due => due < now.UtcDateTime), [.. children.Values]);
    }
}
