using System.Collections.Frozen;

namespace Workflows.Calendars;

/// <summary>
/// Weekends that are not Saturday and Sunday, by country (Unicode CLDR, supplemental week data, and the countries' own
/// laws since). A half day counts as a day off.
/// </summary>
public static class CountryWeekends
{
    private static readonly IReadOnlyList<DayOfWeek> FridaySaturday = [DayOfWeek.Friday, DayOfWeek.Saturday];

    private static readonly FrozenDictionary<string, IReadOnlyList<DayOfWeek>> Known =
        new[]
            {
                "BD", "BH", "DZ", "EG", "IL", "IQ", "JO", "KW", "LY", "MV", "OM", "PS", "QA", "SA", "SD", "SY", "YE",
            }
            .Select(country => (Country: country, Weekend: FridaySaturday))
            .Append(("AF", [DayOfWeek.Thursday, DayOfWeek.Friday]))
            .Append(("IR", [DayOfWeek.Thursday, DayOfWeek.Friday]))
            .Append(("BN", [DayOfWeek.Friday, DayOfWeek.Sunday]))
            .Append(("DJ", [DayOfWeek.Friday]))
            .Append(("SO", [DayOfWeek.Friday]))
            .Append(("NP", [DayOfWeek.Saturday]))
            .ToFrozenDictionary(entry => entry.Country, entry => entry.Weekend, StringComparer.Ordinal);

    /// <summary>The days off; null where they are Saturday and Sunday, or the country is unknown.</summary>
    /// <param name="country">ISO 3166-1 alpha-2.</param>
    public static IReadOnlyList<DayOfWeek>? Of(string? country) =>
        country is null ? null : Known.GetValueOrDefault(country);
}
