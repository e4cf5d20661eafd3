using Workflows.Approvals;
using Workflows.Lifecycle;
using Workflows.Mails;
using Workflows.Platform;
using Workflows.Receivables;
using Workflows.Trade;
using Workflows.Web.Hosting.Keys;
using Workflows.Web.Mail;

namespace Workflows.Web.Hosting.Rows;

/// <summary>Reads a page of a list that a store keeps.</summary>
/// <param name="size">At most so many rows.</param>
/// <param name="continuation">Of the page before; null for the first.</param>
internal delegate Task<Page<T>> ReadPage<T>(int size, string? continuation);

/// <summary>
/// Pages of what a person sees, with the fields that they see. Rows of others are left out and the page is filled with
/// the next ones, for at most <see cref="MostRows"/> rows looked at, or <see cref="MostLookups"/> where a row's owner
/// stands in another row. Beyond that a page is short, and the next one goes on.
/// </summary>
internal sealed class VisibleRows(RowOwners owners)
{
    /// <summary>Rows looked at for one page.</summary>
    public const int MostRows = 2000;

    /// <summary>The same for lists in which each row's owner is a read of its own.</summary>
    public const int MostLookups = 500;

    private const int Chunk = 100;

    public Task<Page<DealSummary>> DealsAsync(
        RowRights rights, int size, string? continuation, ReadPage<DealSummary> read) =>
        FillAsync(
            rights, rights.DependOnRows, size, continuation, MostRows, read,
            deal => Task.FromResult(rights.LookAt(owners.Of(deal))), (_, deal) => deal);

    public Task<Page<Invoice>> InvoicesAsync(
        RowRights rights, int size, string? continuation, ReadPage<Invoice> read, CancellationToken cancellation) =>
        FillAsync(
            rights, rights.DependOnRows, size, continuation, MostLookups, read,
            async invoice => rights.LookAt(await owners.OfInvoiceAsync(invoice, cancellation)),
            (fields, invoice) => fields.Of(invoice));

    /// <summary>Those of a few invoices that the person sees.</summary>
    public async Task<IReadOnlyList<Invoice>> AllAsync(
        RowRights rights, IReadOnlyList<Invoice> invoices, CancellationToken cancellation) =>
        (await InvoicesAsync(
            rights, invoices.Count, null, (_, _) => Task.FromResult(new Page<Invoice>(invoices, null)), cancellation))
        .Items;

    /// <summary>
    /// What counts in an ageing sheet for the person: the invoices that they see, and the balances of customers whom
    /// they see. A sheet reads all that is open, whoever asks.
    /// </summary>
    public AgeingCount Counting(RowRights rights, CancellationToken cancellation) => rights.SeesAll
        ? AgeingCount.Everything
        : new AgeingCount(
            async invoice => rights.Sees(await owners.OfInvoiceAsync(invoice, cancellation)),
            async balance => rights.Sees(await owners.OfCustomerAsync(balance.Customer, cancellation)));

    public Task<Page<ApprovalSummary>> ApprovalsAsync(
        RowRights rights, int size, string? continuation, ReadPage<ApprovalSummary> read,
        CancellationToken cancellation) =>
        FillAsync(
            rights, rights.DependOnRows, size, continuation, MostLookups, read,
            async approval => rights.LookAt(await owners.OfDealAsync(approval.Deal, cancellation)),
            (fields, approval) => fields.Of(approval));

    /// <summary>Mails that the person may read and whose deal they see.</summary>
    /// <param name="mayRead">What <see cref="MailReaders"/> say.</param>
    public Task<Page<MailRecord>> MailsAsync(
        RowRights rights, int size, string? continuation, Predicate<MailRecord> mayRead, ReadPage<MailRecord> read,
        CancellationToken cancellation) =>
        FillAsync(
            rights, rights.Actor.Role != Role.Admin, size, continuation, MostLookups, read,
            async record => mayRead(record) ? await LookAtAsync(rights, record, cancellation) : null,
            (fields, record) => fields.Of(record));

    /// <summary>
    /// What of a mail a person sees; null when its deal is out of their sight. Mails to buyers belong to their deal;
    /// whose the others are, <see cref="MailReaders"/> say.
    /// </summary>
    public async Task<FieldRights?> LookAtAsync(RowRights rights, MailRecord record, CancellationToken cancellation) =>
        !BuyerMails.Includes(record.Mail.Kind) ? rights.FieldsOf(row: null)
        : rights.DependOnRows
            ? rights.LookAt(await owners.OfDealAsync(new DealId(record.Mail.About), cancellation))
            : rights.FieldsOf(row: null);

    private static async Task<Page<T>> FillAsync<T>(
        RowRights rights, bool isFiltered, int size, string? continuation, int mostRows, ReadPage<T> read,
        Func<T, Task<FieldRights?>> lookAt, Func<FieldRights, T, T> show)
    {
        if (!isFiltered)
        {
            var whole = await read(size, continuation);
            return whole with { Items = [.. whole.Items.Select(row => show(rights.FieldsOf(row: null), row))] };
        }

        var seen = new List<T>();
        var looked = 0;
        do
        {
            var left = size - seen.Count;
            var page = await read(Math.Max(left, Chunk), continuation);
            var (visible, end) = await LookAsync(page.Items, left, lookAt, show);
            if (end < page.Items.Count)
            {
                // A continuation follows a page's last row, so the page is read again up to the last row that fits.
                page = await read(end, continuation);
                (visible, _) = await LookAsync(page.Items, int.MaxValue, lookAt, show);
            }

            seen.AddRange(visible);
            looked += page.Items.Count;
            continuation = page.Continuation;
        }
        while (continuation is not null && seen.Count < size && looked < mostRows);

        return new Page<T>(seen, continuation);
    }

    /// <returns>The first rows that are seen, at most so many, and behind which row the last one stands.</returns>
    private static async Task<(List<T> Visible, int End)> LookAsync<T>(
        IReadOnlyList<T> rows, int most, Func<T, Task<FieldRights?>> lookAt, Func<FieldRights, T, T> show)
    {
        var visible = new List<T>();
        for (var i = 0; i < rows.Count; i++)
        {
            if (await lookAt(rows[i]) is { } fields)
            {
                visible.Add(show(fields, rows[i]));
                if (visible.Count == most)
                {
                    return (visible, i + 1);
                }
            }
        }

        return (visible, rows.Count);
    }
}
