using Workflows.Platform;

namespace Workflows.Azure.Mail;

/// <summary>The mails and their lists.</summary>
internal sealed class MailRepository(ITableStore tables)
{
    private const int ReadersAtOnce = 16;

    private readonly MailIndex _index = new(tables);

    /// <summary>
    /// Takes a mail, once. Listing it is repeated until it is done, so a caller that broke off calls again.
    /// </summary>
    /// <returns>The mail as it was first taken.</returns>
    public async Task<MailItem> TakeAsync(MailItem mail, CancellationToken cancellation)
    {
        if (!await tables.TryInsertAsync(MailItem.Table, mail.ToRow(), cancellation))
        {
            mail = await FindAsync(mail.Mail.Id, cancellation) ?? mail;
        }

        await _index.AddAsync(mail, cancellation);
        return mail;
    }

    public Task<MailItem?> FindAsync(string mailId, CancellationToken cancellation) =>
        FindByKeyAsync(MailItem.KeyOf(mailId), cancellation);

    /// <summary>Changes a mail that nobody else has changed since it was read.</summary>
    /// <param name="alongside">More rows of the mail's partition, in the same commit.</param>
    /// <returns>
    /// The mail as it is now; null when another writer was faster, or one of the other rows' conditions did not hold.
    /// </returns>
    public async Task<MailItem?> TryChangeAsync(
        MailItem before, MailItem after, CancellationToken cancellation, params TableOperation[] alongside)
    {
        try
        {
            var etags = await tables.ExecuteAsync(
                MailItem.Table, [TableOperation.Merge(after.Changes(), before.ETag!), .. alongside], cancellation);
            await _index.MoveAsync(after, before.Status, cancellation);
            return after with { ETag = etags[0] };
        }
        catch (RowConflictException conflict) when (conflict.Table == MailItem.Table)
        {
            return null;
        }
    }

    /// <summary>Whether a row of a mail's partition is there.</summary>
    public async Task<bool> IsThereAsync(TableRow row, CancellationToken cancellation) =>
        await tables.GetAsync(MailItem.Table, row.PartitionKey, row.RowKey, cancellation) is not null;

    /// <summary>Puts a mail on the list where it belongs, after a change whose second half was lost.</summary>
    public Task SettleAsync(MailItem mail, MailStatus listed, CancellationToken cancellation) =>
        _index.MoveAsync(mail, listed, cancellation);

    /// <summary>A page of mails; it holds what is left of the list's page.</summary>
    public async Task<Page<MailItem>> ReadAsync(MailQuery query, CancellationToken cancellation)
    {
        var (keys, continuation) = await _index.ReadAsync(query, cancellation);
        var mails = new MailItem?[keys.Count];
        await Parallel.ForAsync(
            0,
            keys.Count,
            new ParallelOptions { MaxDegreeOfParallelism = ReadersAtOnce, CancellationToken = cancellation },
            async (n, stop) => mails[n] = await FindByKeyAsync(keys[n], stop));
        return new Page<MailItem>([.. mails.OfType<MailItem>()], continuation);
    }

    private async Task<MailItem?> FindByKeyAsync(string key, CancellationToken cancellation) =>
        await tables.GetAsync(MailItem.Table, key, MailItem.RowKey, cancellation) is { } row
            ? MailItem.Read(row)
            : null;
}
