using System.Text.Json;
using Workflows.Calendars;
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
        Month.TryParse(month, out _)
            ? (await tables.GetAsync(Table, Partition, month, cancellation))?.Read<KeptReview>()
            : null;

    /// <summary>The reviews of some months, both ends included, the latest first.</summary>
    public static async Task<IReadOnlyList<KeptReview>> ListAsync(
        ITableStore tables, Month from, Month last, CancellationToken cancellation)
    {
        var reviews = await tables.ReadListAsync<KeptReview>(
            Table,
            TableQuery.Of(Partition) with { RowFrom = from.ToString(), RowBefore = last.Next.ToString() },
            cancellation);
        return [.. reviews.Reverse()];
    }

    /// <summary>The first month that was reviewed, or null.</summary>
    public static async Task<Month?> FirstMonthAsync(ITableStore tables, CancellationToken cancellation)
    {
        var page = await tables.QueryAsync(Table, TableQuery.Of(Partition) with { PageSize = 1 }, cancellation);
        return page.Items is [var first, ..] && Month.TryParse(first.RowKey, out var month) ? month : null;
    }

    /// <summary>
    /// Keeps a review, unless a run that saw later facts was faster. The row remembers the activity that changed it, so
    /// that the activity run again gives the same answer.
    /// </summary>
    /// <returns>Whether the figures are other than those kept before.</returns>
    internal static Task<bool> KeepAsync(
        ITableStore tables, KeptReview review, string activity, CancellationToken cancellation) =>
        tables.ChangeAsync(
            Table, Partition, review.Report.Month, row => Keep(row, review, activity), cancellation);

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

    private static RowChange<bool> Keep(TableRow? row, KeptReview review, string activity)
    {
        var before = row?.Read<KeptReview>();
        if (row?.Text(ChangedByActivity) == activity)
        {
            return RowChange.None(true);
        }

        if (before is not null && before.RanAt > review.RanAt)
        {
            return RowChange.None(false);
        }

        var changed = before is null || !SameFigures(before.Report, review.Report);
        var kept = changed ? review : review with { ChangedAt = before!.ChangedAt };
        var next = new TableRow(Partition, review.Report.Month)
        {
            [ChangedByActivity] = changed ? activity : row!.Text(ChangedByActivity),
        }.With(kept);
        return RowChange.Write(next, changed);
    }

    private static bool SameFigures(ReviewReport left, ReviewReport right) =>
        Text(left) == Text(right with { FactsUntil = left.FactsUntil });

    private static string Text(ReviewReport report) => JsonSerializer.Serialize(report, DurableJson.Options);
}
