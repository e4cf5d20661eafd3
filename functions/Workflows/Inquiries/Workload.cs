using Workflows.Platform;
using Workflows.Trade;

namespace Workflows.Inquiries;

/// <summary>
/// Who has how many open deals, in table <c>Workload</c>: partition is the person, one row per open deal. Both ways are
/// idempotent per person and deal.
/// </summary>
public static class Workload
{
    private const string Table = "Workload";

    /// <summary>Counts a deal for its owner.</summary>
    public static Task AddAsync(
        ITableStore tables, StaffId staff, DealId deal, DateTimeOffset since, CancellationToken cancellation) =>
        tables.UpsertAsync(Table, new TableRow(staff.Value, deal.Value) { ["Since"] = since }, cancellation);

    /// <summary>Takes it off again, at its end or at a handover.</summary>
    public static Task ReleaseAsync(
        ITableStore tables, StaffId staff, DealId deal, CancellationToken cancellation) =>
        tables.DeleteIfPresentAsync(Table, staff.Value, deal.Value, cancellation);

    /// <summary>How many open deals a person has; not counted beyond <paramref name="most"/>.</summary>
    public static async Task<int> CountAsync(
        ITableStore tables, StaffId staff, int most, CancellationToken cancellation)
    {
        var count = 0;
        var query = TableQuery.Of(staff.Value) with { PageSize = Math.Clamp(most, 1, TableRules.MaxPageSize) };
        await foreach (var _ in tables.ReadAllAsync(Table, query, cancellation))
        {
            if (++count >= most)
            {
                break;
            }
        }

        return Math.Min(count, most);
    }

    /// <summary>The open deals of a person, for handing over all of them.</summary>
    public static async Task<IReadOnlyList<DealId>> DealsOfAsync(
        ITableStore tables, StaffId staff, CancellationToken cancellation) =>
        await tables.ReadAllAsync(Table, TableQuery.Of(staff.Value), cancellation)
            .Select(row => new DealId(row.RowKey))
            .ToListAsync(cancellation);
}
