using System.Globalization;

namespace Workflows.Calendars;

/// <summary>Times as people read them.</summary>
public static class LocalTime
{
    /// <summary>Such as <c>Tue 3 Nov 2026, 16:30 (Asia/Shanghai)</c>.</summary>
    public static string Text(DateTimeOffset moment, TimeZoneInfo zone) =>
        TimeZoneInfo.ConvertTime(moment, zone).ToString("ddd d MMM yyyy, HH:mm", CultureInfo.InvariantCulture)
        + $" ({zone.Id})";

    /// <summary>Such as <c>3 November 2026</c>.</summary>
    public static string Day(DateTimeOffset moment, TimeZoneInfo zone) => Day(BusinessCalendar.DayOf(moment, zone));

    /// <summary>The same for a day.</summary>
    public static string Day(DateOnly day) => day.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);
}
