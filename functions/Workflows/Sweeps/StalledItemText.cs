using Workflows.Calendars;
using Workflows.Platform;

namespace Workflows.Sweeps;

/// <summary>How standing still is put into words.</summary>
internal static class StalledItemText
{
    /// <summary>What is wrong, in a sentence or two.</summary>
    /// <param name="what">What stands still, such as <c>its automatic follow-up</c>.</param>
    /// <param name="zone">The company's.</param>
    public static string Why(StalledItem stalled, string what, TimeZoneInfo zone)
    {
        var since = LocalTime.Text(stalled.Since, zone);
        var said = stalled.Status switch
        {
            null when stalled.Reason is not null => $"The record of {what}, which began on {since}, cannot be read",
            null => $"There is no record of {what}, which began on {since}",
            OrchestrationStatus.Failed => $"An error ended {what} on {since}",
            OrchestrationStatus.Terminated => $"Somebody ended {what} on {since}",
            OrchestrationStatus.Completed => $"{Capital(what)} came to its end on {since}, before its time",
            OrchestrationStatus.Blocked => $"{Capital(what)} was parked on {since}",
            OrchestrationStatus.Suspended => $"Somebody holds {what}, which should have acted on {since}",
            _ => $"{Capital(what)} should have acted on {since} and has not",
        };
        return stalled.Reason is { Length: > 0 } reason
            ? $"{said}: {reason.ShortenedLine().TrimEnd('.')}."
            : said + ".";
    }

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
