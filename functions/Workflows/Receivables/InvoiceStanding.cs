using Workflows.Platform;
using Workflows.Policies;
using Workflows.Receivables.Dunning;
using Workflows.Records;

namespace Workflows.Receivables;

/// <summary>
/// Where invoices stand when they are read. Until version 1.2 a part payment took an invoice off the overdue ones, and
/// some of those rows are not written again: they are read as what their due date and open amount say.
/// </summary>
internal static class InvoiceStanding
{
    // Behind the continuations of the list of overdue invoices come those of the part-paid ones.
    private const string SecondList = "part-paid|";

    /// <summary>The invoice as it stands at a moment.</summary>
    public static Invoice At(Invoice invoice, Policy policy, DateTimeOffset now) =>
        invoice.Status == InvoiceStatus.PartPaid
        && invoice.Due < BuyerCalendar.Of(invoice.BillTo.Country, policy).DayOf(now)
            ? invoice with { Status = InvoiceStatus.Overdue }
            : invoice;

    /// <summary>A page of a list of invoices, each as it stands at a moment.</summary>
    public static async Task<Page<Invoice>> ListAsync(
        ITableStore tables, InvoiceFilter filter, int size, string? from, Func<Invoice, Invoice> standing,
        CancellationToken cancellation)
    {
        if (filter.Status != InvoiceStatus.Overdue)
        {
            var page = await InvoiceRepository.ListAsync(tables, filter, size, from, cancellation);
            return Only(filter, page, standing);
        }

        if (from?.StartsWith(SecondList, StringComparison.Ordinal) != true)
        {
            var overdue = await InvoiceRepository.ListAsync(tables, filter, size, from, cancellation);
            if (overdue.Continuation is not null || overdue.Items.Count == size)
            {
                return overdue with { Continuation = overdue.Continuation ?? SecondList };
            }

            var rest = await SecondAsync(size - overdue.Items.Count, null);
            return rest with { Items = [.. overdue.Items, .. rest.Items] };
        }

        return await SecondAsync(size, from == SecondList ? null : from[SecondList.Length..]);

        async Task<Page<Invoice>> SecondAsync(int most, string? start)
        {
            var page = await InvoiceRepository.ListAsync(
                tables, InvoiceFilter.Of(InvoiceStatus.PartPaid), most, start, cancellation);
            return Only(
                filter,
                page with { Continuation = page.Continuation is { } next ? SecondList + next : null },
                standing);
        }
    }

    private static Page<Invoice> Only(InvoiceFilter filter, Page<Invoice> page, Func<Invoice, Invoice> standing) =>
        page with
        {
            Items = [.. page.Items.Select(standing)
                .Where(invoice => filter.Status is not { } status || invoice.Status == status)],
        };
}
