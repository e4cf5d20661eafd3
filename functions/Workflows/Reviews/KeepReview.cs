using Workflows.Activities;
using Workflows.Platform;
using Workflows.Policies;
using Workflows.Records;
using Workflows.Trade;

namespace Workflows.Reviews;

/// <summary>What was counted, ready to be put together.</summary>
internal sealed record KeepReviewInput(
    string Month,
    DateTimeOffset Now,
    StaffId By,
    IReadOnlyList<CountedScope> Counted,
    ReceivableFigures Receivables,
    IReadOnlyList<LossReason> LossReasons);

/// <summary>Whether the figures are other than those kept before.</summary>
internal sealed record KeepReviewResult(bool HasChanged);

/// <summary>
/// Composes the report and keeps it under its month. Keyed by month; a second run of the step answers as the first did.
/// </summary>
internal sealed class KeepReview(PolicyStore policies) : BusinessActivity<KeepReview, KeepReviewInput, KeepReviewResult>
{
    public override async Task<KeepReviewResult> RunAsync(ActivityContext context, KeepReviewInput input)
    {
        var policy = policies.Current;
        var period = MonthFacts.PeriodOf(input.Month, input.Now, policy);
        var report = ReviewComposition.Compose(period, input.Counted, input.Receivables, input.LossReasons, policy);
        var review = new KeptReview(report, input.Now, input.By, input.Now);
        return new KeepReviewResult(
            await ReviewRepository.KeepAsync(context.Tables, review, ActivityKey.Of(context), context.Stopping));
    }
}
