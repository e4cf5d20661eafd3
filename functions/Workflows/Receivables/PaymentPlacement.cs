using Workflows.Credit;
using Workflows.Facts;
using Workflows.Platform;
using Workflows.Policies;
using Workflows.Receivables.Payments;
using Workflows.Receivables.WriteOffs;
using Workflows.Records;
using Workflows.Trade;

namespace Workflows.Receivables;

/// <summary>
/// Puts a payment where it belongs: on the invoice that it names for certain, on the customer's balance when nothing of
/// that is open, or on the list of those that wait for a person. Each step may be done again.
/// </summary>
internal sealed class PaymentPlacement(
    IOrchestrationClient client, ITableStore tables, PolicyStore policies, InvoiceService invoices, TimeProvider time)
{
    /// <summary>Places a payment by what it says itself.</summary>
    public async Task<PaymentReceipt> PlaceAsync(ReceivedPayment kept, CancellationToken cancellation)
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

        var candidates = await NamedInAsync(payment.RemittanceText ?? "", payment.Amount, cancellation);
        if (candidates.FindAll(invoice => invoice.Open == payment.Amount) is [var exact])
        {
            return await PutAsync(kept, exact, cancellation);
        }

        return candidates switch
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

    /// <summary>Puts a payment on an invoice, or where it goes instead.</summary>
    public async Task<PaymentReceipt> PutAsync(ReceivedPayment kept, Invoice invoice, CancellationToken cancellation)
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

        var (chosen, refusal) = await PaymentRepository.ChooseAsync(tables, kept.Id, invoice.Id, cancellation);
        if (refusal is not null)
        {
            return PaymentReceipt.Refused(refusal, kept);
        }

        if (chosen != invoice.Id)
        {
            invoice = (await InvoiceRepository.FindAsync(tables, chosen, cancellation))!;
        }

        kept = kept with { Chosen = chosen };
        var signal = SignalOf(kept);
        if (!await InvoicePayments.TryPutAsync(tables, invoice.Id, signal, cancellation))
        {
            return await CreditAsync(kept, invoice, cancellation);
        }

        // Only a wake-up: the collection finds the payment in its table too.
        await CollectionSignal.Event.RaiseAsync(client, invoice.Id.Value, signal, signal.Id, cancellation);
        var booked = kept with { State = PaymentState.Booked, Invoice = invoice.Id, Note = null };
        await PaymentRepository.SetAsync(tables, booked, cancellation);
        if (payment.ValueDate > policies.Current.Company.DayOf(time.GetUtcNow()))
        {
            return new PaymentReceipt(
                PaymentOutcome.Booked,
                $"{payment.Amount} counts on invoice {invoice.Number} from {payment.ValueDate:O} on, its value date.",
                booked,
                invoice);
        }

        var shown = await invoices.WatchAsync(
            invoice.Id, after => after.Shows(signal), invoices.StartWaiting(), cancellation);
        return new PaymentReceipt(
            PaymentOutcome.Booked, $"{payment.Amount} is on invoice {invoice.Number}.", booked, shown.State);
    }

    /// <summary>What tells the collection of a payment's present placing.</summary>
    public static PaymentBooked SignalOf(ReceivedPayment kept) =>
        new($"payment|{kept.Payment.Key}{PaymentKey.Move(kept.Move)}", kept.By, kept.Payment) { Move = kept.Move };

    /// <summary>Keeps a payment for a person.</summary>
    public async Task<PaymentReceipt> ParkAsync(
        ReceivedPayment kept, PaymentState state, string note, CancellationToken cancellation)
    {
        var parked = kept with { State = state, Note = note };
        await PaymentRepository.SetAsync(tables, parked, cancellation);
        var outcome = state switch
        {
            PaymentState.UnknownInvoice => PaymentOutcome.UnknownInvoice,
            PaymentState.WrongCurrency => PaymentOutcome.WrongCurrency,
            PaymentState.PossibleDuplicate => PaymentOutcome.PossibleDuplicate,
            _ => PaymentOutcome.Unmatched,
        };
        return new PaymentReceipt(outcome, note, parked, null);
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

    private async Task<List<Invoice>> NamedInAsync(string text, Money amount, CancellationToken cancellation)
    {
        var candidates = new List<Invoice>();
        foreach (var named in PaymentMatch.Find(text))
        {
            var ofDeal = await InvoiceRepository.OfDealAsync(tables, named.Deal, cancellation);
            if (PaymentMatch.Choose(named, ofDeal, amount) is { } invoice)
            {
                candidates.Add(invoice);
            }
        }

        return [.. candidates.DistinctBy(invoice => invoice.Id)];
    }

    private async Task<PaymentReceipt> CreditAsync(
        ReceivedPayment kept, Invoice invoice, CancellationToken cancellation)
    {
        var (payment, signal, policy) = (kept.Payment, SignalOf(kept), policies.Current);
        var recovered = await LateRecovery.BookAsync(
            tables, policy, invoice, payment, kept.By, kept.ReceivedAt, cancellation);
        var rest = payment.Amount - recovered;
        if (rest.Amount > 0)
        {
            await CustomerBalanceRepository.KeepAsync(
                tables,
                PaymentRows.Balance(
                    invoice, signal, rest, payment.ValueDate, policy.Company.DayOf(kept.ReceivedAt)),
                cancellation);
        }

        await FactLog.WriteAsync(
            tables, [PaymentRows.Cash(invoice, signal, policy.Company)], policy, cancellation);
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
}
