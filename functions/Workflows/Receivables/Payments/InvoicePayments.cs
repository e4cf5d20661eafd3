using Workflows.Platform;
using Workflows.Records;
using Workflows.Trade;

namespace Workflows.Receivables.Payments;

/// <summary>
/// What was taken in for each invoice, in table <c>InvoicePayments</c>: a partition an invoice. A payment is written
/// together with the row <c>!guard</c>, under its ETag, and a collection ends by closing that guard under its ETag: so
/// a payment is either seen by its collection, or finds the guard closed. The event that tells it is only a wake-up.
/// </summary>
internal static class InvoicePayments
{
    [Guarded]
    private const string Table = "InvoicePayments";
    private const string GuardRow = "!guard";

    /// <summary>Puts a payment before the collection, once.</summary>
    /// <returns>False when the collection has ended: the money has to go elsewhere.</returns>
    public static async Task<bool> TryPutAsync(
        ITableStore tables, InvoiceId invoice, PaymentBooked signal, CancellationToken cancellation)
    {
        var row = new TableRow(invoice.Value, PaymentKey.Of(signal.Payment.Reference)).With(signal);
        while (true)
        {
            var rows = await ReadAsync(tables, invoice, cancellation);
            var guard = rows.Find(kept => kept.RowKey == GuardRow);
            if (rows.Exists(kept => kept.RowKey == row.RowKey))
            {
                return true;
            }

            if (guard?.Flag("Closed") == true)
            {
                return false;
            }

            try
            {
                await tables.ExecuteAsync(
                    Table, [Set(invoice, guard, closed: false), TableOperation.Insert(row)], cancellation);
                return true;
            }
            catch (RowConflictException)
            {
                // Another payment came, or the collection ended, between our read and our write: look again.
            }
        }
    }

    /// <summary>Payments that the invoice does not show yet.</summary>
    public static async Task<IReadOnlyList<PaymentBooked>> UnbookedAsync(
        ITableStore tables, Invoice invoice, CancellationToken cancellation) =>
        Unbooked(invoice, await ReadAsync(tables, invoice.Id, cancellation));

    /// <summary>Closes the guard, unless there are payments that the invoice does not show.</summary>
    /// <returns>Those payments; empty when the guard is closed now.</returns>
    public static async Task<IReadOnlyList<PaymentBooked>> CloseAsync(
        ITableStore tables, Invoice invoice, CancellationToken cancellation)
    {
        while (true)
        {
            var rows = await ReadAsync(tables, invoice.Id, cancellation);
            var guard = rows.Find(row => row.RowKey == GuardRow);
            var unbooked = Unbooked(invoice, rows);
            if (unbooked.Count > 0)
            {
                return unbooked;
            }

            try
            {
                await tables.ExecuteAsync(Table, [Set(invoice.Id, guard, closed: true)], cancellation);
                return [];
            }
            catch (RowConflictException)
            {
                // A payment came between our read and our write: it is in the next look.
            }
        }
    }

    // The guard's key is the first: what is added after it was read changes its ETag.
    private static async Task<List<TableRow>> ReadAsync(
        ITableStore tables, InvoiceId invoice, CancellationToken cancellation)
    {
        var rows = new List<TableRow>();
        await foreach (var row in tables.ReadAllAsync(Table, TableQuery.Of(invoice.Value), cancellation))
        {
            rows.Add(row);
        }

        return rows;
    }

    private static List<PaymentBooked> Unbooked(Invoice invoice, List<TableRow> rows) =>
        [.. rows.Where(row => row.RowKey != GuardRow)
            .Select(row => row.Read<PaymentBooked>())
            .Where(payment => !invoice.Shows(payment.Payment.Reference))];

    private static TableOperation Set(InvoiceId invoice, TableRow? guard, bool closed)
    {
        var row = new TableRow(invoice.Value, GuardRow) { ["Closed"] = closed };
        return guard is null ? TableOperation.Insert(row) : TableOperation.Replace(row, guard.ETag!);
    }
}
