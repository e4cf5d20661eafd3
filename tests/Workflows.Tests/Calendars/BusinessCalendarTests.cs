using FsCheck;
using FsCheck.Fluent;
using Workflows.Calendars;
using Workflows.Policies;

namespace Workflows.Tests.Calendars;

public class BusinessCalendarTests
{
    private static readonly TimeZoneInfo Shanghai = BusinessCalendar.Zone("Asia/Shanghai");
    private static readonly TimeZoneInfo Berlin = BusinessCalendar.Zone("Europe/Berlin");
    private static readonly DayOfWeek[] Weekdays =
        [DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday];

    private static bool IsWeekday(DateOnly day) => day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday);

    [Theory]
    [InlineData("2026-11-04T09:00", 1, "2026-11-04T10:00")] // Within a day.
    [InlineData("2026-11-04T17:00", 1, "2026-11-05T09:00")] // Over a night.
    [InlineData("2026-11-04T16:30", 1, "2026-11-04T17:30")] // To the minute of closing.
    [InlineData("2026-11-06T17:00", 1, "2026-11-09T09:00")] // Over a weekend.
    [InlineData("2026-11-07T12:00", 1, "2026-11-09T09:30")] // From a Saturday.
    [InlineData("2026-11-04T03:00", 1, "2026-11-04T09:30")] // Before opening.
    [InlineData("2026-11-04T22:00", 0, "2026-11-05T08:30")] // No time at all still means working time.
    [InlineData("2026-11-04T09:00", 0, "2026-11-04T09:00")]
    [InlineData("2026-11-10T17:00", 1, "2026-11-12T09:00")] // Over the holiday of the 11th.
    [InlineData("2026-11-04T08:30", 18, "2026-11-05T17:30")] // Two whole days.
    public void Only_business_hours_count(string from, decimal hours, string expected) =>
        Assert.Equal(Local(expected, Shanghai), BusinessCalendar.AddBusinessHours(
            Local(from, Shanghai), hours, Hours("08:30", "17:30", new DateOnly(2026, 11, 11)), Shanghai));

    [Fact]
    public void Hours_go_on_through_a_clock_change()
    {
        // Germany went back to winter time on Sunday the 25th of October 2026; on Monday 09:00 is 08:00 UTC.
        var due = BusinessCalendar.AddBusinessHours(
            Local("2026-10-23T16:00", Berlin), 3, Hours("08:00", "17:00"), Berlin);

        Assert.Equal(new DateTimeOffset(2026, 10, 26, 9, 0, 0, TimeSpan.Zero), due);
    }

    [Fact]
    public void A_night_shift_that_loses_an_hour_counts_the_hours_that_were()
    {
        // On Sunday the 28th of March 2027 there was no 02:00 to 03:00 in Germany.
        var sundays = new BusinessHours(new TimeOnly(1, 0), new TimeOnly(5, 0), [DayOfWeek.Sunday], []);

        var due = BusinessCalendar.AddBusinessHours(Local("2027-03-28T01:00", Berlin), 2, sundays, Berlin);

        Assert.Equal(Local("2027-03-28T04:00", Berlin), due);
    }

    [Fact]
    public void Hours_in_two_parts_end_where_they_end_in_one() => Prop.ForAll(
        Arb.From(
            from minutes in Gen.Choose(0, 60 * 24 * 400)
            from first in Gen.Choose(0, 3000)
            from second in Gen.Choose(0, 3000)
            select (Start: Scenario.Morning.AddMinutes(minutes), First: first / 100m, Second: second / 100m)),
        wait =>
        {
            var hours = Hours("08:30", "17:30", new DateOnly(2026, 12, 25), new DateOnly(2027, 3, 29));
            DateTimeOffset Add(DateTimeOffset from, decimal length) =>
                BusinessCalendar.AddBusinessHours(from, length, hours, Berlin);
            var end = Add(wait.Start, wait.First + wait.Second);

            Assert.Equal(end, Add(Add(wait.Start, wait.First), wait.Second));
            Assert.True(end >= wait.Start);
            Assert.True(BusinessCalendar.IsWorkingDay(BusinessCalendar.DayOf(end, Berlin), hours));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_local_time_that_is_skipped_rolls_forward() =>
        Assert.Equal(
            new DateTimeOffset(2027, 3, 28, 1, 0, 0, TimeSpan.Zero),
            BusinessCalendar.At(new DateOnly(2027, 3, 28), new TimeOnly(2, 30), Berlin));

    [Fact]
    public void Of_a_local_time_that_comes_twice_the_first_is_meant() =>
        Assert.Equal(
            new DateTimeOffset(2026, 10, 25, 0, 30, 0, TimeSpan.Zero),
            BusinessCalendar.At(new DateOnly(2026, 10, 25), new TimeOnly(2, 30), Berlin));

    [Fact]
    public void A_calendar_without_a_working_day_is_refused() =>
        Assert.Throws<InvalidOperationException>(() => BusinessCalendar.AddBusinessHours(
            Scenario.Morning, 1, new BusinessHours(new TimeOnly(8, 0), new TimeOnly(17, 0), [], []), Shanghai));

    [Fact]
    public void Sixty_days_after_a_due_date_on_a_Saturday_is_the_Monday_after() =>
        Assert.Equal(
            new DateOnly(2025, 12, 1),
            BusinessCalendar.NextWorkingDay(new DateOnly(2025, 9, 30).AddDays(60), IsWeekday));

    [Fact]
    public void A_working_day_is_its_own_next_one_and_holidays_are_passed_over()
    {
        var friday = new DateOnly(2026, 11, 6);

        Assert.Equal(friday, BusinessCalendar.NextWorkingDay(friday, IsWeekday));
        Assert.Equal(
            new DateOnly(2026, 11, 10),
            BusinessCalendar.NextWorkingDay(
                friday, day => IsWeekday(day) && day != friday && day != new DateOnly(2026, 11, 9)));
    }

    [Fact]
    public void An_inquiry_on_the_last_evening_of_September_UTC_counts_in_October_in_Shanghai()
    {
        var received = new DateTimeOffset(2025, 9, 30, 16, 30, 0, TimeSpan.Zero);

        Assert.Equal("2025-10", BusinessCalendar.MonthOf(received, Shanghai).ToString());
        Assert.Equal("2025-09", BusinessCalendar.MonthOf(received, TimeZoneInfo.Utc).ToString());
    }

    [Fact]
    public void A_day_ends_a_second_before_the_next_one_begins() =>
        Assert.Equal(
            new DateTimeOffset(2026, 11, 4, 15, 59, 59, TimeSpan.Zero),
            BusinessCalendar.EndOfDay(new DateOnly(2026, 11, 4), Shanghai));

    [Theory]
    [InlineData("2026-11", true)]
    [InlineData("2026-13", false)]
    [InlineData("2026-1", false)]
    [InlineData("26-11", false)]
    [InlineData("2026-11-01", false)]
    [InlineData(" 2026-11", false)]
    [InlineData(null, false)]
    public void A_month_is_written_in_one_way(string? text, bool isMonth)
    {
        Assert.Equal(isMonth, Month.TryParse(text, out var month));
        Assert.Equal(isMonth ? text : "0001-01", isMonth ? month.ToString() : "0001-01");
    }

    [Fact]
    public void Months_follow_each_other_over_the_year()
    {
        var december = new Month(2026, 12);

        Assert.Equal(new Month(2027, 1), december.Next);
        Assert.Equal(december, december.Next.Previous);
        Assert.Equal(new DateOnly(2026, 12, 31), december.LastDay);
        Assert.True(december < december.Next);
    }

    [Theory]
    [InlineData("2026-11-04T09:00", "2026-11-04T10:30", 1.5)] // Within a day.
    [InlineData("2026-11-04T17:00", "2026-11-05T09:00", 1)] // Over a night.
    [InlineData("2026-11-06T17:00", "2026-11-09T09:00", 1)] // Over a weekend.
    [InlineData("2026-11-10T17:00", "2026-11-12T09:00", 1)] // Over the holiday of the 11th.
    [InlineData("2026-11-07T08:00", "2026-11-08T20:00", 0)] // On a weekend.
    [InlineData("2026-11-05T09:00", "2026-11-04T09:00", 0)] // The wrong way round.
    public void The_working_time_between_two_moments_is_counted(string from, string to, decimal hours) =>
        Assert.Equal(hours, BusinessCalendar.BusinessHoursBetween(
            Local(from, Shanghai), Local(to, Shanghai), Hours("08:30", "17:30", new DateOnly(2026, 11, 11)), Shanghai));

    private static BusinessHours Hours(string start, string end, params DateOnly[] holidays) =>
        new(TimeOnly.Parse(start, null), TimeOnly.Parse(end, null), Weekdays, holidays);

    private static DateTimeOffset Local(string text, TimeZoneInfo zone)
    {
        var local = DateTime.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
        return new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime();
    }
}
