namespace Workflows.Embedded.Demo;

/// <summary>How fast time passes: working hours at one pace, nights and free days at another.</summary>
/// <param name="Zone">Where the working hours are.</param>
/// <param name="WorkRate">Seconds of the clock for one real second, in working hours.</param>
/// <param name="FreeRate">The same at all other times.</param>
internal sealed record WorkingDay(
    TimeZoneInfo Zone, TimeOnly Start, TimeOnly End, IReadOnlyCollection<DayOfWeek> Days, double WorkRate,
    double FreeRate)
{
    private static readonly TimeSpan Night = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan Work = TimeSpan.FromSeconds(4);

    /// <summary>A working day in four seconds, a night in half a one.</summary>
    /// <param name="speed">1 is that; 2 is twice as fast.</param>
    public static WorkingDay Of(
        TimeZoneInfo zone, TimeOnly start, TimeOnly end, IReadOnlyCollection<DayOfWeek> days, double speed)
    {
        var work = end - start;
        return new WorkingDay(
            zone, start, end, days, work / Work * speed, (TimeSpan.FromDays(1) - work) / Night * speed);
    }

    /// <summary>Until when the pace at a moment lasts, and what it is.</summary>
    public (DateTimeOffset End, double Rate) SegmentAt(DateTimeOffset moment)
    {
        var local = TimeZoneInfo.ConvertTime(moment, Zone);
        var day = DateOnly.FromDateTime(local.DateTime);
        var time = TimeOnly.FromDateTime(local.DateTime);
        if (Days.Contains(day.DayOfWeek) && time >= Start && time < End)
        {
            return (Utc(day, End), WorkRate);
        }

        if (time >= Start)
        {
            day = day.AddDays(1);
        }

        while (!Days.Contains(day.DayOfWeek))
        {
            day = day.AddDays(1);
        }

        return (Utc(day, Start), FreeRate);
    }

    // Where the clocks of a zone jump over a time of day, the first moment after the jump counts.
    private DateTimeOffset Utc(DateOnly day, TimeOnly time)
    {
        var local = day.ToDateTime(time);
        while (Zone.IsInvalidTime(local))
        {
            local = local.AddMinutes(15);
        }

        return new DateTimeOffset(local, Zone.GetUtcOffset(local)).ToUniversalTime();
    }
}
