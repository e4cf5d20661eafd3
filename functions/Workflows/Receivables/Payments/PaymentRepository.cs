using Workflows.Platform;
using Workflows.Records;
using Workflows.Trade;

namespace Workflows.Receivables.Payments;

/// <summary>
/// Where payments are kept: table <c>Payments</c>, a partition for those that can be the same bank entry, and table
/// <c>OpenPayments</c> with those that wait for a person.
/// </summary>
internal static class PaymentRepository
{
    [Guarded]
    private const string Payments = "Payments";
    [Guarded]
    private const string Open = "OpenPayments";
    private const string FirstRow = "payment";

    /// <summary>
    /// Keeps a payment, unless it is a bank entry that is known. It is on the list of those that wait for a person
    /// until it is placed, so that one whose process died half-way is not forgotten.
    /// </summary>
    /// <returns>The payment that is kept: this one, or the one that it is the same entry as.</returns>
    public static async Task<ReceivedPayment> KeepAsync(
        ITableStore tables, ReceivedPayment payment, CancellationToken cancellation)
    {
        while (true)
        {
            var known = await OfPartitionAsync(tables, BankEntry.PartitionOf(payment.Payment), cancellation);
            var same = known.FirstOrDefault(other =>
                (payment.Request is not null && other.Request == payment.Request)
                || BankEntry.Compare(other.Payment, payment.Payment) == SameEntry.Yes);
            if (same is not null)
            {
                return same;
            }

            // Another one of the partition may come between the read and the write: then it is compared too.
            var kept = Numbered(payment, known);
            if (known.FirstOrDefault(other => other.Id == kept.Id) is { } again)
            {
                return again;
            }

            if (await tables.TryInsertAsync(Payments, ToRow(kept), cancellation))
            {
                await tables.UpsertAsync(Open, ToOpenRow(kept), cancellation);
                return kept;
            }
        }
    }

    /// <summary>The payment of an id, or null.</summary>
    public static async Task<ReceivedPayment?> FindAsync(
        ITableStore tables, string id, CancellationToken cancellation)
    {
        var (partition, row) = AddressOf(id);
        return (await tables.GetAsync(Payments, partition, row, cancellation))?.Read<ReceivedPayment>();
    }

    /// <summary>All payments of a bank's reference, oldest first; none for a placeholder, which names none.</summary>
    public static async Task<IReadOnlyList<ReceivedPayment>> OfReferenceAsync(
        ITableStore tables, string reference, CancellationToken cancellation)
    {
        var all = await OfPartitionAsync(tables, PaymentKey.Of(reference), cancellation);
        return
            [
                .. all.OrderBy(payment => payment.ReceivedAt)
                    .ThenBy(payment => payment.Payment.Id, StringComparer.Ordinal),
            ];
    }

    /// <summary>
    /// Chooses the invoice that a payment goes on, once and for all: a second placing, after a crash or by another
    /// person in the same moment, places it there.
    /// </summary>
    /// <returns>The invoice that is chosen: this one, or the one before; and why it can be on none any more.</returns>
    public static Task<(InvoiceId Chosen, string? Refusal)> ChooseAsync(
        ITableStore tables, string id, InvoiceId invoice, CancellationToken cancellation) =>
        ChangeAsync(
            tables,
            id,
            payment => payment switch
            {
                { Settlement: not null } => RowChange.None((invoice, (string?)"That payment is settled already.")),
                { State: PaymentState.TakingBack } =>
                    RowChange.None((invoice, (string?)"That payment is being taken back; please try again.")),
                { Chosen: { } chosen } => RowChange.None((chosen, (string?)null)),
                _ => RowChange.Write(ToRow(payment with { Chosen = invoice }), (invoice, (string?)null)),
            },
            cancellation);

    /// <summary>Settles a payment without an invoice, unless a person has placed or settled it meanwhile.</summary>
    /// <returns>The payment, null when there is none; and why it cannot be settled so.</returns>
    public static async Task<(ReceivedPayment? Payment, string? Refusal)> SettleAsync(
        ITableStore tables, string id, PaymentSettlement settlement, CancellationToken cancellation)
    {
        if (await FindAsync(tables, id, cancellation) is null)
        {
            return (null, "There is no such payment.");
        }

        var (payment, refusal) = await ChangeAsync(
            tables,
            id,
            payment => Refusal(payment, settlement) is { } reason
                ? RowChange.None((payment, (string?)reason))
                : Settled(payment with { State = PaymentState.Settled, Settlement = settlement, Note = null }),
            cancellation);
        if (payment.Settlement is not null)
        {
            await tables.DeleteIfPresentAsync(Open, "open", id, cancellation);
        }

        return (payment, refusal);

        static RowChange<(ReceivedPayment, string?)> Settled(ReceivedPayment payment) =>
            RowChange.Write(ToRow(payment), (payment, (string?)null));
    }

