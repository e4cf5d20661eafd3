
namespace Workflows.Calendars;

/// <summary>
/// Business time: the hours and days on which people work, in a zone that the caller says. Local times that a clock
/// change skips roll forward to the first moment that exists; of the two that it repeats, the first is meant.
/// </summary>
public static class BusinessCalendar
{
    // Ten years without one working day is a broken calendar, not a long wait.
    private const int SearchDays = 3660;

    /// <summary>
    /// The moment at which so many hours of work have passed, UTC. Time outside business hours does not count; zero
    /// hours from such a time end at the next opening.
    /// </summary>
    /// <exception cref="InvalidOperationException">The calendar has no working day in ten years.</exception>
    public static DateTimeOffset AddBusinessHours(
        DateTimeOffset from, decimal hours, BusinessHours calendar, TimeZoneInfo zone)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(hours);
        var left = TimeSpan.FromTicks((long)(hours * TimeSpan.TicksPerHour));
        var day = DayOf(from, zone);
        for (var searched = 0; searched < SearchDays; searched++, day = day.AddDays(1))
        {
            if (!IsWorkingDay(day, calendar))
            {
                continue;
            }

            var opens = At(day, calendar.Start, zone);
            var closes = At(day, calendar.End, zone);
            var begins = from > opens ? from.ToUniversalTime() : opens;
            if (begins >= closes)
            {
                continue;
            }

            if (left <= closes - begins)
            {
                return begins + left;
            }

            left -= closes - begins;
        }

        throw new InvalidOperationException("The business calendar has no working day in ten years.");
    }

    /// <summary>The hours of work between two moments; zero when the second is not after the first.</summary>
    public static decimal BusinessHoursBetween(
        DateTimeOffset from, DateTimeOffset to, BusinessHours calendar, TimeZoneInfo zone)
    {
        var worked = TimeSpan.Zero;
        for (var day = DayOf(from, zone); day <= DayOf(to, zone); day = day.AddDays(1))
        {
            var opens = At(day, calendar.Start, zone);
            var closes = At(day, calendar.End, zone);
            var begins = from > opens ? from : opens;
            var ends = to < closes ? to : closes;
            if (IsWorkingDay(day, calendar) && begins < ends)
            {
                worked += ends - begins;
            }
        }

        return (decimal)worked.Ticks / TimeSpan.TicksPerHour;
    }

    /// <summary>Whether people work on that day.</summary>
    public static bool IsWorkingDay(DateOnly day, BusinessHours calendar) =>
        calendar.WorkedDays?.Contains(day) == true
        || (calendar.Days.Contains(day.DayOfWeek) && !calendar.Holidays.Contains(day));

    /// <summary>Whether people are at work at that moment.</summary>
    public static bool IsOpen(DateTimeOffset moment, BusinessHours calendar, TimeZoneInfo zone)
    {
        var day = DayOf(moment, zone);
        return IsWorkingDay(day, calendar)
            && At(day, calendar.Start, zone) <= moment && moment < At(day, calendar.End, zone);
    }

    /// <summary>The day itself if it is a working day, else the next one.</summary>
    /// <exception cref="InvalidOperationException">There is none in ten years.</exception>
    public static DateOnly NextWorkingDay(DateOnly day, Predicate<DateOnly> isWorkingDay)
    {
        for (var searched = 0; searched < SearchDays; searched++, day = day.AddDays(1))
        {
            if (isWorkingDay(day))
            {
                return day;
            }
        }

        throw new InvalidOperationException("The weekend and the holidays leave no working day.");
    }

    /// <summary>The calendar day of a moment in a zone.</summary>
    public static DateOnly DayOf(DateTimeOffset moment, TimeZoneInfo zone) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(moment, zone).DateTime);

    /// <summary>The calendar month of a moment in a zone.</summary>
    public static Month MonthOf(DateTimeOffset moment, TimeZoneInfo zone) => Month.Of(DayOf(moment, zone));

    /// <summary>The first moment of a day in a zone, UTC.</summary>
    public static DateTimeOffset StartOfDay(DateOnly day, TimeZoneInfo zone) => At(day, TimeOnly.MinValue, zone);

    /// <summary>The last second of a day in a zone, UTC.</summary>
    public static DateTimeOffset EndOfDay(DateOnly day, TimeZoneInfo zone) =>
        StartOfDay(day.AddDays(1), zone) - TimeSpan.FromSeconds(1);

    /// <summary>A local time of a day in a zone, UTC.</summary>
    public static DateTimeOffset At(DateOnly day, TimeOnly time, TimeZoneInfo zone)
    {
        var local = day.ToDateTime(time, DateTimeKind.Unspecified);
        if (zone.IsInvalidTime(local))
        {
            return FirstAfterGap(local, zone);
        }

        var offset = zone.IsAmbiguousTime(local)
            ? zone.GetAmbiguousTimeOffsets(local).Max() // The larger offset is the earlier moment.
            : zone.GetUtcOffset(local);
        return new DateTimeOffset(local, offset).ToUniversalTime();
    }

    /// <summary>The zone of an IANA id, such as <c>Asia/Shanghai</c>.</summary>
    /// <exception cref="TimeZoneNotFoundException">This machine knows no such zone.</exception>
    public static TimeZoneInfo Zone(string id) => TimeZoneInfo.FindSystemTimeZoneById(id);

    private static DateTimeOffset FirstAfterGap(DateTime local, TimeZoneInfo zone)
    {
        // Gaps are whole minutes and, but for a skipped calendar day, shorter than three hours.
        local = local.AddTicks(-(local.Ticks % TimeSpan.TicksPerMinute));
        while (zone.IsInvalidTime(local))
        {
            local = local.AddMinutes(1);
        }

        return new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime();
    }
}
