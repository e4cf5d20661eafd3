using Workflows.Calendars;
using Workflows.Customers;
using Workflows.Policies;

namespace Workflows.Receivables.Dunning;

/// <summary>
/// When a buyer reads mail: their zone, their weekend and holidays, their office hours. The seller's holidays are not
/// theirs.
/// </summary>
internal sealed class BuyerCalendar
{
    private const int DaysAfterPause = 3;

    private static readonly TimeOnly Opens = new(9, 0);
    private static readonly TimeOnly Closes = new(18, 0);

    private readonly string? _country;
    private readonly CountryCalendarPolicy? _said;
    private readonly IReadOnlyList<DayOfWeek> _weekend;

    private BuyerCalendar(string? country, Policy policy)
    {
        _country = country;
        _said = policy.CalendarOf(country);
        _weekend = policy.WeekendOf(country);
        Zone = BuyerZones.Of(country, policy.Company.Zone());
    }

    public TimeZoneInfo Zone { get; }

    /// <summary>The calendar of buyers of a country; the company's zone where theirs is unknown.</summary>
    public static BuyerCalendar Of(string? country, Policy policy) => new(country, policy);

    /// <summary>Their day.</summary>
    public DateOnly DayOf(DateTimeOffset moment) => BusinessCalendar.DayOf(moment, Zone);

    /// <summary>The first moment of their day, UTC.</summary>
    public DateTimeOffset StartOf(DateOnly day) => BusinessCalendar.StartOfDay(day, Zone);

    /// <summary>Nine o'clock of that day, or of the next one on which they work, UTC.</summary>
    public DateTimeOffset OpeningOf(DateOnly day) =>
        BusinessCalendar.At(WorkingDayOf(day), Opens, Zone);

    /// <summary>The day itself if they work on it, else the next one on which they do.</summary>
    public DateOnly WorkingDayOf(DateOnly day) => BusinessCalendar.NextWorkingDay(day, IsWorkingDay);

    /// <summary>Whether they work on a day.</summary>
    public bool IsWorkingDay(DateOnly day) =>
        _said?.WorkedDays?.Contains(day) == true
        || !(_weekend.Contains(day.DayOfWeek)
            || _said?.Holidays?.Contains(day) == true || CountryHolidays.Includes(_country, day));

    /// <summary>
    /// When money that was sent on a day must be in, UTC: banks have had one whole day after it. Theirs keep their
    /// weekend, and between countries nothing moves on Saturdays and Sundays.
    /// </summary>
    public DateTimeOffset AfterValueOf(DateOnly day)
    {
        var value = BusinessCalendar.NextWorkingDay(day.AddDays(1), IsBankingDay);
        return OpeningOf(BusinessCalendar.NextWorkingDay(value.AddDays(1), IsBankingDay));

        bool IsBankingDay(DateOnly each) =>
            IsWorkingDay(each) && each.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday);
    }

    /// <summary>
    /// When reminders go on after a pause that ended at a moment, UTC: they have three working days to pay, and we to
    /// call them.
    /// </summary>
    public DateTimeOffset AfterPause(DateTimeOffset ended)
    {
        var day = DayOf(ended);
        for (var passed = 0; passed < DaysAfterPause; passed++)
        {
            day = WorkingDayOf(day.AddDays(1));
        }

        return OpeningOf(day);
    }

    /// <summary>The moment itself in their office hours, else the next opening, UTC.</summary>
    public DateTimeOffset NextOpen(DateTimeOffset moment)
    {
        var today = DayOf(moment);
        var opening = OpeningOf(today);
        return moment <= opening ? opening
            : moment < BusinessCalendar.At(today, Closes, Zone) && IsWorkingDay(today) ? moment
            : OpeningOf(today.AddDays(1));
    }
}
