using System.Collections.Concurrent;
using DurableTask.Core;
using DurableTask.Core.History;

namespace Workflows.Azure.Tests.DurableHost;

/// <summary>
/// What orchestrators asked of the hub. A timer that is given up counts too: its message comes all the same.
/// </summary>
internal sealed class DurableMeter
{
    private readonly ConcurrentDictionary<string, int> _activities = new();
    private int _timers;
    private int _largestPayload;

    /// <summary>How many timers were set.</summary>
    public int Timers => Volatile.Read(ref _timers);

    /// <summary>How often each activity was called.</summary>
    public IReadOnlyDictionary<string, int> Activities => _activities;

    /// <summary>Characters of the largest input or result of an activity or an event.</summary>
    public int LargestPayload => Volatile.Read(ref _largestPayload);

    /// <summary>Counts what a turn of an orchestration sends.</summary>
    public void Count(IEnumerable<TaskMessage> activities, int timers)
    {
        Interlocked.Add(ref _timers, timers);
        foreach (var scheduled in activities.Select(message => message.Event).OfType<TaskScheduledEvent>())
        {
            _activities.AddOrUpdate(scheduled.Name!, 1, (_, before) => before + 1);
            Measure(scheduled.Input);
        }
    }

    /// <summary>Looks at what an activity or a client sends.</summary>
    public void Count(TaskMessage message) => Measure(message.Event switch
    {
        TaskCompletedEvent completed => completed.Result,
        EventRaisedEvent raised => raised.Input,
        ExecutionStartedEvent started => started.Input,
        _ => null,
    });

    private void Measure(string? payload)
    {
        var length = payload?.Length ?? 0;
        for (var largest = LargestPayload; largest < length; largest = LargestPayload)
        {
            Interlocked.CompareExchange(ref _largestPayload, length, largest);
        }
    }
}
