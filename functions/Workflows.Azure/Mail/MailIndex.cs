using Workflows.Platform;

namespace Workflows.Azure.Mail;

/// <summary>
/// Lists of mails, newest first, in the one partition of table <c>MailIndex</c>: all of them, those about something,
/// and those that are not sent. Rows are nothing but keys. A list may be behind its mails, never the other way round:
/// a reader of one looks at the mail.
/// </summary>
internal sealed class MailIndex(ITableStore tables)
{
    private const string Table = "MailIndex";
    private const string Partition = "mails";
    private const string All = "a|";

    /// <summary>Lists a mail that was taken. A second time changes nothing.</summary>
    public Task AddAsync(MailItem mail, CancellationToken cancellation)
    {
        List<TableOperation> operations = [Put(All + mail.Place)];
        if (mail.Mail.About.Length > 0)
        {
            operations.Add(Put(ListOf(mail.Mail.About) + mail.Place));
        }

        if (mail.Status != MailStatus.Sent)
        {
            operations.Add(Put(ListOf(mail.Status) + mail.Place));
        }

        return tables.ExecuteAsync(Table, operations, cancellation);
    }

    /// <summary>Moves a mail from the list of one status to that of the one it has.</summary>
    public async Task MoveAsync(MailItem mail, MailStatus from, CancellationToken cancellation)
    {
        if (from == mail.Status)
        {
            return;
        }

        List<TableOperation> operations = [];
        if (from != MailStatus.Sent)
        {
            operations.Add(TableOperation.Delete(Partition, ListOf(from) + mail.Place, TableOperation.AnyETag));
        }

        if (mail.Status != MailStatus.Sent)
        {
            operations.Add(Put(ListOf(mail.Status) + mail.Place));
        }

        try
        {
            await tables.ExecuteAsync(Table, operations, cancellation);
        }
        catch (RowConflictException conflict) when (conflict.Reason == RowConflict.Missing)
        {
            // It had left the old list before.
            if (mail.Status != MailStatus.Sent)
            {
                await tables.ExecuteAsync(Table, [operations[^1]], cancellation);
            }
        }
    }

    /// <summary>A page of keys of mails.</summary>
    public async Task<Page<string>> ReadAsync(MailQuery query, CancellationToken cancellation)
    {
        var list =
            query.About is { } about ? ListOf(about)
            : query.Status is { } status and not MailStatus.Sent ? ListOf(status)
            : All;
        var page = await tables.QueryAsync(
            Table,
            TableQuery.Of(Partition, list) with { PageSize = query.PageSize, Continuation = query.Continuation },
            cancellation);
        return new Page<string>(
            [.. page.Items.Select(row => row.RowKey[(row.RowKey.LastIndexOf('|') + 1)..])], page.Continuation);
    }

    private static string ListOf(string about) => $"d|{MailItem.KeyOf(about)}|";

    private static string ListOf(MailStatus status) => $"s|{status}|";

    private static TableOperation Put(string row) => TableOperation.Upsert(new TableRow(Partition, row));
}
