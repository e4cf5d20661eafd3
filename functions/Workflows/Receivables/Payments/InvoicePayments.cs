using Workflows.Platform;
using Workflows.Records;
using Workflows.Trade;

namespace Workflows.Receivables.Payments;

/// <summary>Payments that an invoice does not show yet.</summary>
/// <param name="Due">To be booked now.</param>
/// <param name="Later">Of a later value date.</param>
internal sealed record UnbookedPayments(IReadOnlyList<PaymentBooked> Due, IReadOnlyList<PaymentBooked> Later)
{
    /// <summary>What is still to count, in the invoice's currency.</summary>
    public decimal LaterAmount => Later.Sum(payment => payment.Payment.Amount.Amount);

    /// <summary>The next day on which one counts; null when none does.</summary>
    public DateOnly? NextOn => Later.Count == 0 ? null : Later.Min(payment => payment.Payment.ValueDate);
}

/// <summary>
/// What was taken in for each invoice, in table <c>InvoicePayments</c>: a partition an invoice. A payment is written
/// together with the row <c>!guard</c>, under its ETag, and a collection ends by closing that guard under its ETag: so
/// a payment is either seen by its collection, or finds the guard closed. The event for it is only a wake-up.
/// </summary>
internal static class InvoicePayments
{
    [Guarded]
    private const string Table = "InvoicePayments";
    private const string GuardRow = "!guard";

    /// <summary>Puts a payment before the collection, once.</summary>
    /// <returns>False when the collection has ended: the money has to go elsewhere.</returns>
    public static Task<bool> TryPutAsync(
        ITableStore tables, InvoiceId invoice, PaymentBooked signal, CancellationToken cancellation)
    {
        var row = new TableRow(invoice.Value, signal.Key).With(signal);
        // Another payment may come, or the collection end, between the read and the write.
        return ConflictRetry.RunAsync(async () =>
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

            await tables.ExecuteAsync(
                Table, [Set(invoice, guard, closed: false), TableOperation.Insert(row)], cancellation);
            return true;
        });
    }

    /// <summary>Puts a payment that is taken back before a collection that has ended and starts again, once.</summary>
    public static Task ReopenAsync(
        ITableStore tables, InvoiceId invoice, PaymentBooked signal, CancellationToken cancellation)
    {
        var row = new TableRow(invoice.Value, signal.Key).With(signal);
        return ConflictRetry.RunAsync(async () =>
        {
            var rows = await ReadAsync(tables, invoice, cancellation);
            if (!rows.Exists(kept => kept.RowKey == row.RowKey))
            {
                var guard = rows.Find(kept => kept.RowKey == GuardRow);
                await tables.ExecuteAsync(
                    Table, [Set(invoice, guard, closed: false), TableOperation.Insert(row)], cancellation);
            }

            return Nothing.Value;
        });
    }

    /// <summary>Takes a payment away that its collection has not booked yet.</summary>
    public static Task WithdrawAsync(
        ITableStore tables, InvoiceId invoice, PaymentBooked signal, CancellationToken cancellation) =>
        tables.DeleteIfPresentAsync(Table, invoice.Value, signal.Key, cancellation);

    /// <summary>Payments that the invoice does not show yet.</summary>
    /// <param name="today">In the company's zone: what is of a later value date does not count yet.</param>
    public static async Task<UnbookedPayments> UnbookedAsync(
        ITableStore tables, Invoice invoice, DateOnly today, CancellationToken cancellation)
    {
        var all = Unbooked(invoice, await ReadAsync(tables, invoice.Id, cancellation));
        return new UnbookedPayments(
            all.FindAll(payment => payment.Payment.ValueDate <= today),
            all.FindAll(payment => payment.Payment.ValueDate > today));
    }

    /// <summary>Closes the guard, unless there are payments that the invoice does not show.</summary>
    /// <returns>Those payments; empty when the guard is closed now.</returns>
    public static Task<IReadOnlyList<PaymentBooked>> CloseAsync(
        ITableStore tables, Invoice invoice, CancellationToken cancellation) =>
        ConflictRetry.RunAsync<IReadOnlyList<PaymentBooked>>(async () =>
        {
            var rows = await ReadAsync(tables, invoice.Id, cancellation);
            var guard = rows.Find(row => row.RowKey == GuardRow);
            var unbooked = Unbooked(invoice, rows);
            if (unbooked.Count == 0)
            {
                // A payment that comes before this is written changes the guard, and is in the next look.
                await tables.ExecuteAsync(Table, [Set(invoice.Id, guard, closed: true)], cancellation);
            }

            return unbooked;
        });

    // The guard's key is the first: what is added after it was read changes its ETag.
    private static async Task<List<TableRow>> ReadAsync(
        ITableStore tables, InvoiceId invoice, CancellationToken cancellation) =>
        await tables.ReadAllAsync(Table, TableQuery.Of(invoice.Value), cancellation).ToListAsync(cancellation);

    private static List<PaymentBooked> Unbooked(Invoice invoice, List<TableRow> rows) =>
        [.. rows.Where(row => row.RowKey != GuardRow)
            .Select(row => row.Read<PaymentBooked>())
            .Where(payment => !invoice.Shows(payment))];

    private static TableOperation Set(InvoiceId invoice, TableRow? guard, bool closed) =>
        TableOperation.Write(new TableRow(invoice.Value, GuardRow) { ["Closed"] = closed }, guard?.ETag);
}
