namespace Workflows.Platform;

/// <summary>What to do to a row.</summary>
public enum TableOperationKind
{
    /// <summary>Write a row that must not exist.</summary>
    Insert,

    /// <summary>Replace an existing row whole, if its ETag matches.</summary>
    Replace,

    /// <summary>Set the given properties of an existing row and keep the others, if its ETag matches.</summary>
    Merge,

    /// <summary>Write a row whole, whether it exists or not.</summary>
    Upsert,

    /// <summary>Remove an existing row, if its ETag matches.</summary>
    Delete,
}

/// <summary>One step of a batch.</summary>
public sealed record TableOperation
{
    /// <summary>The condition "whatever its ETag is, but it must exist".</summary>
    public const string AnyETag = "*";

    private TableOperation(TableOperationKind kind, TableRow row, string? etag)
    {
        Kind = kind;
        Row = row;
        ETag = etag;
    }

    /// <summary>What to do.</summary>
    public TableOperationKind Kind { get; }

    /// <summary>The row; for a delete only its keys count.</summary>
    public TableRow Row { get; }

    /// <summary>The condition; null for insert and upsert, which take none.</summary>
    public string? ETag { get; }

    /// <inheritdoc cref="TableOperationKind.Insert"/>
    public static TableOperation Insert(TableRow row) => new(TableOperationKind.Insert, row, null);

    /// <inheritdoc cref="TableOperationKind.Replace"/>
    public static TableOperation Replace(TableRow row, string etag) => new(TableOperationKind.Replace, row, etag);

    /// <inheritdoc cref="TableOperationKind.Merge"/>
    public static TableOperation Merge(TableRow row, string etag) => new(TableOperationKind.Merge, row, etag);

    /// <inheritdoc cref="TableOperationKind.Upsert"/>
    public static TableOperation Upsert(TableRow row) => new(TableOperationKind.Upsert, row, null);

    /// <summary>
    /// Write a row whole over what was read: replace it under the ETag of then; insert it when there was none (null).
    /// </summary>
    public static TableOperation Write(TableRow row, string? etag) => etag is null ? Insert(row) : Replace(row, etag);

    /// <inheritdoc cref="TableOperationKind.Delete"/>
    public static TableOperation Delete(string partitionKey, string rowKey, string etag) =>
        new(TableOperationKind.Delete, new TableRow(partitionKey, rowKey), etag);
}

/// <summary>Why a write lost.</summary>
public enum RowConflict
{
    /// <summary>An insert found the row.</summary>
    Exists,

    /// <summary>The row's ETag is another: another writer was faster.</summary>
    Changed,

    /// <summary>There is no such row.</summary>
    Missing,
}

/// <summary>
/// A write's condition did not hold, and nothing of its batch was written. The one name of a lost race in every store.
/// </summary>
public sealed class RowConflictException(string table, string partitionKey, string rowKey, RowConflict reason)
    : Exception($"Row '{partitionKey}' / '{rowKey}' of {table}: {reason}.")
{
    /// <summary>The table.</summary>
    public string Table { get; } = table;

    /// <summary>The row's partition.</summary>
    public string PartitionKey { get; } = partitionKey;

    /// <summary>The row's key.</summary>
    public string RowKey { get; } = rowKey;

    /// <summary>What was found.</summary>
    public RowConflict Reason { get; } = reason;
}
