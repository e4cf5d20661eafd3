using Workflows.Platform;
using Workflows.Records;
using Workflows.Trade;

namespace Workflows.Customers;

/// <summary>
/// The customers, in table <c>Customers</c>: partition is the customer, row <c>customer</c> is who they are, rows
/// <c>order|…</c> are what they ordered.
/// </summary>
public static class CustomerRepository
{
    [Guarded]
    private const string Table = "Customers";
    private const string FileRow = "customer";

    /// <summary>Keeps a customer, once.</summary>
    /// <returns>The one that is kept under that id.</returns>
    internal static async Task<Customer> KeepAsync(
        ITableStore tables, Customer customer, CancellationToken cancellation) =>
        await tables.TryInsertAsync(Table, ToRow(customer), cancellation)
            ? customer
            : (await FindAsync(tables, customer.Id, cancellation))!;

    /// <summary>A customer, or null.</summary>
    public static async Task<Customer?> FindAsync(ITableStore tables, CustomerId id, CancellationToken cancellation) =>
        (await tables.GetAsync(Table, id.Value, FileRow, cancellation))?.Read<Customer>();

    /// <summary>A page of customers in the order of their ids.</summary>
    public static async Task<Page<Customer>> ListAsync(
        ITableStore tables, int pageSize, string? continuation, CancellationToken cancellation)
    {
        var query = new TableQuery { PageSize = pageSize, Continuation = continuation };
        var page = await tables.QueryAsync(Table, query, cancellation);
        var files = page.Items.Where(row => row.RowKey == FileRow).Select(row => row.Read<Customer>());
        return new Page<Customer>([.. files], page.Continuation);
    }

    /// <summary>
    /// Changes a file on top of what another writer wrote meanwhile. <paramref name="change"/> may run again; when
    /// it changes nothing, nothing is written.
    /// </summary>
    /// <returns>The file as it is now; null when there is no such customer.</returns>
    public static Task<Customer?> ChangeAsync(
        ITableStore tables, CustomerId id, Func<Customer, Customer> change, CancellationToken cancellation) =>
        tables.ChangeAsync(
            Table,
            id.Value,
            FileRow,
            row =>
            {
                var before = row?.Read<Customer>();
                var after = before is null ? null : change(before);
                return after is null || ReferenceEquals(after, before)
                    ? RowChange.None(before)
                    : RowChange.Write(ToRow(after), (Customer?)after);
            },
            cancellation);

    /// <summary>Notes a confirmed order, once per deal: from then on the customer is a repeat customer.</summary>
    public static Task RecordOrderAsync(
        ITableStore tables, CustomerId customer, DealId deal, Money total, DateTimeOffset at,
        CancellationToken cancellation) =>
        tables.UpsertAsync(
            Table,
            new TableRow(
                customer.Value,
                "order|" + deal)
            { ["Amount"] = total.Amount, ["Currency"] = total.Currency.Code, ["At"] = at },
            cancellation);

    /// <summary>Whether the customer ordered in another deal than this one.</summary>
    public static async Task<bool> HasOrderedAsync(
        ITableStore tables, CustomerId customer, DealId except, CancellationToken cancellation)
    {
        var query = TableQuery.Of(customer.Value, "order|") with { PageSize = 2 };
        var page = await tables.QueryAsync(Table, query, cancellation);
        return page.Items.Any(row => row.RowKey != "order|" + except);
    }

    private static TableRow ToRow(Customer customer) =>
        new TableRow(
            customer.Id.Value, FileRow)
        { ["Name"] = customer.Name, ["OnHold"] = customer.IsOnHold }.With(customer);

    /// <summary>The id of the customer of a key.</summary>
    internal static CustomerId IdFor(string key) => new("C-" + ReadableCode.Of(key, 10));
}