    /// <summary>Begins to take a payment off its invoice; one that has begun goes on with its own reason.</summary>
    /// <returns>The payment, null when there is none; and why it cannot be taken back.</returns>
    public static async Task<(ReceivedPayment? Payment, string? Refusal)> BeginTakingBackAsync(
        ITableStore tables, string id, Func<ReceivedPayment, PaymentReversal> reversalOf,
        CancellationToken cancellation)
    {
        if (await FindAsync(tables, id, cancellation) is null)
        {
            return (null, "There is no such payment.");
        }

        var (payment, refusal) = await ChangeAsync(
            tables,
            id,
            payment => payment.State switch
            {
                PaymentState.TakingBack => RowChange.None((payment, (string?)null)),
                PaymentState.Booked or PaymentState.Credited => Begun(payment),
                PaymentState.Recovered => RowChange.None(
                    (payment, (string?)"What was booked against a loss stays there.")),
                _ => RowChange.None((payment, (string?)"That payment is on no invoice.")),
            },
            cancellation);
        if (refusal is null)
        {
            await tables.UpsertAsync(Open, ToOpenRow(payment), cancellation);
        }

        return (payment, refusal);

        RowChange<(ReceivedPayment, string?)> Begun(ReceivedPayment before)
        {
            var begun = before with
            {
                State = PaymentState.TakingBack,
                Reversals = [.. before.Reversals ?? [], reversalOf(before)],
                Note = $"It is being taken off invoice {before.Invoice}",
            };
            return RowChange.Write(ToRow(begun), (begun, (string?)null));
        }
    }

    /// <summary>
    /// Notes what became of it, and puts it on the list of those that wait for a person, or takes it off.
    /// </summary>
    public static async Task SetAsync(ITableStore tables, ReceivedPayment payment, CancellationToken cancellation)
    {
        if (payment.WaitsForPerson)
        {
            await tables.UpsertAsync(Open, ToOpenRow(payment), cancellation);
        }
        else
        {
            // Another person may have placed it in the same moment.
            await tables.DeleteIfPresentAsync(Open, "open", payment.Id, cancellation);
        }

        await tables.UpsertAsync(Payments, ToRow(payment), cancellation);
    }

    /// <summary>A page of the payments that wait for a person.</summary>
    public static Task<Page<ReceivedPayment>> ListOpenAsync(
        ITableStore tables, int pageSize, string? continuation, CancellationToken cancellation) =>
        tables.ReadPageAsync<ReceivedPayment>(
            Open,
            TableQuery.Of("open") with { PageSize = pageSize, Continuation = continuation },
            cancellation);

    private static string? Refusal(ReceivedPayment payment, PaymentSettlement settlement) => payment switch
    {
        { Settlement: { } before } => $"That payment is settled already: {before.Reason}",
        { Chosen: not null } or { WaitsForPerson: false } or { State: PaymentState.TakingBack } =>
            "That payment is on an invoice.",
        { DuplicateOf: null } when settlement.As == SettledAs.SameEntry =>
            "That payment is not a possible duplicate of another.",
        _ => null,
    };

    private static Task<T> ChangeAsync<T>(
        ITableStore tables, string id, Func<ReceivedPayment, RowChange<T>> change, CancellationToken cancellation)
    {
        var (partition, key) = AddressOf(id);
        return tables.ChangeAsync(
            Payments, partition, key, row => change(row!.Read<ReceivedPayment>()), cancellation);
    }

    private static Task<IReadOnlyList<ReceivedPayment>> OfPartitionAsync(
        ITableStore tables, string partition, CancellationToken cancellation) =>
        tables.ReadListAsync<ReceivedPayment>(Payments, TableQuery.Of(partition), cancellation);

    // The first of a reference has no id of its own, as in 1.0.
    private static ReceivedPayment Numbered(ReceivedPayment payment, IReadOnlyList<ReceivedPayment> known)
    {
        var entry = payment.Payment;
        var partition = BankEntry.PartitionOf(entry);
        if (known.Count == 0)
        {
            return BankEntry.IsPlaceholder(entry.Reference)
                ? payment with { Payment = entry with { Id = partition } }
                : payment;
        }

        var id = $"{partition}!{BankEntry.NumberOf(entry, payment.Request ?? "")}";
        var doubted = known.FirstOrDefault(
            other => BankEntry.Compare(other.Payment, entry) == SameEntry.Perhaps);
        return payment with { Payment = entry with { Id = id }, DuplicateOf = doubted?.Id };
    }

    private static (string Partition, string Row) AddressOf(string id)
    {
        var mark = id.LastIndexOf('!');
        return mark > 0 ? (id[..mark], id[mark..]) : (id, FirstRow);
    }

    private static TableRow ToRow(ReceivedPayment payment)
    {
        var (partition, row) = AddressOf(payment.Id);
        return new TableRow(partition, row).With(payment);
    }

    private static TableRow ToOpenRow(ReceivedPayment payment) => new TableRow("open", payment.Id).With(payment);
}
