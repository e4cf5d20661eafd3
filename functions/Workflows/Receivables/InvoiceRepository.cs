using System.Globalization;
using Workflows.Credit;
using Workflows.Platform;
using Workflows.Receivables.History;
using Workflows.Records;
using Workflows.Trade;

namespace Workflows.Receivables;

/// <summary>
/// Where invoices are kept: table <c>Invoices</c> (a partition a deal), table <c>InvoiceHistory</c> (a partition an
/// invoice), and table <c>InvoiceIndex</c> with a copy under status, customer and owner for lists.
/// </summary>
public static class InvoiceRepository
{
    [Guarded]
    private const string Invoices = "Invoices";
    [Guarded]
    private const string History = "InvoiceHistory";
    [Guarded]
    private const string Index = "InvoiceIndex";

    /// <summary>The invoice, or null.</summary>
    public static async Task<Invoice?> FindAsync(ITableStore tables, InvoiceId id, CancellationToken cancellation) =>
        DealOf(id) is { } deal
            ? (await tables.GetAsync(Invoices, deal.Value, id.Value, cancellation))?.Read<Invoice>()
            : null;

    /// <summary>A deal's invoices, in order of their instalments.</summary>
    public static Task<IReadOnlyList<Invoice>> OfDealAsync(
        ITableStore tables, DealId deal, CancellationToken cancellation) =>
        tables.ReadListAsync<Invoice>(Invoices, TableQuery.Of(deal.Value), cancellation);

    /// <summary>What happened to an invoice, oldest first.</summary>
    public static Task<IReadOnlyList<InvoiceEntry>> HistoryAsync(
        ITableStore tables, InvoiceId id, CancellationToken cancellation) =>
        tables.ReadListAsync<InvoiceEntry>(History, TableQuery.Of(id.Value), cancellation);

    /// <summary>A page of the invoices of a status, a customer or an owner.</summary>
    public static Task<Page<Invoice>> ListAsync(
        ITableStore tables, InvoiceFilter filter, int pageSize, string? continuation, CancellationToken cancellation)
    {
        var query = new TableQuery { Partition = filter.Partition, PageSize = pageSize, Continuation = continuation };
        return tables.ReadPageAsync<Invoice>(Index, query, cancellation);
    }

    /// <summary>
    /// Every invoice of a status that was not settled by a day; for a settled status, those settled after it.
    /// </summary>
    internal static Task<IReadOnlyList<Invoice>> OpenAfterAsync(
        ITableStore tables, InvoiceStatus status, DateOnly day, CancellationToken cancellation)
    {
        var query = TableQuery.Of(InvoiceFilter.Of(status).Partition);
        if (IsSettled(status))
        {
            query = query with { RowFrom = SettledKey(day.AddDays(1)) };
        }

        return tables.ReadListAsync<Invoice>(Index, query, cancellation);
    }

    /// <summary>
    /// Writes the new invoices of a deal with their first entries; <see cref="IssueInvoices"/> writes their exposure.
    /// </summary>
    internal static async Task IssueAsync(
        ITableStore tables,
        IReadOnlyList<Invoice> invoices,
        Func<Invoice, InvoiceEntry> firstEntry,
        CancellationToken cancellation)
    {
        foreach (var invoice in invoices)
        {
            await tables.UpsertAsync(History, ToRow(invoice, firstEntry(invoice)), cancellation);
        }

        var places = invoices.SelectMany(invoice => Places(invoice).Select(place => ToRow(place, invoice)));
        foreach (var partition in places.GroupBy(row => row.PartitionKey))
        {
            await tables.UpsertAllAsync(Index, partition, cancellation);
        }

        await tables.UpsertAllAsync(Invoices, invoices.Select(ToRow), cancellation);
    }

    /// <summary>
    /// Writes an invoice, what happened to it, and what it means for the customer's exposure. Written again with the
    /// same state it changes nothing.
    /// </summary>
    /// <param name="before">
    /// What was kept of it last: places to clear and the exposure that stands follow from it.
    /// </param>
    internal static async Task SaveAsync(
        ITableStore tables,
        Invoice invoice,
        InvoiceMark before,
        IReadOnlyList<InvoiceEntry> entries,
        CancellationToken cancellation)
    {
        await tables.UpsertAllAsync(History, entries.Select(entry => ToRow(invoice, entry)), cancellation);
        foreach (var place in Places(invoice))
        {
            await tables.UpsertAsync(Index, ToRow(place, invoice), cancellation);
        }

        foreach (var (partition, key) in Places(invoice, before).Except(Places(invoice)))
        {
            await tables.DeleteIfPresentAsync(Index, partition, key, cancellation);
        }

        var mark = InvoiceMark.Of(invoice);
        if (!invoice.IsPrepaid && (mark.Exposed, mark.Due) != (before.Exposed, before.Due))
        {
            var item = new ExposureItem(invoice.Deal, invoice.Id, mark.Exposed, mark.Due);
            await ExposureRepository.SetInvoiceAsync(tables, invoice.Customer, item, cancellation);
        }

        await tables.UpsertAsync(Invoices, ToRow(invoice), cancellation);
    }

