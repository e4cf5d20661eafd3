namespace Workflows.Platform;

/// <summary>Which rows to read: a range of keys, compared ordinally. Null bounds are open.</summary>
public sealed record TableQuery
{
    /// <summary>Only this partition: the cheap question. Null reads across partitions.</summary>
    public string? Partition { get; init; }

    /// <summary>Partitions at or after this one; only across partitions.</summary>
    public string? PartitionFrom { get; init; }

    /// <summary>Partitions before this one; only across partitions.</summary>
    public string? PartitionBefore { get; init; }

    /// <summary>Rows at or after this key, within <see cref="Partition"/>.</summary>
    public string? RowFrom { get; init; }

    /// <summary>Rows before this key, within <see cref="Partition"/>.</summary>
    public string? RowBefore { get; init; }

    /// <summary>At most this many rows a page, 1 to 1,000.</summary>
    public int PageSize { get; init; } = TableRules.MaxPageSize;

    /// <summary>From the page before; null for the first. Opaque, and only good for the same query.</summary>
    public string? Continuation { get; init; }

    /// <summary>Every row of a partition.</summary>
    public static TableQuery Of(string partition) => new() { Partition = partition };

    /// <summary>The rows of a partition whose key starts with a prefix.</summary>
    public static TableQuery Of(string partition, string rowPrefix) =>
        new() { Partition = partition, RowFrom = rowPrefix, RowBefore = TableRules.After(rowPrefix) };
}
