using System.Text.Json;
using Workflows.Platform;
using Workflows.Records;
using Workflows.Trade;

namespace Workflows.Reviews;

/// <summary>A review as it is kept.</summary>
/// <param name="RanAt">When the figures were last counted, UTC.</param>
/// <param name="By">Who asked for that.</param>
/// <param name="ChangedAt">When a run last found other figures than before, UTC.</param>
public sealed record KeptReview(ReviewReport Report, DateTimeOffset RanAt, StaffId By, DateTimeOffset ChangedAt);

/// <summary>
/// Where reviews are kept: table <c>Reviews</c>, one row a month, and beside it in another partition one row a month
/// with the receivables at its end.
/// </summary>
public static class ReviewRepository
{
    [Guarded]
    private const string Table = "Reviews";
    private const string Partition = "month";
    private const string ReceivablesPartition = "receivables";
    private const string ChangedByActivity = "ChangedByActivity";

    /// <summary>The review of a month, or null.</summary>
    /// <param name="tables">Where.</param>
    /// <param name="month">As <c>yyyy-MM</c>; anything else is no review.</param>
    /// <param name="cancellation">Stops reading.</param>
    public static async Task<KeptReview?> FindAsync(ITableStore tables, string month, CancellationToken cancellation) =>
        Calendars.Month.TryParse(month, out _)
            ? (await tables.GetAsync(Table, Partition, month, cancellation))?.Read<KeptReview>()
            : null;

    /// <summary>The reviews of a month and later, the latest month first.</summary>
    public static async Task<IReadOnlyList<KeptReview>> ListAsync(
        ITableStore tables, string fromMonth, CancellationToken cancellation)
    {
        var reviews = new List<KeptReview>();
        var query = TableQuery.Of(Partition) with { RowFrom = fromMonth };
        await foreach (var row in tables.ReadAllAsync(Table, query, cancellation))
        {
            reviews.Add(row.Read<KeptReview>());
        }

        reviews.Reverse();
        return reviews;
    }

    /// <summary>
    /// Keeps a review, unless a run that saw later facts was faster. The row remembers the activity that changed it, so
    /// that the activity run again gives the same answer.
    /// </summary>
    /// <returns>Whether the figures are other than those kept before.</returns>
    internal static async Task<bool> KeepAsync(
        ITableStore tables, KeptReview review, string activity, CancellationToken cancellation)
    {
        while (true)
        {
            var row = await tables.GetAsync(Table, Partition, review.Report.Month, cancellation);
            var before = row?.Read<KeptReview>();
            if (row?.Text(ChangedByActivity) == activity)
            {
                return true;
            }

            if (before is not null && before.RanAt > review.RanAt)
            {
                return false;
            }

            var changed = before is null || !SameFigures(before.Report, review.Report);
            var kept = changed ? review : review with { ChangedAt = before!.ChangedAt };
            var next = new TableRow(Partition, review.Report.Month)
            {
                [ChangedByActivity] = changed ? activity : row!.Text(ChangedByActivity),
            }.With(kept);
            try
            {
                await tables.ExecuteAsync(
                    Table,
                    [row is null ? TableOperation.Insert(next) : TableOperation.Replace(next, row.ETag!)],
                    cancellation);
                return changed;
            }
            catch (RowConflictException)
            {
                // Another run of the same month wrote meanwhile: ours is compared with theirs.
            }
        }
    }

    /// <summary>The receivables at the end of a month, or null.</summary>
    internal static async Task<ReceivableFigures?> FindReceivablesAsync(
        ITableStore tables, string month, CancellationToken cancellation) =>
        (await tables.GetAsync(Table, ReceivablesPartition, month, cancellation))?.Read<ReceivableFigures>();

    /// <summary>Keeps the receivables at the end of a month; when there are some already, those stay.</summary>
    /// <returns>The ones that are kept.</returns>
    internal static async Task<ReceivableFigures> KeepReceivablesAsync(
        ITableStore tables, string month, ReceivableFigures figures, CancellationToken cancellation) =>
        await tables.TryInsertAsync(Table, new TableRow(ReceivablesPartition, month).With(figures), cancellation)
            ? figures
            : (await FindReceivablesAsync(tables, month, cancellation))!;

    private static bool SameFigures(ReviewReport left, ReviewReport right) =>
        Text(left) == Text(right with { FactsUntil = left.FactsUntil });

    private static string Text(ReviewReport report) => JsonSerializer.Serialize(report, DurableJson.Options);
}
