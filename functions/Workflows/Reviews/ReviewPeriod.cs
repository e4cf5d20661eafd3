using Workflows.Calendars;

namespace Workflows.Reviews;

/// <summary>The stretch of time a review looks at, UTC.</summary>
/// <param name="From">First moment of the month in the company's zone.</param>
/// <param name="To">First moment after it.</param>
/// <param name="CohortUntil">The month's own inquiries are followed up to here.</param>
/// <param name="FactsUntil">
/// Facts at or after this do not count: what is later than the run, or than the cohort.
/// </param>
internal sealed record ReviewPeriod(
    Month Month, DateTimeOffset From, DateTimeOffset To, DateTimeOffset CohortUntil, DateTimeOffset FactsUntil)
{
    /// <summary>Long enough for most orders of a month's inquiries; after it the report no longer moves.</summary>
    public const int CohortDays = 90;

    /// <summary>The month was not over.</summary>
    public bool IsProvisional => FactsUntil < To;

    public static ReviewPeriod Of(Month month, DateTimeOffset now, TimeZoneInfo zone)
    {
        var nextMonth = month.LastDay.AddDays(1);
        var cohortUntil = BusinessCalendar.StartOfDay(nextMonth.AddDays(CohortDays), zone);
        return new ReviewPeriod(
            month,
            BusinessCalendar.StartOfDay(month.FirstDay, zone),
            BusinessCalendar.StartOfDay(nextMonth, zone),
            cohortUntil,
            now < cohortUntil ? now.ToUniversalTime() : cohortUntil);
    }

    /// <summary>
    /// The months that hold the facts: the month itself, and the later ones that its cohort reaches into.
    /// </summary>
    public IReadOnlyList<Month> Months(TimeZoneInfo zone)
    {
        var months = new List<Month> { Month };
        for (var next = Month.Next; BusinessCalendar.StartOfDay(next.FirstDay, zone) < FactsUntil; next = next.Next)
        {
            months.Add(next);
        }

        return months;
    }

    /// <summary>Whether something happened in the month, as far as the review looks.</summary>
    public bool Covers(DateTimeOffset at) => From <= at && at < To && at < FactsUntil;
}
