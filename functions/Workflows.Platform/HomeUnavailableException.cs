namespace Workflows.Platform;

/// <summary>
/// The home cannot take this now: its queues are full, or its storage fails. Nothing was promised; the same
/// call may be made again.
/// </summary>
/// <param name="message">What is the matter, without detail that would help an attacker.</param>
/// <param name="retryAfter">When another try makes sense.</param>
/// <param name="cause">What the home ran into.</param>
public sealed class HomeUnavailableException(string message, TimeSpan retryAfter, Exception? cause = null)
    : Exception(message, cause)
{
    /// <summary>When another try makes sense.</summary>
    public TimeSpan RetryAfter { get; } = retryAfter;
}
