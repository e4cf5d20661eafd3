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
    Task<Page<TableRow>> QueryAsync(string table, TableQuery query, CancellationToken cancellation = default);

    /// <summary>Applies operations to rows of one partition, all or nothing; a row may appear once.</summary>
    /// <returns>The new ETags, in order; null for a deleted row.</returns>
    /// <exception cref="RowConflictException">A condition did not hold; nothing was written.</exception>
    Task<IReadOnlyList<string?>> ExecuteAsync(
        string table, IReadOnlyList<TableOperation> operations, CancellationToken cancellation = default);
}
