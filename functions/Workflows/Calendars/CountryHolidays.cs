using System.Collections.Concurrent;
using System.Globalization;
using PublicHoliday;

namespace Workflows.Calendars;

/// <summary>
/// Days on which offices of a country are closed by law: of some forty countries from a library, the lunar new year and
/// the two Eids by the calendars that set them. Where a day is set by sighting or decree it may lie a day off; a
/// policy's own list goes over it.
/// </summary>
public static class CountryHolidays
{
    private static readonly ConcurrentDictionary<string, IPublicHolidays?> Libraries = new(StringComparer.Ordinal);

    // Days of the holiday before and after the first day of the first lunar month.
    private static readonly Dictionary<string, (int Before, int After)> LunarNewYears = new(StringComparer.Ordinal)
    {
        ["CN"] = (1, 6),
        ["TW"] = (1, 4),
        ["VN"] = (1, 4),
        ["HK"] = (0, 2),
        ["MO"] = (0, 2),
        ["KR"] = (1, 1),
        ["SG"] = (0, 1),
        ["MY"] = (0, 1),
        ["ID"] = (0, 0),
        ["PH"] = (0, 0),
    };

    private static readonly HashSet<string> EidCountries = new(StringComparer.Ordinal)
    {
        "AE", "AF", "AL", "AZ", "BD", "BH", "BN", "DJ", "DZ", "EG", "ID", "IQ", "IR", "JO", "KW", "LB", "LY", "MA",
        "ML", "MR", "MV", "MY", "NE", "OM", "PK", "PS", "QA", "SA", "SD", "SN", "SO", "SY", "TD", "TN", "TR", "UZ",
        "YE",
    };

    private static readonly ChineseLunisolarCalendar Lunar = new();
    private static readonly UmAlQuraCalendar Hijri = new();

    /// <summary>Whether a day is a holiday of a country; false for one of which nothing is known.</summary>
    /// <param name="country">ISO 3166-1 alpha-2.</param>
    public static bool Includes(string? country, DateOnly day) =>
        country is not null && (IsInLibrary(country, day) || IsLunarNewYear(country, day) || IsEid(country, day));

    private static bool IsInLibrary(string country, DateOnly day) =>
        Libraries.GetOrAdd(country, Library) is { } library
        && library.PublicHolidays(day.Year).Contains(day.ToDateTime(TimeOnly.MinValue));

    private static IPublicHolidays? Library(string country) =>
        Enum.TryParse<PublicHolidayCountryCode>(country, ignoreCase: true, out var code) && Enum.IsDefined(code)
            ? PublicHolidayFactory.GetPublicHolidayForCountry(code)
            : null;

    private static bool IsLunarNewYear(string country, DateOnly day)
    {
        if (!LunarNewYears.TryGetValue(country, out var span) || !Covers(Lunar, day))
        {
            return false;
        }

        // The first lunar month begins in January or February of the year it is counted by.
        var first = DateOnly.FromDateTime(Lunar.ToDateTime(day.Year, 1, 1, 0, 0, 0, 0));
        return day >= first.AddDays(-span.Before) && day <= first.AddDays(span.After);
    }

    /// <summary>The first three days of Shawwal, and the ninth to the twelfth of Dhu al-Hijja.</summary>
    private static bool IsEid(string country, DateOnly day)
    {
        if (!EidCountries.Contains(country) || !Covers(Hijri, day))
        {
            return false;
        }

        var date = day.ToDateTime(TimeOnly.MinValue);
        return (Hijri.GetMonth(date), Hijri.GetDayOfMonth(date)) is (10, <= 3) or (12, >= 9 and <= 12);
    }

    private static bool Covers(Calendar calendar, DateOnly day) =>
        day.Year > calendar.MinSupportedDateTime.Year && day.Year < calendar.MaxSupportedDateTime.Year;
}
