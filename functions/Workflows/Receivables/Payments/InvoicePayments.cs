using Workflows.Platform;
using Workflows.Records;
using Workflows.Trade;

namespace Workflows.Receivables.Payments;

/// <summary>
/// What was taken in for each invoice, in table <c>InvoicePayments</c>: a partition an invoice. A payment is written
/// together with the row <c>!gate</c>, under its ETag, and a collection ends by closing that gate under its ETag: so a
/// payment is either seen by its collection, or finds the gate closed. The event that tells it is only a wake-up.
/// </summary>
internal static class InvoicePayments
{
    private const string Table = "InvoicePayments";
    private const string GateRow = "!gate";

    /// <summary>Puts a payment before the collection, once.</summary>
    /// <returns>False when the collection has ended: the money has to go elsewhere.</returns>
    public static async Task<bool> TryPutAsync(
        ITableStore tables, InvoiceId invoice, PaymentBooked signal, CancellationToken cancellation)
    {
        var row = new TableRow(invoice.Value, PaymentKey.Of(signal.Payment.Reference)).With(signal);
        while (true)
        {
            var gate = await tables.GetAsync(Table, invoice.Value, GateRow, cancellation);
            if (await tables.GetAsync(Table, invoice.Value, row.RowKey, cancellation) is not null)
            {
                return true;
            }

            if (gate?.Flag("Closed") == true)
            {
                return false;
            }

            try
            {
                await tables.ExecuteAsync(Table, [Set(invoice, gate, closed: false), TableOperation.Insert(row)], cancellation);
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
        ITableStore tables, Invoice invoice, CancellationToken cancellation)
    {
        var payments = new List<PaymentBooked>();
        await foreach (var row in tables.ReadAllAsync(Table, TableQuery.Of(invoice.Id.Value), cancellation))
        {
            if (row.RowKey != GateRow)
            {
                payments.Add(row.Read<PaymentBooked>());
            }
        }

        return [.. payments.Where(payment => !invoice.Shows(payment.Payment.Reference))];
    }

    /// <summary>Closes the gate, unless there are payments that the invoice does not show.</summary>
    /// <returns>Those payments; empty when the gate is closed now.</returns>
    public static async Task<IReadOnlyList<PaymentBooked>> CloseAsync(
        ITableStore tables, Invoice invoice, CancellationToken cancellation)
    {
        while (true)
        {
            var gate = await tables.GetAsync(Table, invoice.Id.Value, GateRow, cancellation);
            var unbooked = await UnbookedAsync(tables, invoice, cancellation);
            if (unbooked.Count > 0)
            {
                return unbooked;
            }

            try
            {
                await tables.ExecuteAsync(Table, [Set(invoice.Id, gate, closed: true)], cancellation);
                return [];
            }
            catch (RowConflictException)
            {
                // A payment came between our read and our write: it is in the next look.
            }
        }
    }

    private static TableOperation Set(InvoiceId invoice, TableRow? gate, bool closed)
    {
        var row = new TableRow(invoice.Value, GateRow) { ["Closed"] = closed };
        return gate is null ? TableOperation.Insert(row) : TableOperation.Replace(row, gate.ETag!);
    }
}
