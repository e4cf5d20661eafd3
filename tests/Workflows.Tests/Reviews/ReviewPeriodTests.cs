using Workflows.Calendars;
using Workflows.Facts;
using Workflows.Reviews;
using static Workflows.Tests.Reviews.Given;

namespace Workflows.Tests.Reviews;

public class ReviewPeriodTests
{
    [Fact]
    public void A_month_begins_and_ends_at_midnight_of_the_company()
    {
        var period = Period();

        Assert.Equal((At("2025-09-30T16:00Z"), At("2025-10-31T16:00Z")), (period.From, period.To));
        Assert.Equal(At("2026-01-29T16:00Z"), period.CohortUntil);
    }

    [Fact]
    public void A_month_that_is_not_over_is_provisional()
    {
        Assert.True(Period(At("2025-10-31T15:59Z")).IsProvisional);
        Assert.False(Period(At("2025-10-31T16:00Z")).IsProvisional);
    }

    [Theory]
    [InlineData("2025-10-10T00:00Z", "2025-10")]
    [InlineData("2025-11-03T01:00Z", "2025-10 2025-11")]
    [InlineData("2026-06-01T00:00Z", "2025-10 2025-11 2025-12 2026-01")]
    public void A_review_reads_the_month_and_those_its_inquiries_reach_into(string now, string months) =>
        Assert.Equal(months, string.Join(' ', Period(At(now)).Months(Zone)));

    [Theory]
    [InlineData("2025-10", "2025-11-03T01:00Z")]
    [InlineData("2025-12", "2026-01-03T01:00Z")]
    public void A_month_is_due_on_the_policys_day_and_hour_of_the_next(string month, string due)
    {
        Assert.True(Month.TryParse(month, out var parsed));

        Assert.Equal(At(due), ReviewCalendar.DueAt(parsed, Policy));
    }

    [Fact]
    public void A_new_schedule_begins_with_the_last_month_only_if_something_happened_in_it()
    {
        // In the company's zone November has begun.
        var now = At("2025-10-31T16:00Z");

        Assert.Equal(October, ReviewCalendar.First(now, previousHasFacts: true, Policy));
        Assert.Equal(October.Next, ReviewCalendar.First(now, previousHasFacts: false, Policy));
    }
}
