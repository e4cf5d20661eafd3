using Workflows.Calendars;
using Workflows.Platform;
using Workflows.Policies;

namespace Workflows.Reviews;

/// <summary>Which month, and when it is looked at.</summary>
/// <param name="Now">UTC; later facts do not count.</param>
internal sealed record OpenReviewInput(string Month, DateTimeOffset Now);

/// <summary>What the review has to count.</summary>
internal sealed record ReviewPlan(bool IsProvisional, IReadOnlyList<ReviewScope> Scopes, IReadOnlyList<LossReason> LossReasons);

/// <summary>Reads the month once and says whose figures there are to count. Writes nothing: a second run says the same.</summary>
internal sealed class OpenReview(PolicyStore policies) : Activity<OpenReview, OpenReviewInput, ReviewPlan>
{
    public override async Task<ReviewPlan> RunAsync(ActivityContext context, OpenReviewInput input)
    {
        var period = MonthFacts.PeriodOf(input.Month, input.Now, policies.Current);
        var facts = await MonthFacts.ReadAsync(context.Tables, period, policies.Current, context.Stopping);
        return new ReviewPlan(
            period.IsProvisional,
            ReviewScope.Of(facts, period, policies.Current),
            LossReasons.Of(facts, period));
    }
}

/// <summary>The facts that a review reads: the month's, and those of its inquiries' later fate.</summary>
internal static class MonthFacts
{
    public static ReviewPeriod PeriodOf(string month, DateTimeOffset now, Policy policy) =>
        Month.TryParse(month, out var parsed)
            ? ReviewPeriod.Of(parsed, now, policy.Company.Zone())
            : throw new ArgumentException("A month is written yyyy-MM.", nameof(month));

    public static async Task<IReadOnlyList<Fact>> ReadAsync(
        ITableStore tables, ReviewPeriod period, Policy policy, CancellationToken cancellation)
    {
        var facts = new List<Fact>();
        foreach (var month in period.Months(policy.Company.Zone()))
        {
            facts.AddRange(await FactLog.ReadAsync(tables, month.ToString(), cancellation));
        }

        return facts;
    }
}
