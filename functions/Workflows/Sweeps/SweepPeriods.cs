using System.Globalization;
using Workflows.Calendars;
using Workflows.Policies;

namespace Workflows.Sweeps;

/// <summary>
/// The periods of sweeps, in the company's business hours: a person notified at night acts in the morning, and by then
/// the business may have caught up by itself. Texts that order as time does. Pure.
/// </summary>
internal static class SweepPeriods
{
    /// <summary>The working day, such as <c>2026-11-23</c>; null outside business hours.</summary>
    public static string? Day(DateTimeOffset now, CompanyPolicy company) => Text(now, company, "yyyy-MM-dd");

    /// <summary>The hour of a working day, such as <c>2026-11-23T09</c>; null outside business hours.</summary>
    public static string? Hour(DateTimeOffset now, CompanyPolicy company) => Text(now, company, "yyyy-MM-dd'T'HH");

    private static string? Text(DateTimeOffset now, CompanyPolicy company, string format)
    {
        var zone = company.Zone();
        return BusinessCalendar.IsOpen(now, company.BusinessHours, zone)
            ? TimeZoneInfo.ConvertTime(now, zone).ToString(format, CultureInfo.InvariantCulture)
            : null;
    }
}
