using Workflows.Platform;
using Workflows.Records;
using Workflows.Trade;

namespace Workflows.Inquiries;

/// <summary>
/// What was assigned to whom, in table <c>Assignments</c>: partition of a deal holds each assignment by its step,
/// partition of a customer its present owner, partition <c>last</c> when each person last got a deal.
/// </summary>
public static class AssignmentRepository
{
    private const string Table = "Assignments";
    private const string Last = "last";

    /// <summary>Who looks after a customer; null if nobody yet.</summary>
    public static async Task<StaffId?> OwnerOfAsync(
        ITableStore tables, CustomerId customer, CancellationToken cancellation) =>
        (await tables.GetAsync(Table, customer.Value, "owner", cancellation))?.Text("Staff") is { } staff
            ? new StaffId(staff)
            : null;

    /// <summary>From now on this person looks after the customer.</summary>
    public static Task SetOwnerAsync(
        ITableStore tables, CustomerId customer, StaffId owner, CancellationToken cancellation) =>
        tables.UpsertAsync(Table, new TableRow(customer.Value, "owner") { ["Staff"] = owner.Value }, cancellation);

    /// <summary>When each person last got a deal, UTC; those who never did are not there.</summary>
    internal static async Task<IReadOnlyDictionary<StaffId, DateTimeOffset>> LastAssignedAsync(
        ITableStore tables, CancellationToken cancellation) =>
        await tables.ReadAllAsync(Table, TableQuery.Of(Last), cancellation).ToDictionaryAsync(
            row => new StaffId(row.RowKey), row => row.Time("At")!.Value, cancellationToken: cancellation);

    internal static Task SetLastAssignedAsync(
        ITableStore tables, StaffId staff, DateTimeOffset at, CancellationToken cancellation) =>
        tables.UpsertAsync(Table, new TableRow(Last, staff.Value) { ["At"] = at }, cancellation);

    /// <summary>Keeps what a step has chosen; when it has chosen before, that stays.</summary>
    /// <returns>The one that is kept.</returns>
    internal static async Task<Assignment> KeepAsync(
        ITableStore tables, DealId deal, string step, Assignment assignment, CancellationToken cancellation)
    {
        var row = new TableRow(deal.Value, step) { ["Staff"] = assignment.Owner?.Value }.With(assignment);
        return await tables.TryInsertAsync(Table, row, cancellation)
            ? assignment
            : (await tables.GetAsync(Table, deal.Value, step, cancellation))!.Read<Assignment>();
    }
}
