using System.Globalization;
using Workflows.Calendars;

namespace Workflows.Web.Reviews;

/// <summary>A review's figures in words.</summary>
internal static class ReviewText
{
    /// <summary>Such as <c>October 2026</c>.</summary>
    public static string MonthName(string month) => Month.TryParse(month, out var known)
        ? known.FirstDay.ToString("MMMM yyyy", CultureInfo.InvariantCulture)
        : month;

    /// <summary>Such as <c>10.87%</c> or <c>n/a</c>.</summary>
    public static string Percent(decimal? percent) =>
        percent is { } value ? value.ToString("0.##", CultureInfo.InvariantCulture) + "%" : "n/a";

    /// <summary>Such as <c>33.7</c> or <c>n/a</c>.</summary>
    public static string Number(decimal? number) =>
        number is { } value ? value.ToString("0.#", CultureInfo.InvariantCulture) : "n/a";

    /// <summary>Such as <c>3.5 h</c> or <c>n/a</c>.</summary>
    public static string Hours(decimal? hours) =>
        hours is { } value ? value.ToString("0.#", CultureInfo.InvariantCulture) + " h" : "n/a";
}
