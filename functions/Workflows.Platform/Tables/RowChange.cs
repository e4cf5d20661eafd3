namespace Workflows.Platform;

/// <summary>What becomes of a row that was read.</summary>
/// <param name="Next">The row to write in its place; null leaves it as it is.</param>
/// <param name="Result">What the caller gets once that is done.</param>
public sealed record RowChange<T>(TableRow? Next, T Result);

/// <summary>Changes a row by what it holds.</summary>
public static class RowChange
{
    /// <summary>The row is written.</summary>
    public static RowChange<T> Write<T>(TableRow next, T result) => new(next, result);

    /// <summary>Nothing is written.</summary>
    public static RowChange<T> None<T>(T result) => new(null, result);

    /// <summary>
    /// Reads a row, decides and writes, again and again while other writers are faster: no write of theirs is lost. The
    /// change gets the row as it is now, null when there is none; it is pure, because it runs again after each lost
    /// race.
    /// </summary>
    /// <returns>The result of the change that was written, or that had nothing to write.</returns>
    public static Task<T> ChangeAsync<T>(
        this ITableStore store,
        string table,
        string partitionKey,
        string rowKey,
        Func<TableRow?, RowChange<T>> change,
        CancellationToken cancellation = default) =>
        ConflictRetry.RunAsync(async () =>
        {
            var row = await store.GetAsync(table, partitionKey, rowKey, cancellation);
            var (next, result) = change(row);
            if (next is not null)
            {
                await store.ExecuteAsync(table, [TableOperation.Write(next, row?.ETag)], cancellation);
            }

            return result;
        });
}
