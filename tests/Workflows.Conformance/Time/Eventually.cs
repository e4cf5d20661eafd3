namespace Workflows.Conformance;

/// <summary>Bounded waiting, in real time, for what a home does in its own time.</summary>
public static class Eventually
{
    /// <summary>No wait of a fact is longer: a machine that is slow and busy passes, a hang fails.</summary>
    public static readonly TimeSpan Bound = TimeSpan.FromMinutes(3);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    /// <summary>Waits until a condition holds.</summary>
    /// <exception cref="TimeoutException">It did not within <see cref="Bound"/>.</exception>
    public static Task TrueAsync(Func<bool> condition, string what) =>
        ValueAsync(() => Task.FromResult(condition()), holds => holds, what);

    /// <summary>Reads until there is a value, and returns it.</summary>
    /// <exception cref="TimeoutException">There was none within <see cref="Bound"/>.</exception>
    public static async Task<T> SeenAsync<T>(Func<Task<T?>> read, string what) where T : class =>
        (await ValueAsync(read, value => value is not null, what))!;

    /// <summary>Reads until a value fits, and returns it.</summary>
    /// <exception cref="TimeoutException">
    /// None did within <see cref="Bound"/>; the message holds the last one.
    /// </exception>
    public static async Task<T> ValueAsync<T>(Func<Task<T>> read, Func<T, bool> fits, string what)
    {
        var start = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var value = await read();
            if (fits(value))
            {
                return value;
            }

            if (TimeProvider.System.GetElapsedTime(start) > Bound)
            {
                throw new TimeoutException($"Not within {Bound.TotalSeconds:0} s: {what}. Last seen: {value}");
            }

            await Task.Delay(Pause, TimeProvider.System);
        }
    }
}
