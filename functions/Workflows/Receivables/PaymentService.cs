using Workflows.Credit;
using Workflows.Facts;
using Workflows.Platform;
using Workflows.Policies;
using Workflows.Receivables.Payments;
using Workflows.Receivables.WriteOffs;
using Workflows.Records;
using Workflows.Trade;

namespace Workflows.Receivables;

/// <summary>What became of a payment.</summary>
/// <param name="Message">For people.</param>
/// <param name="Payment">As it is kept; null when it was refused.</param>
/// <param name="Invoice">The invoice it is on, after it; null when it is on none.</param>
public sealed record PaymentReceipt(PaymentOutcome Outcome, string Message, ReceivedPayment? Payment, Invoice? Invoice);

/// <summary>What became of a payment.</summary>
public enum PaymentOutcome
{
    /// <summary>On its invoice.</summary>
    Booked,

    /// <summary>The bank's reference was taken in before, with the same content: nothing changed.</summary>
    Duplicate,

    /// <summary>
    /// The bank's reference was taken in before, with another content: nothing changed, a person must look.
    /// </summary>
    Conflict,

    /// <summary>Its invoice was settled already: kept on the customer's balance.</summary>
    Credited,

    /// <summary>Kept: nothing says for certain what it is for.</summary>
    Unmatched,

    /// <summary>Kept: the invoice it names is not ours.</summary>
    UnknownInvoice,

    /// <summary>Kept: another currency than its invoice's, which is never booked by itself.</summary>
    WrongCurrency,

    /// <summary>Not a payment: nothing was kept.</summary>
    Refused,

    /// <summary>
    /// Its invoice was written off before: booked against the loss; what is more is kept on the customer's balance.
    /// </summary>
    Recovered,
}

