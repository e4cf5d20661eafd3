namespace Workflows.Platform;

/// <summary>
/// Rows in tables, with the model of Azure Table Storage because it is the narrower one of the two homes': a row is
/// found by partition and row key, ordered ordinally by both, carries an ETag, and only rows of one partition change
/// together. Tables come into being with their first row. Every write is durable when its task completes.
/// </summary>
/// <remarks>
/// Limits, the same in both homes (<see cref="TableRules"/>): table names of 3 to 63 letters and digits, keys of 1 KiB
/// without <c>/ \ # ?</c> and control characters, 252 properties, 64 KiB a text or binary, 1 MiB a row, 100 rows and 4
/// MiB a batch. A breach throws <see cref="ArgumentException"/> before anything is written.
/// </remarks>
public interface ITableStore
{
    /// <summary>One row, or null.</summary>
    Task<TableRow?> GetAsync(
        string table, string partitionKey, string rowKey, CancellationToken cancellation = default);

    /// <summary>A page of rows in key order. A page may be empty while there is a continuation.</summary>
    Task<TablePage> QueryAsync(string table, TableQuery query, CancellationToken cancellation = default);

    /// <summary>Applies operations to rows of one partition, all or nothing; a row may appear once.</summary>
    /// <returns>The new ETags, in order; null for a deleted row.</returns>
    /// <exception cref="RowConflictException">A condition did not hold; nothing was written.</exception>
    Task<IReadOnlyList<string?>> ExecuteAsync(
        string table, IReadOnlyList<TableOperation> operations, CancellationToken cancellation = default);
}

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

    /// <summary>All rows that match, page by page. Bound the query: this reads to its end.</summary>
    public static async IAsyncEnumerable<TableRow> ReadAllAsync(
        this ITableStore store,
        string table,
        TableQuery query,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation = default)
    {
        var next = query;
        while (true)
        {
            var page = await store.QueryAsync(table, next, cancellation);
            foreach (var row in page.Rows)
            {
                yield return row;
            }

            if (page.Continuation is null)
            {
                yield break;
            }

            next = query with { Continuation = page.Continuation };
        }
    }
}
