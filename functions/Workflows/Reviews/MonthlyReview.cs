using Workflows.Platform;
using Workflows.Trade;

namespace Workflows.Reviews;

/// <summary>A request to review a month.</summary>
/// <param name="Month">As <c>yyyy-MM</c>, in the company's zone.</param>
/// <param name="By">Who asked; the system for the schedule.</param>
/// <param name="IsByHand">A person asked: the review is mailed even when nothing changed.</param>
public sealed record ReviewInput(string Month, StaffId By, bool IsByHand);

/// <summary>What became of a review.</summary>
/// <param name="IsProvisional">The month was not over.</param>
/// <param name="HasChanged">The figures differ from those kept before, or there were none.</param>
/// <param name="MailsSent">How many managers and directors were notified.</param>
public sealed record ReviewResult(string Month, bool IsProvisional, bool HasChanged, int MailsSent);

/// <summary>
/// Reviews a month: counts its facts for the company, each region and each salesperson, and the receivables at its end;
/// puts the report together, keeps it, and notifies the managers. Run again, it finds the same figures for the same
/// facts.
/// </summary>
public sealed class MonthlyReview : Orchestration<MonthlyReview, ReviewInput, ReviewResult>
{
    private static readonly CallRetryPolicy Retry =
        new(maxAttempts: 5, TimeSpan.FromSeconds(10), backoffCoefficient: 3);

    /// <inheritdoc/>
    public override async Task<ReviewResult> RunAsync(OrchestrationContext context, ReviewInput input)
    {
        var now = context.UtcNow;
        var plan = await OpenReview.CallAsync(context, new OpenReviewInput(input.Month, now), Retry);
        var receivables = CountReceivables.CallAsync(context, new ReceivablesInput(input.Month, now), Retry);
        var counted = await Task.WhenAll(plan.Scopes.Select(scope => CountAsync(context, input.Month, now, scope)));
        var keep = new KeepReviewInput(input.Month, now, input.By, counted, await receivables, plan.LossReasons);
        var kept = await KeepReview.CallAsync(context, keep, Retry);
        var mails = kept.HasChanged || input.IsByHand
            ? (await SendReview.CallAsync(context, new SendReviewInput(input.Month), Retry)).MailsSent
            : 0;
        return new ReviewResult(input.Month, plan.IsProvisional, kept.HasChanged, mails);
    }

    private static async Task<CountedScope> CountAsync(
        OrchestrationContext context, string month, DateTimeOffset now, ReviewScope scope) =>
        new(scope, await CountFigures.CallAsync(context, new CountInput(month, now, scope), Retry));
}
