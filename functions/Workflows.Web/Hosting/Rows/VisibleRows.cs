using Workflows.Approvals;
using Workflows.Lifecycle;
using Workflows.Mails;
using Workflows.Platform;
using Workflows.Receivables;
using Workflows.Trade;
using Workflows.Web.Hosting.Keys;
using Workflows.Web.Mail;

namespace Workflows.Web.Hosting.Rows;

/// <summary>Lists of what a person sees, with the fields that they see.</summary>
internal sealed class VisibleRows(RowOwners owners, VisiblePages pages)
{
    /// <summary>Rows looked at for one page.</summary>
    public const int MostRows = 2000;

    /// <summary>The same for lists in which a row's owner is a read of its own.</summary>
    public const int MostLookups = 500;

    public Task<Page<DealSummary>> DealsAsync(
        RowRights rights, int size, string? continuation, ReadPage<DealSummary> read) =>
        rights.DependOnRows
            ? pages.FillAsync(
                size, continuation, MostRows, read,
                deal => Task.FromResult(rights.LookAt(owners.Of(deal))), (_, deal) => deal)
            : read(size, continuation);

    public Task<Page<Invoice>> InvoicesAsync(
        RowRights rights, int size, string? continuation, ReadPage<Invoice> read, CancellationToken cancellation) =>
        rights.DependOnRows
            ? pages.FillAsync(
                size, continuation, MostLookups, read,
                async invoice => rights.LookAt(await owners.OfInvoiceAsync(invoice, cancellation)),
                (fields, invoice) => fields.Of(invoice))
            : WholeAsync(read(size, continuation), rights.FieldsOf(row: null).Of);

    /// <summary>Those of a deal's invoices that the person sees.</summary>
    public async Task<IReadOnlyList<Invoice>> AllAsync(
        RowRights rights, IReadOnlyList<Invoice> invoices, CancellationToken cancellation) =>
        (await InvoicesAsync(
            rights, invoices.Count, null, (_, _) => Task.FromResult(new Page<Invoice>(invoices, null)), cancellation))
        .Items;

    /// <summary>
    /// What counts in an ageing sheet for the person: the invoices that they see, and the balances of customers whom
    /// they see. A sheet reads all that is open for any caller.
    /// </summary>
    public AgeingCount Counting(RowRights rights, CancellationToken cancellation) => rights.SeesAll
        ? AgeingCount.Everything
        : new AgeingCount(
            async invoice => rights.Sees(await owners.OfInvoiceAsync(invoice, cancellation)),
            async balance => rights.Sees(await owners.OfCustomerAsync(balance.Customer, cancellation)));

    public Task<Page<ApprovalSummary>> ApprovalsAsync(
        RowRights rights, int size, string? continuation, ReadPage<ApprovalSummary> read,
        CancellationToken cancellation) =>
        rights.DependOnRows
            ? pages.FillAsync(
                size, continuation, MostLookups, read,
                async approval => rights.LookAt(await owners.OfDealAsync(approval.Deal, cancellation)),
                (fields, approval) => fields.Of(approval))
            : WholeAsync(read(size, continuation), rights.FieldsOf(row: null).Of);

    /// <summary>Mails that the person may read and whose deal they see.</summary>
    /// <param name="mayRead">What <see cref="MailReaders"/> say.</param>
    public Task<Page<MailRecord>> MailsAsync(
        RowRights rights, int size, string? continuation, Predicate<MailRecord> mayRead, ReadPage<MailRecord> read,
        CancellationToken cancellation) =>
        rights.Actor.Role == Role.Admin
            ? read(size, continuation)
            : pages.FillAsync(
                size, continuation, MostLookups, read,
                async record => mayRead(record) ? await LookAtAsync(rights, record, cancellation) : null,
                (fields, record) => fields.Of(record));

    /// <summary>
    /// What of a mail a person sees; null when its deal is out of their sight. Mails to buyers belong to their deal;
    /// whose the others are, <see cref="MailReaders"/> say.
    /// </summary>
    public async Task<FieldRights?> LookAtAsync(RowRights rights, MailRecord record, CancellationToken cancellation) =>
        rights.DependOnRows && BuyerMails.Includes(record.Mail.Kind)
            ? rights.LookAt(await owners.OfDealAsync(new DealId(record.Mail.About), cancellation))
            : rights.FieldsOf(row: null);

    private static async Task<Page<T>> WholeAsync<T>(Task<Page<T>> reading, Func<T, T> show)
    {
        var page = await reading;
        return page with { Items = [.. page.Items.Select(show)] };
    }
}
