using System.Globalization;
using Workflows.Policies;
using Workflows.Receivables.Dunning;

namespace Workflows.Tests.Receivables.Dunning;

/// <summary>No letter comes on a day on which its reader's office is closed.</summary>
public sealed class BuyerCalendarTests
{
    private static readonly Policy Default = PolicyLoader.Default();

    [Theory]
    [InlineData("CN", "2026-02-17", "2026-02-24")] // The lunar new year.
    [InlineData("DE", "2026-04-03", "2026-04-07")] // Good Friday to Easter Monday.
    [InlineData("BD", "2026-11-06", "2026-11-08")] // Friday and Saturday.
    [InlineData("SA", "2026-11-06", "2026-11-08")]
    [InlineData("AE", "2026-11-06", "2026-11-06")]
    [InlineData("FR", "2026-11-11", "2026-11-12")]
    [InlineData(null, "2026-11-07", "2026-11-09")]
    public void A_letter_waits_for_the_readers_next_working_day(string? country, string day, string expected) =>
        Assert.Equal(Day(expected), BuyerCalendar.Of(country, Default).WorkingDayOf(Day(day)));

    [Fact]
    public void What_the_policy_says_of_a_country_goes_over_what_is_known()
    {
        var policy = Default with
        {
            Calendars =
            [
                new CountryCalendarPolicy("BD", [DayOfWeek.Friday], Holidays: [Day("2026-12-16")], WorkedDays: null),
                new CountryCalendarPolicy("CN", Weekend: null, Holidays: null, WorkedDays: [Day("2026-02-17")]),
            ],
        };

        Assert.Equal(Day("2026-11-07"), BuyerCalendar.Of("BD", policy).WorkingDayOf(Day("2026-11-06")));
        Assert.Equal(Day("2026-12-17"), BuyerCalendar.Of("BD", policy).WorkingDayOf(Day("2026-12-16")));
        Assert.Equal(Day("2026-02-17"), BuyerCalendar.Of("CN", policy).WorkingDayOf(Day("2026-02-17")));
    }

    [Fact]
    public void A_region_that_says_another_weekend_is_believed()
    {
        var policy = Default with
        {
            Regions = [.. Default.Regions.Select(region => region.Countries.Contains("DE")
                ? region with { Weekend = [DayOfWeek.Sunday] }
                : region)],
        };

        Assert.Equal(Day("2026-11-07"), BuyerCalendar.Of("DE", policy).WorkingDayOf(Day("2026-11-07")));
    }

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
