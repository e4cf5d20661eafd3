using System.Text.Json.Serialization;
using Workflows.Platform;
using Workflows.Records;
using Workflows.Trade;

namespace Workflows.Receivables.Payments;

/// <summary>A payment as it was taken in, and what became of it.</summary>
/// <param name="Invoice">
/// The invoice it was put on, or would be but for its currency; null while it is not known.
/// </param>
/// <param name="Note">For people: why a person must look at it.</param>
/// <param name="Chosen">The one invoice that it can be on, once a person or the rule has chosen; null before.</param>
public sealed record ReceivedPayment(
    Payment Payment, StaffId By, DateTimeOffset ReceivedAt, PaymentState State, InvoiceId? Invoice, string? Note,
    InvoiceId? Chosen = null)
{
    /// <summary>Whether a person must say what it is for: nothing has placed it.</summary>
    [JsonIgnore]
    public bool WaitsForPerson => State is not (PaymentState.Booked or PaymentState.Credited or PaymentState.Recovered);
}

/// <summary>
/// What became of a payment. The first is on its way, or stopped on it; three others wait for a person.
/// </summary>
public enum PaymentState
{
    /// <summary>Taken in, not placed yet.</summary>
    Received,

    /// <summary>On an invoice.</summary>
    Booked,

    /// <summary>On the customer's balance: its invoice was settled already.</summary>
    Credited,

    /// <summary>Nothing says for certain what it is for.</summary>
    Unmatched,

    /// <summary>It names an invoice that we do not know.</summary>
    UnknownInvoice,

    /// <summary>It is in another currency than its invoice; it is never converted silently.</summary>
    WrongCurrency,

    /// <summary>On an invoice that was written off before, against the loss.</summary>
    Recovered,
}

/// <summary>
/// Where payments are kept: table <c>Payments</c>, a partition a bank reference, and table <c>OpenPayments</c> with
/// those that wait for a person.
/// </summary>
internal static class PaymentRepository
{
    [Guarded]
    private const string Payments = "Payments";
    [Guarded]
    private const string Open = "OpenPayments";
    private const string Row = "payment";

    /// <summary>
    /// Keeps a payment that was not seen before. It is on the list of those that wait for a person until it is placed,
    /// so that one whose process died half-way is not forgotten.
    /// </summary>
    /// <returns>The one that is kept: this one, or the first of its reference.</returns>
    public static async Task<ReceivedPayment> KeepAsync(
        ITableStore tables, ReceivedPayment payment, CancellationToken cancellation)
    {
        var key = PaymentKey.Of(payment.Payment.Reference);
        if (!await tables.TryInsertAsync(Payments, new TableRow(key, Row).With(payment), cancellation))
        {
            return (await FindAsync(tables, payment.Payment.Reference, cancellation))!;
        }

        await tables.UpsertAsync(Open, new TableRow("open", key).With(payment), cancellation);
        return payment;
    }

    /// <summary>The payment of a bank reference, or null.</summary>
    public static async Task<ReceivedPayment?> FindAsync(
        ITableStore tables, string reference, CancellationToken cancellation) =>
        (await tables.GetAsync(Payments, PaymentKey.Of(reference), Row, cancellation))?.Read<ReceivedPayment>();

    /// <summary>
    /// Chooses the invoice that a payment goes on, once and for all: a second placing, after a crash or by another
    /// person in the same moment, places it there.
    /// </summary>
    /// <returns>The invoice that is chosen: this one, or the one before.</returns>
    public static Task<InvoiceId> ChooseAsync(
        ITableStore tables, string reference, InvoiceId invoice, CancellationToken cancellation)
    {
        var key = PaymentKey.Of(reference);
        return tables.ChangeAsync(
            Payments,
            key,
            Row,
            row =>
            {
                var payment = row!.Read<ReceivedPayment>();
                return payment.Chosen is { } chosen
                    ? RowChange.None(chosen)
                    : RowChange.Write(new TableRow(key, Row).With(payment with { Chosen = invoice }), invoice);
            },
            cancellation);
    }

    /// <summary>
    /// Notes what became of it, and puts it on the list of those that wait for a person, or takes it off.
    /// </summary>
    public static async Task SetAsync(ITableStore tables, ReceivedPayment payment, CancellationToken cancellation)
    {
        var key = PaymentKey.Of(payment.Payment.Reference);
        if (payment.WaitsForPerson)
        {
            await tables.UpsertAsync(Open, new TableRow("open", key).With(payment), cancellation);
        }
        else
        {
            // Another person may have placed it in the same moment.
            await tables.DeleteIfPresentAsync(Open, "open", key, cancellation);
        }

        await tables.UpsertAsync(Payments, new TableRow(key, Row).With(payment), cancellation);
    }

    /// <summary>A page of the payments that wait for a person.</summary>
    public static Task<Page<ReceivedPayment>> ListOpenAsync(
        ITableStore tables, int pageSize, string? continuation, CancellationToken cancellation) =>
        tables.ReadPageAsync<ReceivedPayment>(
            Open,
            TableQuery.Of("open") with { PageSize = pageSize, Continuation = continuation },
            cancellation);
}
