using Workflows.Calendars;
using Workflows.Customers;
using Workflows.Policies;

namespace Workflows.Receivables.Dunning;

/// <summary>
/// When a buyer reads mail: their zone, their weekend, their office hours. The seller's holidays are not theirs.
/// </summary>
internal sealed record BuyerCalendar(TimeZoneInfo Zone, IReadOnlyCollection<DayOfWeek> Weekend)
{
    private static readonly TimeOnly Opens = new(9, 0);
    private static readonly TimeOnly Closes = new(18, 0);

    /// <summary>The calendar of buyers of a country; the company's zone where theirs is unknown.</summary>
    public static BuyerCalendar Of(string? country, Policy policy) => new(
        BuyerZones.Of(country, policy.Company.Zone()), [.. policy.RegionOf(country).Weekend]);

    /// <summary>Their day.</summary>
    public DateOnly DayOf(DateTimeOffset moment) => BusinessCalendar.DayOf(moment, Zone);

    /// <summary>The first moment of their day, UTC.</summary>
    public DateTimeOffset StartOf(DateOnly day) => BusinessCalendar.StartOfDay(day, Zone);

    /// <summary>Nine o'clock of that day, or of the next one on which they work, UTC.</summary>
    public DateTimeOffset OpeningOf(DateOnly day) =>
        BusinessCalendar.At(BusinessCalendar.NextWorkingDay(day, Weekend, []), Opens, Zone);

    /// <summary>The moment itself in their office hours, else the next opening, UTC.</summary>
    public DateTimeOffset NextOpen(DateTimeOffset moment)
    {
        var today = DayOf(moment);
        var opening = OpeningOf(today);
        return moment <= opening ? opening
            : moment < BusinessCalendar.At(today, Closes, Zone) && !Weekend.Contains(today.DayOfWeek) ? moment
            : OpeningOf(today.AddDays(1));
    }
}
