using Workflows.Platform;
using Workflows.Policies;
using Workflows.Receivables.Payments;
using Workflows.Trade;

namespace Workflows.Receivables;

/// <summary>
/// Takes payments in. A bank entry counts once; what cannot be placed for certain, or may be told again, is kept for a
/// person and never dropped. Money that was taken in is durable when the call returns, whatever becomes of the process
/// after it.
/// </summary>
public sealed class PaymentService(
    IOrchestrationClient client, ITableStore tables, PolicyStore policies, InvoiceService invoices,
    IReopenedInvoices reopened, TimeProvider time)
{
    private const int LongestReference = 140;

    private readonly PaymentPlacement _placement = new(client, tables, policies, invoices, time);
    private readonly PaymentReversals _reversals = new(client, tables, policies, invoices, reopened, time);

    /// <summary>Takes a payment in and places it.</summary>
    /// <param name="payment">As the bank tells it; an empty reference is none.</param>
    /// <param name="request">Key of the request: the same one again is the same payment.</param>
    /// <param name="by">Who took it in.</param>
    public async Task<PaymentReceipt> ReceiveAsync(
        Payment payment, string request, StaffId by, CancellationToken cancellation)
    {
        payment = payment with
        {
            Reference = Blank(payment.Reference) ?? BankEntry.NoReference,
            Invoice = Blank(payment.Invoice),
        };
        if (Refusal(payment) is { } reason)
        {
            return PaymentReceipt.Refused(reason, payment: null);
        }

        var fresh = new ReceivedPayment(payment, by, time.GetUtcNow(), PaymentState.Received, null, null)
        {
            Request = request,
        };
        var kept = await PaymentRepository.KeepAsync(tables, fresh, cancellation);

        // One that stopped half-way goes on from here: every step after this is harmless when it is done again.
        return kept switch
        {
            { State: PaymentState.Received, DuplicateOf: { } other } => await DoubtAsync(kept, other, cancellation),
            { State: PaymentState.Received } => await _placement.PlaceAsync(kept, cancellation),
            _ => new PaymentReceipt(
                PaymentOutcome.Duplicate,
                $"{Described(kept)} was taken in before; it counts once.",
                kept,
                kept.Invoice is { } id ? await invoices.FindAsync(id, cancellation) : null),
        };
    }

    /// <summary>Payments that wait for a person.</summary>
    public Task<Page<ReceivedPayment>> ListOpenAsync(
        int pageSize, string? continuation, CancellationToken cancellation) =>
        PaymentRepository.ListOpenAsync(tables, pageSize, continuation, cancellation);

    /// <summary>A payment by its id, or null.</summary>
    public Task<ReceivedPayment?> FindAsync(string id, CancellationToken cancellation) =>
        PaymentRepository.FindAsync(tables, id, cancellation);

    /// <summary>All payments of a bank's reference; none for a placeholder, which names no payment.</summary>
    public Task<IReadOnlyList<ReceivedPayment>> OfReferenceAsync(string reference, CancellationToken cancellation) =>
        PaymentRepository.OfReferenceAsync(tables, reference.Trim(), cancellation);

    /// <summary>Books a payment that waits for a person on an invoice of its currency.</summary>
    /// <param name="invoice">Null lets the payment's own words decide: it is no duplicate.</param>
    public async Task<PaymentReceipt> AssignAsync(
        string id, InvoiceId? invoice, StaffId by, CancellationToken cancellation)
    {
        var kept = await FindAsync(id, cancellation);
        if (kept is not { WaitsForPerson: true, State: not PaymentState.TakingBack })
        {
            return PaymentReceipt.Refused("That payment does not wait to be placed.", kept);
        }

        kept = kept with { By = by };
        if (invoice is not { } chosen)
        {
            return await _placement.PlaceAsync(kept, cancellation);
        }

        return await invoices.FindAsync(chosen, cancellation) is { } found
            ? await _placement.PutAsync(kept, found, cancellation)
            : PaymentReceipt.Refused($"There is no invoice {chosen}.", kept);
    }

    /// <summary>Takes a payment off the list of those that wait, for a reason, without an invoice.</summary>
    public async Task<PaymentReceipt> SettleAsync(
        string id, SettledAs settled, string reason, StaffId by, CancellationToken cancellation)
    {
        var settlement = new PaymentSettlement(settled, reason.Trim(), by, time.GetUtcNow());
        var (kept, refusal) = await PaymentRepository.SettleAsync(tables, id, settlement, cancellation);
        return refusal is null
            ? new PaymentReceipt(PaymentOutcome.Settled, $"{Described(kept!)} is settled.", kept, Invoice: null)
            : PaymentReceipt.Refused(refusal, kept);
    }

    /// <summary>Takes a payment off the invoice or balance that it is wrongly on.</summary>
    /// <param name="to">The invoice that it belongs on; null leaves it for a person to place.</param>
    public async Task<PaymentReceipt> TakeBackAsync(
        string id, string reason, InvoiceId? to, StaffId by, CancellationToken cancellation)
    {
        if (to is not { } right)
        {
            return await _reversals.TakeBackAsync(id, reason.Trim(), by, cancellation);
        }

        if (await invoices.FindAsync(right, cancellation) is not { } invoice)
        {
            return PaymentReceipt.Refused($"There is no invoice {right}.", payment: null);
        }

        if ((await FindAsync(id, cancellation))?.Invoice == right)
        {
            return PaymentReceipt.Refused($"That payment is on invoice {right} already.", payment: null);
        }

        var taken = await _reversals.TakeBackAsync(id, reason.Trim(), by, cancellation);
        return taken.Outcome == PaymentOutcome.TakenBack
            ? await _placement.PutAsync(taken.Payment! with { By = by }, invoice, cancellation)
            : taken;
    }

    private async Task<PaymentReceipt> DoubtAsync(ReceivedPayment kept, string other, CancellationToken cancellation)
    {
        var known = (await FindAsync(other, cancellation))!;
        var on = known.Invoice is { } invoice ? $" for invoice {invoice}" : "";
        return await _placement.ParkAsync(
            kept,
            PaymentState.PossibleDuplicate,
            $"Possible duplicate of {Described(known)}{on}. Kept until a person books it, or says that it is the same "
                + "bank entry.",
            cancellation);
    }

    private static string? Refusal(Payment payment) => payment switch
    {
        { Reference.Length: > LongestReference } =>
            $"A bank's reference has at most {LongestReference} characters.",
        { Amount.Amount: <= 0 } => "A payment is above zero.",
        { Amount.IsWhole: false } =>
            $"{payment.Amount.Currency} has {payment.Amount.Currency.MinorUnits} decimal places.",
        _ => null,
    };

    private static string Described(ReceivedPayment kept)
    {
        var (payment, payer) = (kept.Payment, kept.Payment.Remitter is { } remitter ? $" from {remitter}" : "");
        return $"{payment.Amount} of {payment.ValueDate:O}{payer} under reference {payment.Reference}";
    }

    private static string? Blank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
