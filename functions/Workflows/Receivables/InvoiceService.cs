using Workflows.Credit;
using Workflows.Effects;
using Workflows.Platform;
using Workflows.Policies;
using Workflows.Receivables.Payments;
using Workflows.Records;
using Workflows.Trade;

namespace Workflows.Receivables;

/// <summary>What became of something that was told to an invoice.</summary>
/// <param name="Reason">Why it was refused, for people.</param>
/// <param name="Invoice">The invoice after it, or as it stands; null when there is none.</param>
public sealed record InvoiceReceipt(InvoiceOutcome Outcome, string? Reason, Invoice? Invoice);

/// <summary>What became of something that was told to an invoice.</summary>
public enum InvoiceOutcome
{
    /// <summary>Taken: the invoice shows its effect.</summary>
    Taken,

    /// <summary>Kept, and its effect will show: the collection is slow to answer.</summary>
    Accepted,

    /// <summary>Not possible as the invoice stands.</summary>
    Refused,

    /// <summary>There is no such invoice.</summary>
    NotFound,
}

/// <summary>Reads invoices, and tells their collections what people did.</summary>
public sealed class InvoiceService(
    IOrchestrationClient client, ITableStore tables, PolicyStore policies, EffectWait wait, TimeProvider time)
{
    /// <summary>An invoice, or null.</summary>
    public Task<Invoice?> FindAsync(InvoiceId id, CancellationToken cancellation) =>
        InvoiceRepository.FindAsync(tables, id, cancellation);

    /// <summary>A deal's invoices, in order of their instalments.</summary>
    public Task<IReadOnlyList<Invoice>> OfDealAsync(DealId deal, CancellationToken cancellation) =>
        InvoiceRepository.OfDealAsync(tables, deal, cancellation);

    /// <summary>What happened to an invoice, oldest first; empty when there is none.</summary>
    public Task<IReadOnlyList<InvoiceEntry>> HistoryAsync(InvoiceId id, CancellationToken cancellation) =>
        InvoiceRepository.HistoryAsync(tables, id, cancellation);

    /// <summary>A page of the invoices of a status, a customer or an owner.</summary>
    public Task<InvoicePage> ListAsync(
        InvoiceFilter filter, int pageSize, string? continuation, CancellationToken cancellation) =>
        InvoiceRepository.ListAsync(tables, filter, pageSize, continuation, cancellation);

    /// <summary>Takes a part out of the reminders, until a day or until the dispute is resolved.</summary>
    /// <param name="signal">Key of the request: the same one again has no second effect.</param>
    /// <param name="amount">Null disputes all that is open.</param>
    public async Task<InvoiceReceipt> DisputeAsync(
        InvoiceId id, string signal, StaffId by, Money? amount, string reason, DateOnly until,
        CancellationToken cancellation)
    {
        var invoice = await FindAsync(id, cancellation);
        return invoice is null
            ? new InvoiceReceipt(InvoiceOutcome.NotFound, null, null)
            : await SignalAsync(id, new Disputed(signal, by, amount ?? invoice.Open, reason, until), cancellation);
    }

    /// <summary>Ends a dispute.</summary>
    public Task<InvoiceReceipt> ResolveAsync(
        InvoiceId id, string signal, StaffId by, string? comment, CancellationToken cancellation) =>
        SignalAsync(id, new DisputeResolved(signal, by, comment), cancellation);

    /// <summary>Records a promise to pay; it defers the reminders once.</summary>
    public Task<InvoiceReceipt> PromiseAsync(
        InvoiceId id, string signal, StaffId by, DateOnly date, string? comment, CancellationToken cancellation) =>
        SignalAsync(id, new Promised(signal, by, date, comment), cancellation);

    /// <summary>Asks for approval to give up what is open.</summary>
    public Task<InvoiceReceipt> RequestWriteOffAsync(
        InvoiceId id, string signal, StaffId by, string reason, CancellationToken cancellation) =>
        SignalAsync(id, new WriteOffRequested(signal, by, reason.Trim()), cancellation);

    /// <summary>Pays from the customer's balance, oldest first; each payment's part pays an invoice once.</summary>
    public async Task<InvoiceReceipt> UseBalanceAsync(InvoiceId id, StaffId by, CancellationToken cancellation)
    {
        var invoice = await FindAsync(id, cancellation);
        if (invoice is null)
        {
            return new InvoiceReceipt(InvoiceOutcome.NotFound, null, null);
        }

        var (today, open) = (policies.Current.Company.DayOf(time.GetUtcNow()), invoice.Open);
        var receipt = new InvoiceReceipt(
            InvoiceOutcome.Refused, "The customer has no credit in this currency, or nothing is open.", invoice);
        var balances = await CustomerBalanceRepository.OfAsync(tables, invoice.Customer, cancellation);
        foreach (
            var balance in balances.Where(
                balance => balance.Amount.Currency == open.Currency).OrderBy(balance => balance.BookedOn))
        {
            if (open.Amount <= 0 || invoice.IsSettled)
            {
                break;
            }

            var taken = await CustomerBalanceRepository.UseAsync(tables, balance, id, open, today, cancellation);
            if (taken.Amount > 0)
            {
                receipt = await PutAsync(invoice, balance, taken, today, by, cancellation);
                open -= taken;
            }
        }

        return receipt;
    }

    /// <summary>
    /// Tells a collection something and waits a moment for its effect. The signal is durable before this returns; the
    /// same signal id again has no second effect.
    /// </summary>
    internal async Task<InvoiceReceipt> SignalAsync(
        InvoiceId id, CollectionSignal signal, CancellationToken cancellation)
    {
        var invoice = await FindAsync(id, cancellation);
        if (invoice is null)
        {
            return new InvoiceReceipt(InvoiceOutcome.NotFound, null, null);
        }

        if (invoice.SignalsTaken.Contains(signal.Id))
        {
            return new InvoiceReceipt(InvoiceOutcome.Taken, null, invoice);
        }

        var today = policies.Current.Company.DayOf(time.GetUtcNow());
        if (CollectionRules.Refusal(invoice, signal, today) is { } reason)
        {
            return new InvoiceReceipt(InvoiceOutcome.Refused, reason, invoice);
        }

        return await CollectionSignal.Event.RaiseAsync(client, id.Value, signal, signal.Id, cancellation) switch
        {
            RaiseOutcome.NotFound =>
                new InvoiceReceipt(
                    InvoiceOutcome.Refused, "The invoice is only just being issued; please try again.", invoice),
            RaiseOutcome.TooLate =>
                new InvoiceReceipt(InvoiceOutcome.Refused, "Nothing of the invoice is open any more.", invoice),
            _ => await WatchAsync(id, shown => shown.SignalsTaken.Contains(signal.Id), cancellation),
        };
    }

    /// <summary>Waits a moment until the invoice shows something.</summary>
    internal async Task<InvoiceReceipt> WatchAsync(
        InvoiceId id, Func<Invoice, bool> shows, CancellationToken cancellation)
    {
        var invoice = await wait.UntilAsync(() => FindAsync(id, cancellation), found => shows(found!), cancellation);
        return new InvoiceReceipt(shows(invoice!) ? InvoiceOutcome.Taken : InvoiceOutcome.Accepted, null, invoice);
    }

    private async Task<InvoiceReceipt> PutAsync(
        Invoice invoice, CustomerBalance balance, Money taken, DateOnly today, StaffId by,
        CancellationToken cancellation)
    {
        var reference = $"credit|{balance.Reference}|{invoice.Id}";
        var payment = new Payment(reference, invoice.Id.Value, taken, today, invoice.BillTo.Payer, null);
        var signal = new PaymentBooked($"payment|{PaymentKey.Of(reference)}", by, payment, FromBalance: true);
        if (!await InvoicePayments.TryPutAsync(tables, invoice.Id, signal, cancellation))
        {
            await CustomerBalanceRepository.ReturnAsync(tables, balance, invoice.Id, cancellation);
            return new InvoiceReceipt(InvoiceOutcome.Refused, "Nothing of the invoice is open any more.", invoice);
        }

        await CollectionSignal.Event.RaiseAsync(client, invoice.Id.Value, signal, signal.Id, cancellation);
        return await WatchAsync(invoice.Id, shown => shown.Shows(reference), cancellation);
    }
}
