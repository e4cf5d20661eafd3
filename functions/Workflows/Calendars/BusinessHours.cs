
namespace Workflows.Calendars;

/// <summary>When people work, in a time zone that the caller says.</summary>
/// <param name="Start">First minute of the day's work.</param>
/// <param name="End">End of the day's work; after <paramref name="Start"/>.</param>
/// <param name="Days">Working days of the week.</param>
/// <param name="Holidays">Days on which nobody works.</param>
/// <param name="WorkedDays">
/// Days on which people work although the week or the holidays say otherwise, such as China's make-up Saturdays; null
/// is none.
/// </param>
public sealed record BusinessHours(
    TimeOnly Start, TimeOnly End, IReadOnlyList<DayOfWeek> Days, IReadOnlyList<DateOnly> Holidays,
    IReadOnlyList<DateOnly>? WorkedDays = null);
