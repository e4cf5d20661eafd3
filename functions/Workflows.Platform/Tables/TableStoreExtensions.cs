using System.Runtime.CompilerServices;

namespace Workflows.Platform;

/// <summary>The usual single steps, in terms of the contract.</summary>
public static class TableStoreExtensions
{
    /// <summary>Writes a row that must not exist yet.</summary>
    /// <returns>Its ETag.</returns>
    /// <exception cref="RowConflictException">It exists.</exception>
    public static async Task<string> InsertAsync(
        this ITableStore store, string table, TableRow row, CancellationToken cancellation = default) =>
        (await store.ExecuteAsync(table, [TableOperation.Insert(row)], cancellation))[0]!;

    /// <summary>Writes a row that must not exist yet, and says whether it did: the insert-once lock.</summary>
    /// <returns>False when the row exists; nothing was written.</returns>
    public static async Task<bool> TryInsertAsync(
        this ITableStore store, string table, TableRow row, CancellationToken cancellation = default)
    {
        try
        {
            await store.ExecuteAsync(table, [TableOperation.Insert(row)], cancellation);
            return true;
        }
        catch (RowConflictException conflict) when (conflict.Reason == RowConflict.Exists)
        {
            return false;
        }
    }

    /// <summary>
    /// Writes a row over what was read, with the ETag of then or null when there was none, unless another writer has
    /// changed it since.
    /// </summary>
    /// <returns>The new ETag; null when one has, and nothing was written.</returns>
    public static async Task<string?> TryWriteAsync(
        this ITableStore store, string table, TableRow row, string? etag, CancellationToken cancellation = default)
    {
        try
        {
            return (await store.ExecuteAsync(table, [TableOperation.Write(row, etag)], cancellation))[0];
        }
        catch (RowConflictException)
        {
            return null;
        }
    }

    /// <summary>
    /// Replaces a row whole if it still has that ETag (<see cref="TableOperation.AnyETag"/>: if it exists).
    /// </summary>
    /// <exception cref="RowConflictException">It was changed or is gone.</exception>
    public static async Task<string> ReplaceAsync(
        this ITableStore store, string table, TableRow row, string etag, CancellationToken cancellation = default) =>
        (await store.ExecuteAsync(table, [TableOperation.Replace(row, etag)], cancellation))[0]!;

    /// <summary>Writes a row whole, whether it exists or not.</summary>
    public static async Task<string> UpsertAsync(
        this ITableStore store, string table, TableRow row, CancellationToken cancellation = default) =>
        (await store.ExecuteAsync(table, [TableOperation.Upsert(row)], cancellation))[0]!;

    /// <summary>Writes rows of one partition whole, in batches: all of a batch or nothing of it.</summary>
    public static async Task UpsertAllAsync(
        this ITableStore store, string table, IEnumerable<TableRow> rows, CancellationToken cancellation = default)
    {
        foreach (var batch in rows.Select(TableOperation.Upsert).Chunk(TableRules.MaxBatch))
        {
            await store.ExecuteAsync(table, batch, cancellation);
        }
    }

    /// <summary>Removes a row if it still has that ETag (<see cref="TableOperation.AnyETag"/>: if it exists).</summary>
    /// <exception cref="RowConflictException">It was changed or is gone.</exception>
    public static Task DeleteAsync(
        this ITableStore store,
        string table,
        string partitionKey,
        string rowKey,
        string etag,
        CancellationToken cancellation = default) =>
        store.ExecuteAsync(table, [TableOperation.Delete(partitionKey, rowKey, etag)], cancellation);

    /// <summary>Removes a row if it still has that ETag, and says whether it did.</summary>
    /// <returns>False when it was changed or is gone; nothing was removed.</returns>
    public static async Task<bool> TryDeleteAsync(
        this ITableStore store,
        string table,
        string partitionKey,
        string rowKey,
        string etag,
        CancellationToken cancellation = default)
    {
        try
        {
            await store.DeleteAsync(table, partitionKey, rowKey, etag, cancellation);
            return true;
        }
        catch (RowConflictException)
        {
            return false;
        }
    }

    /// <summary>Removes a row whatever it holds; a second time does nothing.</summary>
    /// <returns>False when there was none.</returns>
    public static Task<bool> DeleteIfPresentAsync(
        this ITableStore store,
        string table,
        string partitionKey,
        string rowKey,
        CancellationToken cancellation = default) =>
        store.TryDeleteAsync(table, partitionKey, rowKey, TableOperation.AnyETag, cancellation);

    /// <summary>All rows that match, page by page. Bound the query: this reads to its end.</summary>
    public static async IAsyncEnumerable<TableRow> ReadAllAsync(
        this ITableStore store,
        string table,
        TableQuery query,
        [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        var pages = Pages.ReadAllAsync(
            from => store.QueryAsync(table, query with { Continuation = from ?? query.Continuation }, cancellation));
        await foreach (var page in pages)
        {
            foreach (var row in page.Items)
            {
                yield return row;
            }
        }
    }
}
