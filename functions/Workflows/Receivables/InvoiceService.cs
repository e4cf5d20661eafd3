using Workflows.Credit;
using Workflows.Effects;
using Workflows.Platform;
using Workflows.Policies;
using Workflows.Receivables.History;
using Workflows.Receivables.Payments;
using Workflows.Records;
using Workflows.Signals;
using Workflows.Trade;

namespace Workflows.Receivables;

/// <summary>Reads invoices, and sends their collections what people did as signals.</summary>
public sealed class InvoiceService(
    IOrchestrationClient client, ITableStore tables, PolicyStore policies, EffectWait wait, TimeProvider time)
{
    private readonly SignalSender<Invoice, CollectionSignal> _signals =
        new(client, wait, new InvoiceSignalTarget(tables, policies, time));

    /// <summary>An invoice, or null.</summary>
    public async Task<Invoice?> FindAsync(InvoiceId id, CancellationToken cancellation) =>
        await InvoiceRepository.FindAsync(tables, id, cancellation) is { } invoice ? Standing(invoice) : null;

    /// <summary>A deal's invoices, in order of their instalments.</summary>
    public async Task<IReadOnlyList<Invoice>> OfDealAsync(DealId deal, CancellationToken cancellation) =>
        [.. (await InvoiceRepository.OfDealAsync(tables, deal, cancellation)).Select(Standing)];

    /// <summary>What happened to an invoice, oldest first; empty when there is none.</summary>
    public Task<IReadOnlyList<InvoiceEntry>> HistoryAsync(InvoiceId id, CancellationToken cancellation) =>
        InvoiceRepository.HistoryAsync(tables, id, cancellation);

    /// <summary>A page of the invoices of a status, a customer or an owner.</summary>
    public Task<Page<Invoice>> ListAsync(
        InvoiceFilter filter, int pageSize, string? continuation, CancellationToken cancellation) =>
        InvoiceStanding.ListAsync(tables, filter, pageSize, continuation, Standing, cancellation);

    /// <summary>Takes a part out of the reminders, until a day or until the dispute is resolved.</summary>
    /// <param name="signal">Key of the request: the same one again has no second effect.</param>
    /// <param name="amount">Null disputes all that is open and not in dispute yet.</param>
    public async Task<SignalReceipt<Invoice>> DisputeAsync(
        InvoiceId id, string signal, StaffId by, Money? amount, string reason, DateOnly until,
        CancellationToken cancellation)
    {
        var invoice = await FindAsync(id, cancellation);
        return invoice is null
            ? SignalReceipt<Invoice>.NotFound(null)
            : await SignalAsync(
                id, new Disputed(signal, by, amount ?? UndisputedOf(invoice), reason, until), cancellation);
    }

    /// <summary>Ends the only dispute that is open.</summary>
    public Task<SignalReceipt<Invoice>> ResolveAsync(
        InvoiceId id, string signal, StaffId by, string? comment, CancellationToken cancellation) =>
        SignalAsync(id, new DisputeResolved(signal, by, comment), cancellation);

    /// <summary>Ends the dispute of a number.</summary>
    public Task<SignalReceipt<Invoice>> ResolveAsync(
        InvoiceId id, string signal, StaffId by, int dispute, string? comment, CancellationToken cancellation) =>
        SignalAsync(id, new DisputeResolved(signal, by, comment) { Dispute = dispute }, cancellation);

    /// <summary>Records a promise to pay all that is open; it defers the reminders once.</summary>
    public Task<SignalReceipt<Invoice>> PromiseAsync(
        InvoiceId id, string signal, StaffId by, DateOnly date, string? comment, CancellationToken cancellation) =>
        SignalAsync(id, new Promised(signal, by, date, comment), cancellation);

    /// <summary>Records a promise to pay a part; it defers the reminders once.</summary>
    public Task<SignalReceipt<Invoice>> PromiseAsync(
        InvoiceId id, string signal, StaffId by, DateOnly date, Money part, string? comment,
        CancellationToken cancellation) =>
        SignalAsync(id, new Promised(signal, by, date, comment) { Amount = part }, cancellation);

    /// <summary>Asks for approval to give up what is open.</summary>
    public Task<SignalReceipt<Invoice>> RequestWriteOffAsync(
        InvoiceId id, string signal, StaffId by, string reason, CancellationToken cancellation) =>
        SignalAsync(id, new WriteOffRequested(signal, by, reason.Trim()), cancellation);

    /// <summary>Pays from the customer's balance, oldest first; each payment's part pays an invoice once.</summary>
    public async Task<SignalReceipt<Invoice>> UseBalanceAsync(InvoiceId id, StaffId by, CancellationToken cancellation)
    {
        var invoice = await FindAsync(id, cancellation);
        if (invoice is null)
        {
            return SignalReceipt<Invoice>.NotFound(null);
        }

        var deadline = StartWaiting();
        var (today, open) = (policies.Current.Company.DayOf(time.GetUtcNow()), invoice.Open);
        var receipt = SignalReceipt<Invoice>.Refused(new InvoiceRefusal.NoBalance(), invoice);
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
                receipt = await PutAsync(invoice, balance, taken, today, by, deadline, cancellation);
                open -= taken;
            }
        }

        return receipt;
    }

    /// <summary>
    /// Sends a signal to a collection and waits a moment for its effect. The signal is durable before this returns; the
    /// same signal id again has no second effect.
    /// </summary>
    internal async Task<SignalReceipt<Invoice>> SignalAsync(
        InvoiceId id, CollectionSignal signal, CancellationToken cancellation) =>
        await _signals.SendAsync(
            id.Value, await FindAsync(id, cancellation), signal, signal.Id, StartWaiting(), cancellation);

    /// <summary>Begins the time in which a request that signals an invoice is answered.</summary>
    internal EffectDeadline StartWaiting() => wait.Start();

    /// <summary>Waits a moment until the invoice shows something.</summary>
    internal Task<SignalReceipt<Invoice>> WatchAsync(
        InvoiceId id, Predicate<Invoice> shows, EffectDeadline deadline, CancellationToken cancellation) =>
        _signals.WatchAsync(
            id.Value, shown => shows(shown) ? SignalReceipt<Invoice>.Taken(shown) : null, deadline, cancellation);

    // What is wholly in dispute already is refused by what is open of it.
    private static Money UndisputedOf(Invoice invoice) =>
        invoice.Claimed.Amount > 0 ? invoice.Claimed : invoice.Open;

    private Invoice Standing(Invoice invoice) => InvoiceStanding.At(invoice, policies.Current, time.GetUtcNow());

    private async Task<SignalReceipt<Invoice>> PutAsync(
        Invoice invoice, CustomerBalance balance, Money taken, DateOnly today, StaffId by, EffectDeadline deadline,
        CancellationToken cancellation)
    {
        var reference = $"credit|{balance.Payment ?? balance.Reference}|{invoice.Id}";
        var payment = new Payment(reference, invoice.Id.Value, taken, today, invoice.BillTo.Payer, null);
        var signal = new PaymentBooked($"balance|{PaymentKey.Of(reference)}", by, payment, FromBalance: true);
        if (!await InvoicePayments.TryPutAsync(tables, invoice.Id, signal, cancellation))
        {
            await CustomerBalanceRepository.ReturnAsync(tables, balance, invoice.Id, cancellation);
            return SignalReceipt<Invoice>.Refused(new InvoiceRefusal.NothingOpen(), invoice);
        }

        await CollectionSignal.Event.RaiseAsync(client, invoice.Id.Value, signal, signal.Id, cancellation);
        return await WatchAsync(invoice.Id, shown => shown.Shows(signal), deadline, cancellation);
    }
}
