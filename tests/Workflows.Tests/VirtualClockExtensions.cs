using Workflows.Conformance;

namespace Workflows.Tests;

internal static class VirtualClockExtensions
{
    /// <summary>Lets time pass from one timer to the next until a task has ended.</summary>
    public static async Task<T> PassAsync<T>(this VirtualClock clock, Task<T> task)
    {
        while (!task.IsCompleted)
        {
            if (clock.NextTimer is { } next)
            {
                clock.AdvanceTo(next);
            }

            await Task.Yield();
        }

        return await task;
    }
}
