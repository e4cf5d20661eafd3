namespace Workflows.Policies;

/// <summary>
/// What a policy says of the calendar of a country's buyers; it goes over what is known of the country.
/// </summary>
/// <param name="Country">ISO 3166-1 alpha-2.</param>
/// <param name="Weekend">Days off in each week; null leaves those that are known.</param>
/// <param name="Holidays">Days off besides those that are known; null is none.</param>
/// <param name="WorkedDays">Days on which people work, whatever is known; null is none.</param>
public sealed record CountryCalendarPolicy(
    string Country, IReadOnlyList<DayOfWeek>? Weekend, IReadOnlyList<DateOnly>? Holidays,
    IReadOnlyList<DateOnly>? WorkedDays);
