namespace Workflows.Effects;

/// <summary>
/// How long a person's request waits for the effect of what was durably accepted, and how often it looks. The home
/// gives it real time: a person waits for it, whatever clock the business runs on.
/// </summary>
public sealed class EffectWait(TimeProvider clock, TimeSpan? firstPause = null)
{
    /// <summary>The last look is when this is over. What shows later is shown to the next request.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(3);

    /// <summary>Where nothing else is said: an effect in the same process is there within milliseconds.</summary>
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(5);

    /// <summary>Timers count whole milliseconds.</summary>
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(1);

    /// <summary>Begins the time that all waits of one request share.</summary>
    public EffectDeadline Start() => new(clock.GetTimestamp());

    /// <summary>
    /// What is seen as soon as it shows the effect, or when the time is over. Each pause is three times as long as the
    /// one before: each look is a read of the storage.
    /// </summary>
    /// <param name="deadline">Of the request, so that its second wait does not begin from the start.</param>
    public async Task<T> UntilAsync<T>(
        EffectDeadline deadline, Func<Task<T>> look, Predicate<T> shows, CancellationToken cancellation)
    {
        var pause = firstPause ?? FirstPause;
        while (true)
        {
            var seen = await look();
            var left = Limit - clock.GetElapsedTime(deadline.StartedAt);
            if (left <= TimeSpan.Zero || shows(seen))
            {
                return seen;
            }

            // A timer may ring a little early: what is left then is waited for, and not spun away.
            var next = pause < left ? pause : left;
            await Task.Delay(next < ShortestPause ? ShortestPause : next, clock, cancellation);
            pause = pause < left ? pause * 3 : pause;
        }
    }
}

/// <summary>When a request's waits end: <see cref="EffectWait.Limit"/> after they began.</summary>
/// <param name="StartedAt">Timestamp of the clock that waits.</param>
public readonly record struct EffectDeadline(long StartedAt);
