using System.Globalization;
using Workflows.Calendars;
using Workflows.Policies;

namespace Workflows.Tests.Calendars;

public sealed class CountryCalendarTests
{
    [Theory]
    [InlineData("CN", "2026-02-16", true)] // The eve of the year of the horse.
    [InlineData("CN", "2026-02-17", true)]
    [InlineData("CN", "2026-02-23", true)]
    [InlineData("CN", "2026-02-24", false)]
    [InlineData("SG", "2026-02-18", true)]
    [InlineData("SG", "2026-02-19", false)]
    [InlineData("DE", "2026-04-06", true)] // Easter Monday.
    [InlineData("DE", "2026-04-07", false)]
    [InlineData("GB", "2026-12-28", true)] // In place of Boxing Day, a Saturday.
    [InlineData("US", "2026-11-26", true)] // Thanksgiving.
    [InlineData("JP", "2026-05-05", true)]
    [InlineData("SA", "2026-03-20", true)] // 1 Shawwal 1447.
    [InlineData("SA", "2026-05-27", true)] // 10 Dhu al-Hijja 1447.
    [InlineData("AE", "2026-05-26", true)]
    [InlineData("DE", "2026-05-27", false)]
    [InlineData("ZZ", "2026-01-01", false)]
    [InlineData(null, "2026-01-01", false)]
    [InlineData("CN", "9999-01-01", false)]
    [InlineData("SA", "0001-01-01", false)]
    public void A_holiday_of_a_country_is_known(string? country, string day, bool isHoliday) =>
        Assert.Equal(isHoliday, CountryHolidays.Includes(country, Day(day)));

    [Fact]
    public void Weekends_are_those_of_the_country()
    {
        Assert.Equal([DayOfWeek.Friday, DayOfWeek.Saturday], CountryWeekends.Of("BD"));
        Assert.Null(CountryWeekends.Of("AE"));
        Assert.Null(CountryWeekends.Of("DE"));
        Assert.Null(CountryWeekends.Of(null));
    }

    [Fact]
    public void A_Saturday_that_is_worked_is_a_working_day()
    {
        var hours = new BusinessHours(
            new TimeOnly(9, 0), new TimeOnly(17, 0), [DayOfWeek.Monday], [Day("2026-02-16")],
            [Day("2026-02-14"), Day("2026-02-16")]);

        Assert.True(BusinessCalendar.IsWorkingDay(Day("2026-02-14"), hours));
        Assert.True(BusinessCalendar.IsWorkingDay(Day("2026-02-16"), hours));
        Assert.False(BusinessCalendar.IsWorkingDay(Day("2026-02-21"), hours));
    }

    [Theory]
    [InlineData("2027-08-01", false)]
    [InlineData("2027-09-01", true)]
    [InlineData("2029-01-01", true)]
    public void A_policy_whose_holidays_run_out_is_told_so(string today, bool isTold)
    {
        var advice = PolicyAdvice.Of(PolicyLoader.Default(), Day(today));
        Assert.Equal(isTold, advice.Any(each => each.Contains("2027-10-07", StringComparison.Ordinal)));
    }

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