/// <summary>
/// Takes payments in. The bank's own reference makes them count once; what cannot be placed for certain is kept for a
/// person. Money that was taken in is durable when the call returns, whatever becomes of the process after it.
/// </summary>
public sealed class PaymentService(
    IOrchestrationClient client, ITableStore tables, PolicyStore policies, InvoiceService invoices, TimeProvider time)
{
    private const int LongestReference = 140;

    /// <summary>Takes a payment in and places it.</summary>
    /// <param name="payment">Its reference is the bank's; the same one again is the same payment.</param>
    /// <param name="by">Who took it in.</param>
    public async Task<PaymentReceipt> ReceiveAsync(Payment payment, StaffId by, CancellationToken cancellation)
    {
        payment = payment with { Reference = payment.Reference.Trim(), Invoice = Blank(payment.Invoice) };
        if (Refusal(payment) is { } reason)
        {
            return new PaymentReceipt(PaymentOutcome.Refused, reason, null, null);
        }

        var fresh = new ReceivedPayment(payment, by, time.GetUtcNow(), PaymentState.Received, null, null);
        var kept = await PaymentRepository.KeepAsync(tables, fresh, cancellation);
        if (kept.Payment.Amount != payment.Amount || kept.Payment.Invoice != payment.Invoice)
        {
            return new PaymentReceipt(
                PaymentOutcome.Conflict,
                $"Reference {payment.Reference} was taken in before as {kept.Payment.Amount}{For(kept.Payment)}. "
                    + "Nothing was booked.",
                kept,
                null);
        }

        // One that stopped half-way goes on from here: every step after this is harmless when it is done again.
        return kept.State == PaymentState.Received
            ? await PlaceAsync(kept, cancellation)
            : new PaymentReceipt(
                PaymentOutcome.Duplicate,
                $"Reference {payment.Reference} was taken in before; it counts once.",
                kept,
                kept.Invoice is { } id ? await InvoiceRepository.FindAsync(tables, id, cancellation) : null);
    }

    /// <summary>Payments that wait for a person: unmatched, of unknown invoices, in a wrong currency.</summary>
    public Task<Page<ReceivedPayment>> ListOpenAsync(
        int pageSize, string? continuation, CancellationToken cancellation) =>
        PaymentRepository.ListOpenAsync(tables, pageSize, continuation, cancellation);

    /// <summary>A payment by the bank's reference, or null.</summary>
    public Task<ReceivedPayment?> FindAsync(string reference, CancellationToken cancellation) =>
        PaymentRepository.FindAsync(tables, reference.Trim(), cancellation);

    /// <summary>Puts a payment that waits for a person on an invoice of its currency.</summary>
    public async Task<PaymentReceipt> AssignAsync(
        string reference, InvoiceId invoice, StaffId by, CancellationToken cancellation)
    {
        var kept = await FindAsync(reference, cancellation);
        if (kept is not { WaitsForPerson: true })
        {
            return new PaymentReceipt(
                PaymentOutcome.Refused, "No payment of that reference waits to be placed.", kept, null);
        }

        return await InvoiceRepository.FindAsync(tables, invoice, cancellation) is { } found
            ? await PutAsync(kept with { By = by }, found, cancellation)
            : new PaymentReceipt(PaymentOutcome.Refused, $"There is no invoice {invoice}.", kept, null);
    }

    private async Task<PaymentReceipt> PlaceAsync(ReceivedPayment kept, CancellationToken cancellation)
    {
        var payment = kept.Payment;
        if (kept.Chosen is { } chosen)
        {
            return await PutAsync(
                kept, (await InvoiceRepository.FindAsync(tables, chosen, cancellation))!, cancellation);
        }

        if (payment.Invoice is { } name)
        {
            return await FindNamedAsync(name, payment.Amount, cancellation) is { } named
                ? await PutAsync(kept, named, cancellation)
                : await ParkAsync(
                    kept, PaymentState.UnknownInvoice,
                    $"There is no open invoice '{name}'. Kept until somebody places it.", cancellation);
        }

        var candidates = new List<Invoice>();
        foreach (var named in PaymentMatch.Find(payment.RemittanceText ?? ""))
        {
            var ofDeal = await InvoiceRepository.OfDealAsync(tables, named.Deal, cancellation);
            if (PaymentMatch.Choose(named, ofDeal, payment.Amount) is { } invoice)
            {
                candidates.Add(invoice);
            }
        }

        return candidates.DistinctBy(invoice => invoice.Id).ToList() switch
        {
            [var only] => await PutAsync(kept, only, cancellation),
            [] =>
                await ParkAsync(
                    kept, PaymentState.Unmatched,
                    "Its text names no invoice of ours for certain. Kept until somebody places it.", cancellation),
            var several => await ParkAsync(
                kept,
                PaymentState.Unmatched,
                $"Its text names {several.Count} invoices "
                    + $"({string.Join(", ", several.Select(invoice => invoice.Number))}); one payment is never divided "
                    + "by guess.",
                cancellation),
        };
    }

    private async Task<Invoice?> FindNamedAsync(string name, Money amount, CancellationToken cancellation)
    {
        if (await InvoiceRepository.FindAsync(tables, new InvoiceId(name), cancellation) is { } byId)
        {
            return byId;
        }

        return PaymentMatch.Find(name) is [var named]
            ? PaymentMatch.Choose(named, await InvoiceRepository.OfDealAsync(tables, named.Deal, cancellation), amount)
            : null;
    }

    private async Task<PaymentReceipt> PutAsync(ReceivedPayment kept, Invoice invoice, CancellationToken cancellation)
    {
        var payment = kept.Payment;
        if (payment.Amount.Currency != invoice.Amount.Currency)
        {
            return await ParkAsync(
                kept with { Invoice = invoice.Id },
                PaymentState.WrongCurrency,
                $"{payment.Amount} came in for invoice {invoice.Number}, which is in {invoice.Amount.Currency}. It is "
                    + "not converted by itself; somebody must decide.",
                cancellation);
        }

        var chosen = await PaymentRepository.ChooseAsync(tables, payment.Reference, invoice.Id, cancellation);
        if (chosen != invoice.Id)
        {
            invoice = (await InvoiceRepository.FindAsync(tables, chosen, cancellation))!;
        }

        kept = kept with { Chosen = chosen };
        var signal = new PaymentBooked($"payment|{PaymentKey.Of(payment.Reference)}", kept.By, payment);
        if (!await InvoicePayments.TryPutAsync(tables, invoice.Id, signal, cancellation))
        {
            return await CreditAsync(kept, invoice, cancellation);
        }

        // Only a wake-up: the collection finds the payment in its table too.
        await CollectionSignal.Event.RaiseAsync(client, invoice.Id.Value, signal, signal.Id, cancellation);
        var booked = kept with { State = PaymentState.Booked, Invoice = invoice.Id, Note = null };
        await PaymentRepository.SetAsync(tables, booked, cancellation);
        var shown = await invoices.WatchAsync(
            invoice.Id, after => after.Shows(signal), invoices.StartWaiting(), cancellation);
        return new PaymentReceipt(
            PaymentOutcome.Booked, $"{payment.Amount} is on invoice {invoice.Number}.", booked, shown.State);
    }

    private async Task<PaymentReceipt> CreditAsync(
        ReceivedPayment kept, Invoice invoice, CancellationToken cancellation)
    {
        var (payment, policy) = (kept.Payment, policies.Current);
        var recovered = await LateRecovery.BookAsync(
            tables, policy, invoice, payment, kept.By, kept.ReceivedAt, cancellation);
        var rest = payment.Amount - recovered;
        if (rest.Amount > 0)
        {
            await CustomerBalanceRepository.KeepAsync(
                tables,
                PaymentRows.Balance(invoice, payment, rest, policy.Company.DayOf(kept.ReceivedAt)),
                cancellation);
        }

        await FactLog.WriteAsync(
            tables, [PaymentRows.Cash(invoice, payment, kept.ReceivedAt)], policy, cancellation);
        if (recovered.Amount > 0)
        {
            return await RecoveredAsync(kept, invoice, recovered, rest, cancellation);
        }

        var credited = kept with
        {
            State = PaymentState.Credited,
            Invoice = invoice.Id,
            Note = "The invoice was settled already",
        };
        await PaymentRepository.SetAsync(tables, credited, cancellation);
        return new PaymentReceipt(
            PaymentOutcome.Credited,
            $"Nothing of invoice {invoice.Number} is open any more: {payment.Amount} is kept as the customer's credit.",
            credited,
            invoice);
    }

    private async Task<PaymentReceipt> RecoveredAsync(
        ReceivedPayment kept, Invoice invoice, Money recovered, Money rest, CancellationToken cancellation)
    {
        var booked = kept with
        {
            State = PaymentState.Recovered,
            Invoice = invoice.Id,
            Note = "The invoice was written off already",
        };
        await PaymentRepository.SetAsync(tables, booked, cancellation);
        var more = rest.Amount > 0 ? $" {rest} is more than that and is kept as the customer's credit." : "";
        return new PaymentReceipt(
            PaymentOutcome.Recovered,
            $"Invoice {invoice.Number} was written off: {recovered} is booked against the loss.{more}",
            booked,
            await InvoiceRepository.FindAsync(tables, invoice.Id, cancellation));
    }

    private async Task<PaymentReceipt> ParkAsync(
        ReceivedPayment kept, PaymentState state, string note, CancellationToken cancellation)
    {
        var parked = kept with { State = state, Note = note };
        await PaymentRepository.SetAsync(tables, parked, cancellation);
        var outcome = state switch
        {
            PaymentState.UnknownInvoice => PaymentOutcome.UnknownInvoice,
            PaymentState.WrongCurrency => PaymentOutcome.WrongCurrency,
            _ => PaymentOutcome.Unmatched,
        };
        return new PaymentReceipt(outcome, note, parked, null);
    }

    private static string? Refusal(Payment payment) => payment switch
    {
        { Reference.Length: 0 or > LongestReference } =>
            $"A payment has the bank's reference, of at most {LongestReference} characters.",
        { Amount.Amount: <= 0 } => "A payment is above zero.",
        { Amount.IsWhole: false } =>
            $"{payment.Amount.Currency} has {payment.Amount.Currency.MinorUnits} decimal places.",
        _ => null,
    };

    private static string For(Payment payment) => payment.Invoice is { } name ? $" for {name}" : "";

    private static string? Blank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