    /// <summary>
    /// Writes an invoice that its collection writes no more, with another row of its history. Written again it adds no
    /// second row.
    /// </summary>
    internal static Task AddLateAsync(
        ITableStore tables, Invoice invoice, StaffId who, DateTimeOffset when, InvoiceEvent what,
        CancellationToken cancellation) =>
        ConflictRetry.RunAsync(async () =>
        {
            var history = await HistoryAsync(tables, invoice.Id, cancellation);
            var last = history[^1];
            if (last.Who != who || last.What != what)
            {
                var entry = new InvoiceEntry(last.Number + 1, who, when, invoice.Status, what);
                await tables.InsertAsync(History, ToRow(invoice, entry), cancellation);
            }

            await SaveAsync(tables, invoice, InvoiceMark.Of(invoice), entries: [], cancellation);
        });

    /// <summary>
    /// Books money on an invoice that was written off, as far as its loss goes. The row of the history decides, under
    /// the next number: of two payments at once the second sees the first. The same payment again changes nothing.
    /// </summary>
    /// <returns>The invoice after it, and what was booked on it.</returns>
    internal static async Task<(Invoice Invoice, Money Amount)> RecoverAsync(
        ITableStore tables, Invoice invoice, Payment payment, StaffId who, DateTimeOffset when, DateOnly today,
        CancellationToken cancellation)
    {
        var booked = await ConflictRetry.RunAsync(async () =>
        {
            var history = await HistoryAsync(tables, invoice.Id, cancellation);
            var before = history.Select(entry => entry.What).OfType<MoneyRecovered>().ToList();
            if (before.Find(other => other.Reference == payment.Reference && other.Payment == payment.Id) is { } again)
            {
                return again;
            }

            var lost = before.Aggregate(invoice.WrittenOff, (left, other) => left - other.Amount);
            var amount = payment.Amount < lost ? payment.Amount : lost;
            var what = new MoneyRecovered(amount, payment.ValueDate, payment.Reference, lost - amount)
            {
                Payment = payment.Id,
            };
            if (amount.Amount > 0)
            {
                var entry = new InvoiceEntry(history[^1].Number + 1, who, when, invoice.Status, what);
                await tables.InsertAsync(History, ToRow(invoice, entry), cancellation);
            }

            return what;
        });
        var after = await tables.ChangeAsync(
            Invoices,
            invoice.Deal.Value,
            invoice.Id.Value,
            row =>
            {
                var present = row!.Read<Invoice>();
                if (booked.Amount.Amount == 0 || present.Movements.Any(IsBooked))
                {
                    return RowChange.None(present);
                }

                var changed = present with
                {
                    Recovered = (present.Recovered ?? Money.Zero(booked.Amount.Currency)) + booked.Amount,
                    Movements = [
                        .. present.Movements,
                        new Movement(today, MovementKind.Recovery, booked.Amount, payment.Reference, who)
                        {
                            Payment = payment.Id,
                        },
                    ],
                };
                return RowChange.Write(ToRow(changed), changed);
            },
            cancellation);
        // Another payment may have written its copies between: the last one that writes sees the row as it is.
        for (Invoice? written = null; written != after; after = await PresentAsync())
        {
            written = after;
            foreach (var place in Places(after))
            {
                await tables.UpsertAsync(Index, ToRow(place, after), cancellation);
            }
        }

        return (after, booked.Amount);

        async Task<Invoice> PresentAsync()
        {
            var present = (await FindAsync(tables, invoice.Id, cancellation))!;
            return present.Recovered == after.Recovered ? after : present;
        }

        bool IsBooked(Movement movement) =>
            movement.Kind == MovementKind.Recovery
            && movement.Reference == payment.Reference && movement.Payment == payment.Id;
    }

    /// <summary>The deal that an invoice's id names; null for a text that is no such id.</summary>
    internal static DealId? DealOf(InvoiceId id)
    {
        var mark = id.Value.LastIndexOf("-I", StringComparison.Ordinal);
        return mark > 0 && IsKey(id.Value) ? new DealId(id.Value[..mark]) : null;
    }

    private static bool IsKey(string text) =>
        text.Length <= InstanceIds.MaxLength && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');

    private static IEnumerable<(string Partition, string Key)> Places(Invoice invoice) =>
        Places(invoice, InvoiceMark.Of(invoice));

    private static IEnumerable<(string Partition, string Key)> Places(Invoice invoice, InvoiceMark mark)
    {
        var key = IsSettled(mark.Status) && mark.SettledOn is { } day
            ? $"{SettledKey(day)}|{invoice.Id}"
            : invoice.Id.Value;
        yield return (InvoiceFilter.Of(mark.Status).Partition, key);
        yield return (InvoiceFilter.Of(invoice.Customer).Partition, invoice.Id.Value);
        yield return (InvoiceFilter.Of(mark.Owner).Partition, invoice.Id.Value);
    }

    private static bool IsSettled(InvoiceStatus status) =>
        status is InvoiceStatus.Paid or InvoiceStatus.WrittenOff or InvoiceStatus.Cancelled;

    private static string SettledKey(DateOnly day) => day.ToString("O", CultureInfo.InvariantCulture);

    private static TableRow ToRow(Invoice invoice) =>
        new TableRow(invoice.Deal.Value, invoice.Id.Value) { ["Status"] = invoice.Status }.With(invoice);

    private static TableRow ToRow((string Partition, string Key) place, Invoice invoice) =>
        new TableRow(place.Partition, place.Key).With(invoice);

    private static TableRow ToRow(Invoice invoice, InvoiceEntry entry) =>
        new TableRow(invoice.Id.Value, $"{entry.Number:D6}").With(entry);
}
