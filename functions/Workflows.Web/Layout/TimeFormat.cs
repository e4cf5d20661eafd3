using System.Globalization;

namespace Workflows.Web.Layout;

/// <summary>Times as people read them in a list: short, and exact on a second look.</summary>
internal static class TimeFormat
{
    /// <summary>Such as <c>Tue 3 Nov, 16:30</c>; with the year when it is not this one.</summary>
    public static string Short(DateTimeOffset at, DateTimeOffset now, TimeZoneInfo zone)
    {
        var local = TimeZoneInfo.ConvertTime(at, zone);
        var format = local.Year == TimeZoneInfo.ConvertTime(now, zone).Year ? "ddd d MMM, HH:mm" : "d MMM yyyy, HH:mm";
        return local.ToString(format, CultureInfo.InvariantCulture);
    }

    /// <summary>Both clocks, such as <c>2026-11-03 16:30:05 Asia/Shanghai · 2026-11-03 08:30:05 UTC</c>.</summary>
    public static string Exact(DateTimeOffset at, TimeZoneInfo zone) =>
        TimeZoneInfo.ConvertTime(at, zone).ToString("yyyy-MM-dd HH:mm:ss ", CultureInfo.InvariantCulture) + zone.Id
        + at.UtcDateTime.ToString(" · yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) + " UTC";

    /// <summary>Such as <c>3 Nov 2026</c>.</summary>
    public static string Day(DateOnly day) => day.ToString("d MMM yyyy", CultureInfo.InvariantCulture);

    /// <summary>Such as <c>in 3 h</c> or <c>2 d ago</c>.</summary>
    public static string Distance(DateTimeOffset at, DateTimeOffset now) => (at - now) switch
    {
        var ahead when ahead > TimeSpan.FromSeconds(45) => "in " + Length(ahead),
        var ahead when ahead < TimeSpan.FromSeconds(-45) => Length(-ahead) + " ago",
        _ => "now",
    };

    /// <summary>
    /// A span in its largest fitting unit, such as <c>25 min</c>, <c>3 h</c>, <c>12 d</c>, <c>5 mo</c>.
    /// </summary>
    public static string Length(TimeSpan span)
    {
        var (number, unit) = span switch
        {
            { TotalMinutes: < 60 } => (Math.Max(1, span.TotalMinutes), "min"),
            { TotalHours: < 36 } => (span.TotalHours, "h"),
            { TotalDays: < 90 } => (span.TotalDays, "d"),
            _ => (span.TotalDays / 30.44, "mo"),
        };
        return string.Create(
            CultureInfo.InvariantCulture, $"{Math.Round(number, MidpointRounding.AwayFromZero):0} {unit}");
    }
}
