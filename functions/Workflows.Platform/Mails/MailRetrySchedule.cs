namespace Workflows.Platform;

/// <summary>
/// When a mail that could not be delivered is tried again: soon at first, then rarely, for three days: a server
/// that fails on a Friday evening is mended on Monday.
/// </summary>
public static class MailRetrySchedule
{
    private static readonly TimeSpan[] Waits =
    [
        TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15), TimeSpan.FromMinutes(30),
        TimeSpan.FromHours(1), TimeSpan.FromHours(2), TimeSpan.FromHours(4), TimeSpan.FromHours(8),
        TimeSpan.FromHours(8), TimeSpan.FromHours(12), TimeSpan.FromHours(12), TimeSpan.FromHours(12),
        TimeSpan.FromHours(12),
    ];

    /// <summary>The wait after a failed attempt, counted from 1; null when it was the last one.</summary>
    public static TimeSpan? After(int attempt) => attempt <= Waits.Length ? Waits[attempt - 1] : null;
}
