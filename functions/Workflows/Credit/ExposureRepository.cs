using System.Globalization;
using Workflows.Platform;
using Workflows.Records;
using Workflows.Trade;

namespace Workflows.Credit;

/// <summary>One amount at risk.</summary>
/// <param name="Invoice">Null for an order that is not billed yet.</param>
/// <param name="Amount">What is open of it.</param>
/// <param name="Due">Null while its due date is not known.</param>
internal sealed record ExposureItem(DealId Deal, InvoiceId? Invoice, Money Amount, DateOnly? Due);

/// <summary>All that is at risk with a customer, as of one version of their guard row.</summary>
/// <param name="Version">ETag of the guard; null when there is none yet.</param>
internal sealed record ExposureSheet(
    string? Version, IReadOnlyList<ExposureItem> Items, IReadOnlyList<CreditGrant> Grants,
    IReadOnlyList<CreditDefault> Defaults)
{
    /// <summary>Whether invoices stand for the deal's order already: it must not be counted beside them.</summary>
    public bool IsBilled(DealId deal) => Items.Any(item => item.Deal == deal && item.Invoice is not null);
}

/// <summary>
/// What is at risk with each customer, in table <c>Exposure</c>: a partition a customer. A writer that adds to it also
/// changes the row <c>!guard</c> under the ETag that they read with the rest, so that of two orders at once the second
/// sees the first.
/// </summary>
internal static class ExposureRepository
{
    [Guarded]
    private const string Table = "Exposure";
    private const string GuardRow = "!guard";
    private const string OrderPrefix = "order|";
    private const string InvoicePrefix = "invoice|";
    private const string GrantPrefix = "grant|";
    private const string DefaultPrefix = "default|";

    /// <summary>
    /// Reads the guard and everything else. Its key is the first of the partition, so that what is added after it was
    /// read changes the ETag that the sheet has.
    /// </summary>
    public static async Task<ExposureSheet> ReadAsync(
        ITableStore tables, CustomerId customer, CancellationToken cancellation)
    {
        var guard = default(string);
        var items = new List<ExposureItem>();
        var grants = new List<CreditGrant>();
        var defaults = new List<CreditDefault>();
        await foreach (var row in tables.ReadAllAsync(Table, TableQuery.Of(customer.Value), cancellation))
        {
            if (row.RowKey == GuardRow)
            {
                guard = row.ETag;
            }
            else if (row.RowKey.StartsWith(GrantPrefix, StringComparison.Ordinal))
            {
                grants.Add(CreditGrant.Read(row));
            }
            else if (row.RowKey.StartsWith(DefaultPrefix, StringComparison.Ordinal))
            {
                defaults.Add(CreditDefault.Read(row));
            }
            else
            {
                items.Add(ToItem(row));
            }
        }

        return new ExposureSheet(guard, items, grants, defaults);
    }

    /// <summary>Counts a confirmed order, if no other writer added anything since the sheet was read.</summary>
    /// <exception cref="RowConflictException">Another writer did; nothing was written.</exception>
    public static Task ReserveAsync(
        ITableStore tables, CustomerId customer, string? guard, DealId deal, Money amount,
        CancellationToken cancellation)
    {
        var row = new TableRow(customer.Value, GuardRow) { ["Last"] = deal.Value };
        return tables.ExecuteAsync(
            Table,
            [
                TableOperation.Write(row, guard),
                TableOperation.Upsert(ToRow(customer, new ExposureItem(deal, null, amount, null))),
            ],
            cancellation);
    }

    /// <summary>Turns an order into its invoices, in one step: the customer's total stays what it was.</summary>
    public static async Task BillAsync(
        ITableStore tables,
        CustomerId customer,
        DealId deal,
        IEnumerable<ExposureItem> invoices,
        CancellationToken cancellation)
    {
        var rows = invoices.Select(item => ToRow(customer, item)).ToList();
        var order = TableOperation.Delete(customer.Value, OrderPrefix + deal, TableOperation.AnyETag);
        try
        {
            await tables.ExecuteAsync(Table, [.. rows.Select(TableOperation.Upsert), order], cancellation);
        }
        catch (RowConflictException conflict) when (conflict.Reason == RowConflict.Missing)
        {
            // An earlier run has turned it already.
            await tables.UpsertAllAsync(Table, rows, cancellation);
        }
    }

    /// <summary>Notes what is open of an invoice now; nothing open takes it off the sheet.</summary>
    public static Task SetInvoiceAsync(
        ITableStore tables, CustomerId customer, ExposureItem item, CancellationToken cancellation) =>
        item.Amount.Amount > 0
            ? tables.UpsertAsync(Table, ToRow(customer, item), cancellation)
            : tables.DeleteIfPresentAsync(Table, customer.Value, InvoicePrefix + item.Invoice, cancellation);

    /// <summary>Takes a cancelled order off the sheet, and what was granted for it.</summary>
    public static async Task ReleaseAsync(
        ITableStore tables, CustomerId customer, DealId deal, CancellationToken cancellation)
    {
        await tables.DeleteIfPresentAsync(Table, customer.Value, OrderPrefix + deal, cancellation);
        await tables.DeleteIfPresentAsync(Table, customer.Value, GrantPrefix + deal, cancellation);
    }

    /// <summary>Keeps what was asked or granted for a deal.</summary>
    public static Task KeepGrantAsync(
        ITableStore tables, CustomerId customer, CreditGrant grant, CancellationToken cancellation) =>
        tables.UpsertAsync(Table, grant.Write(new TableRow(customer.Value, GrantPrefix + grant.Deal)), cancellation);

    /// <summary>Notes what was given up of an invoice and is still not in; nothing takes it off the sheet.</summary>
    public static Task SetDefaultAsync(
        ITableStore tables, CustomerId customer, CreditDefault debt, CancellationToken cancellation)
    {
        var key = DefaultPrefix + debt.Invoice;
        return debt.Amount.Amount > 0
            ? tables.UpsertAsync(Table, debt.Write(new TableRow(customer.Value, key)), cancellation)
            : tables.DeleteIfPresentAsync(Table, customer.Value, key, cancellation);
    }

    private static TableRow ToRow(CustomerId customer, ExposureItem item) =>
        new(customer.Value, item.Invoice is { } invoice ? InvoicePrefix + invoice : OrderPrefix + item.Deal)
        {
            ["Deal"] = item.Deal.Value,
            ["Invoice"] = item.Invoice?.Value,
            ["Amount"] = item.Amount.Amount,
            ["Currency"] = item.Amount.Currency.Code,
            ["Due"] = item.Due?.ToString("O", CultureInfo.InvariantCulture),
        };

    private static ExposureItem ToItem(TableRow row) => new(
        new DealId(row.RequiredText("Deal")),
        row.Text("Invoice") is { } invoice ? new InvoiceId(invoice) : null,
        Money.Of(row.Number("Amount")!.Value, row.RequiredText("Currency")),
        row.Text("Due") is { } due ? DateOnly.ParseExact(due, "yyyy-MM-dd", CultureInfo.InvariantCulture) : null);
}
