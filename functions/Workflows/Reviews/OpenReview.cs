using Workflows.Activities;
using Workflows.Platform;
using Workflows.Policies;

namespace Workflows.Reviews;

/// <summary>Which month, and when it is looked at.</summary>
/// <param name="Now">UTC; later facts do not count.</param>
internal sealed record OpenReviewInput(string Month, DateTimeOffset Now);

/// <summary>What the review has to count.</summary>
internal sealed record ReviewPlan(
    bool IsProvisional, IReadOnlyList<ReviewScope> Scopes, IReadOnlyList<LossReason> LossReasons);

/// <summary>
/// Reads the month once and says whose figures there are to count. Writes nothing: a second run says the same.
/// </summary>
internal sealed class OpenReview(PolicyStore policies) : BusinessActivity<OpenReview, OpenReviewInput, ReviewPlan>
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
