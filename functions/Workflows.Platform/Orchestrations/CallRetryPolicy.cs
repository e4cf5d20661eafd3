namespace Workflows.Platform;

/// <summary>
/// When and how often a failed activity or sub-orchestration is run again. The waits are durable timers.
/// Wait before attempt n+1 = min(first interval x coefficient^(n-1), max interval).
/// </summary>
public sealed class CallRetryPolicy
{
    /// <summary>Builds a policy; every bound is checked here, so that a wrong one fails before anything runs.</summary>
    /// <param name="maxAttempts">Runs in all, the first included; at least 1.</param>
    /// <param name="firstInterval">Wait after the first failure; above zero.</param>
    /// <param name="backoffCoefficient">Growth of the wait; at least 1.</param>
    /// <param name="maxInterval">Longest wait; null is an hour, or the first interval if that is longer.</param>
    /// <param name="deadline">Time after the first attempt past which no further one starts; null is none.</param>
    /// <param name="handle">
    /// Which failures are worth another try; null is all. Must be pure: it runs again on replay.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">A bound is broken.</exception>
    public CallRetryPolicy(
        int maxAttempts,
        TimeSpan firstInterval,
        double backoffCoefficient = 1.0,
        TimeSpan? maxInterval = null,
        TimeSpan? deadline = null,
        Func<FailureDetails, bool>? handle = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxAttempts, 1);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(firstInterval, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(backoffCoefficient, 1.0);
        if (maxInterval is { } max)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(max, firstInterval, nameof(maxInterval));
        }

        if (deadline is { } limit)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(limit, firstInterval, nameof(deadline));
        }

        MaxAttempts = maxAttempts;
        FirstInterval = firstInterval;
        BackoffCoefficient = backoffCoefficient;
        MaxInterval = maxInterval ?? (firstInterval > TimeSpan.FromHours(1) ? firstInterval : TimeSpan.FromHours(1));
        Deadline = deadline;
        Handle = handle;
    }

    /// <summary>Runs in all, the first included.</summary>
    public int MaxAttempts { get; }

    /// <summary>Wait after the first failure.</summary>
    public TimeSpan FirstInterval { get; }

    /// <summary>Growth of the wait from one attempt to the next.</summary>
    public double BackoffCoefficient { get; }

    /// <summary>Longest wait.</summary>
    public TimeSpan MaxInterval { get; }

    /// <summary>Time after the first attempt past which no further one starts; null is none.</summary>
    public TimeSpan? Deadline { get; }

    /// <summary>Which failures are worth another try; null is all.</summary>
    public Func<FailureDetails, bool>? Handle { get; }

    /// <summary>
    /// The wait after failed attempt <paramref name="attempt"/> (from 1), or null when it was the last one.
    /// </summary>
    /// <param name="attempt">The attempt that failed, from 1.</param>
    /// <param name="failure">
    /// How it failed. A <see cref="Handle"/> that throws ends the retries: the first error wins.
    /// </param>
    /// <param name="elapsed">Time since the first attempt started.</param>
    public TimeSpan? NextDelay(int attempt, FailureDetails failure, TimeSpan elapsed)
    {
        if (attempt >= MaxAttempts || failure.IsNonRetriable || !IsHandled(failure))
        {
            return null;
        }

        var ticks = FirstInterval.Ticks * Math.Pow(BackoffCoefficient, attempt - 1);
        var delay = ticks >= MaxInterval.Ticks ? MaxInterval : TimeSpan.FromTicks((long)ticks);
        return Deadline is { } deadline && elapsed + delay > deadline ? null : delay;
    }

    private bool IsHandled(FailureDetails failure)
    {
        try
        {
            return Handle is null || Handle(failure);
        }
        catch (Exception)
        {
            return false;
        }
    }
}
