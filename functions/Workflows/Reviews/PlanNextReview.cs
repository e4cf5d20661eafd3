using Workflows.Activities;
using Workflows.Calendars;
using Workflows.Facts;
using Workflows.Platform;
using Workflows.Policies;

namespace Workflows.Reviews;

/// <summary>Where the schedule stands.</summary>
/// <param name="Now">UTC.</param>
internal sealed record PlanNextInput(string? LastMonth, DateTimeOffset Now);

/// <summary>The next review.</summary>
/// <param name="DueAt">UTC; past when it is to be caught up.</param>
internal sealed record NextReview(string Month, DateTimeOffset DueAt);

/// <summary>Says which month is reviewed next and when. Writes nothing: a second run says the same.</summary>
internal sealed class PlanNextReview(PolicyStore policies) : BusinessActivity<PlanNextReview, PlanNextInput, NextReview>
{
    public override async Task<NextReview> RunAsync(ActivityContext context, PlanNextInput input)
    {
        var policy = policies.Current;
        var next = Month.TryParse(input.LastMonth, out var last)
            ? last.Next
            : ReviewCalendar.First(input.Now, await HasFactsAsync(context, input.Now, policy), policy);
        return new NextReview(next.ToString(), ReviewCalendar.DueAt(next, policy));
    }

    private static async Task<bool> HasFactsAsync(ActivityContext context, DateTimeOffset now, Policy policy)
    {
        var month = BusinessCalendar.MonthOf(now, policy.Company.Zone()).Previous.ToString();
        var page = await context.Tables.QueryAsync(
            FactLog.Table, TableQuery.Of(month) with { PageSize = 1 }, context.Stopping);
        return page.Items.Count > 0;
    }
}

/// <summary>When months are reviewed. Pure.</summary>
internal static class ReviewCalendar
{
    /// <summary>
    /// The first month of a new schedule: the one before, if anything happened in it; else the present one.
    /// </summary>
    public static Month First(DateTimeOffset now, bool previousHasFacts, Policy policy)
    {
        var present = BusinessCalendar.MonthOf(now, policy.Company.Zone());
        return previousHasFacts ? present.Previous : present;
    }

    /// <summary>The policy's day and hour of the month after, in the company's zone; UTC.</summary>
    public static DateTimeOffset DueAt(Month month, Policy policy)
    {
        var day = month.Next.FirstDay.AddDays(policy.Reviews.Day - 1);
        return BusinessCalendar.At(day, new TimeOnly(policy.Reviews.Hour, 0), policy.Company.Zone());
    }
}
