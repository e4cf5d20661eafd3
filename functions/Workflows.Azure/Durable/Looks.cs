using System.Diagnostics;

namespace Workflows.Azure.Durable;

/// <summary>
/// Looks for what Durable has taken to show, again and again, for a time and not for a number of looks: each of them is
/// a request that may be slow itself. Real time: a person waits for it.
/// </summary>
/// <param name="Between">Pause between two looks.</param>
/// <param name="Limit">When it is over, there is one more look and then no other.</param>
internal sealed record Looks(TimeSpan Between, TimeSpan Limit)
{
    /// <summary>Looks until it is seen.</summary>
    /// <param name="look">Gets how many looks there were before.</param>
    /// <returns>False when the time is over.</returns>
    public async Task<bool> UntilAsync(Func<int, Task<bool>> look, CancellationToken cancellation)
    {
        var started = Stopwatch.GetTimestamp();
        for (var before = 0; ; before++)
        {
            var left = Limit - Stopwatch.GetElapsedTime(started);
            if (await look(before))
            {
                return true;
            }

            if (left <= TimeSpan.Zero)
            {
                return false;
            }

            await Task.Delay(Between < left ? Between : left, TimeProvider.System, cancellation);
        }
    }
}
