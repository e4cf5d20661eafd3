using Workflows.Platform;
using Workflows.Records;
using Workflows.Trade;

namespace Workflows.Lifecycle.Messages;

/// <summary>The news of a deal as they were read.</summary>
/// <param name="ETag">Null when there was no row yet.</param>
internal sealed record StoredNews(MessageNews News, string? ETag);

/// <summary>
/// Which messages owners were told of: table <c>MessageNews</c>. A partition a deal: row <c>news</c>, and a row for
/// each message that was counted. Partition <c>waiting</c>: a row for each deal whose news may not be settled.
/// </summary>
internal static class MessageNewsRepository
{
    private const string Table = "MessageNews";
    private const string NewsRow = "news";
    private const string WaitingPartition = "waiting";

    /// <summary>Counts a message once, and changes the news by it.</summary>
    /// <returns>The news after it, and whether it was counted now.</returns>
    public static Task<(StoredNews Stored, bool IsNew)> AddAsync(
        ITableStore tables, DealId deal, BuyerMessage message, Func<MessageNews, MessageNews> change,
        CancellationToken cancellation) => ConflictRetry.RunAsync(async () =>
    {
        var before = await FindAsync(tables, deal, cancellation);
        var counted = new TableRow(deal.Value, "message|" + message.Key) { ["At"] = message.At };
        if (await tables.GetAsync(Table, counted.PartitionKey, counted.RowKey, cancellation) is not null)
        {
            return (before, false);
        }

        var after = change(before.News);
        var etags = await tables.ExecuteAsync(
            Table, [TableOperation.Insert(counted), TableOperation.Write(RowOf(deal, after), before.ETag)],
            cancellation);
        return (new StoredNews(after, etags[1]), true);
    });

    public static async Task<StoredNews> FindAsync(ITableStore tables, DealId deal, CancellationToken cancellation)
    {
        var row = await tables.GetAsync(Table, deal.Value, NewsRow, cancellation);
        return new StoredNews(row?.Read<MessageNews>() ?? MessageNews.None, row?.ETag);
    }

    /// <summary>Changes the news as they were read.</summary>
    /// <returns>Null when another writer was faster.</returns>
    public static async Task<StoredNews?> TryChangeAsync(
        ITableStore tables, DealId deal, StoredNews before, MessageNews after, CancellationToken cancellation) =>
        await tables.TryWriteAsync(Table, RowOf(deal, after), before.ETag, cancellation) is { } etag
            ? new StoredNews(after, etag)
            : null;

    /// <summary>
    /// Lists a deal for <see cref="MessageDigests"/>. To be called after the news were changed: who takes it off looks
    /// at them first.
    /// </summary>
    public static Task ListAsync(ITableStore tables, DealId deal, CancellationToken cancellation) =>
        tables.UpsertAsync(Table, new TableRow(WaitingPartition, deal.Value), cancellation);

    /// <summary>Takes a deal off the list, unless it was listed again since it was read.</summary>
    public static Task TakeOffAsync(ITableStore tables, TableRow listed, CancellationToken cancellation) =>
        tables.TryDeleteAsync(Table, listed.PartitionKey, listed.RowKey, listed.ETag!, cancellation);

    /// <summary>A page of deals whose news may not be settled; the row's key is the deal.</summary>
    public static Task<Page<TableRow>> PageAsync(
        ITableStore tables, string? continuation, CancellationToken cancellation) => tables.QueryAsync(
        Table, TableQuery.Of(WaitingPartition) with { Continuation = continuation }, cancellation);

    private static TableRow RowOf(DealId deal, MessageNews news) => new TableRow(deal.Value, NewsRow).With(news);
}
