using Workflows.Calendars;
using Workflows.Platform;
using Workflows.Policies;
using Workflows.Trade;

namespace Workflows.Reviews;

/// <summary>What became of a request for a review.</summary>
/// <param name="Reason">Why it was refused or failed, for people.</param>
/// <param name="Review">The review, once done.</param>
public sealed record ReviewReceipt(ReviewOutcome Outcome, string? Reason, KeptReview? Review);

/// <summary>What became of a request for a review.</summary>
public enum ReviewOutcome
{
    /// <summary>The review is there.</summary>
    Done,

    /// <summary>It is being counted, and will be there.</summary>
    Running,

    /// <summary>It cannot be asked for.</summary>
    Refused,

    /// <summary>It was tried in vain; the instance says why.</summary>
    Failed,
}

/// <summary>Reads reviews, and has them made on request.</summary>
public sealed class ReviewService(
    IOrchestrationClient client, ITableStore tables, PolicyStore policies, TimeProvider time)
{
    // Real time: a person waits for it.
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    private static readonly Month Earliest = new(2000, 1);

    private static readonly HashSet<OrchestrationStatus> Ended =
        [OrchestrationStatus.Completed, OrchestrationStatus.Failed, OrchestrationStatus.Terminated];

    /// <summary>
    /// Has a month reviewed now, and waits a moment for it. The present month is provisional; a request while one runs
    /// joins it.
    /// </summary>
    /// <param name="month">As <c>yyyy-MM</c>, in the company's zone; not in the future, and not before 2000.</param>
    /// <param name="by">Who asks.</param>
    /// <param name="cancellation">Stops waiting; the review goes on.</param>
    public async Task<ReviewReceipt> RequestAsync(string month, StaffId by, CancellationToken cancellation)
    {
        if (Refusal(month) is { } reason)
        {
            return new ReviewReceipt(ReviewOutcome.Refused, reason, null);
        }

        // Not the schedule's own id: a review asked for in mid-month must not stand in the way of the scheduled one.
        var id = ReviewSchedule.IdOf(month) + "-asked";
        await MonthlyReview.ScheduleAsync(
            client, new ReviewInput(month, by, IsByHand: true), new ScheduleOptions(id, ReplaceIf: Ended),
            cancellation);
        return await WaitAsync(id, month, cancellation);
    }

    /// <summary>The review of a month, or null.</summary>
    public Task<KeptReview?> GetAsync(string month, CancellationToken cancellation) =>
        ReviewRepository.FindAsync(tables, month, cancellation);

    /// <summary>
    /// The reviews of so many months, the latest first; of months without a review nothing is listed.
    /// </summary>
    /// <param name="months">How many months a page goes back.</param>
    /// <param name="cursor">From the page before; null for the first.</param>
    /// <param name="cancellation">Stops reading.</param>
    /// <exception cref="FormatException">The cursor is no page's.</exception>
    public async Task<Page<ReviewSummary>> ListAsync(int months, string? cursor, CancellationToken cancellation)
    {
        var last = cursor is null ? Present
            : Month.TryParse(cursor, out var asked) ? asked
            : throw new FormatException($"'{cursor}' is no month.");
        var from = last.AddMonths(1 - months);
        var listed = await ReviewRepository.ListAsync(tables, from, last, cancellation);
        var isLast = await ReviewRepository.FirstMonthAsync(tables, cancellation) is not { } first || first >= from;
        return new Page<ReviewSummary>(
            [.. listed.Select(ReviewSummary.Of)], isLast ? null : from.Previous.ToString());
    }

    /// <summary>Why a month cannot be reviewed; null when it can.</summary>
    public string? Refusal(string month)
    {
        if (!Month.TryParse(month, out var asked))
        {
            return "A month is written yyyy-MM, such as 2026-10.";
        }

        return asked > Present ? $"{month} has not begun."
            : asked < Earliest ? $"Nothing was counted before {Earliest}."
            : null;
    }

    private Month Present => BusinessCalendar.MonthOf(time.GetUtcNow(), policies.Current.Company.Zone());

    private async Task<ReviewReceipt> WaitAsync(string id, string month, CancellationToken cancellation)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        timeout.CancelAfter(Timeout);
        try
        {
            var ended = await client.WaitForCompletionAsync(id, timeout.Token);
            return ended?.Status == OrchestrationStatus.Completed
                ? new ReviewReceipt(ReviewOutcome.Done, null, await GetAsync(month, cancellation))
                : new ReviewReceipt(ReviewOutcome.Failed, ended?.Failure?.Message ?? ended?.Reason, null);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new ReviewReceipt(ReviewOutcome.Running, null, null);
        }
    }
}
