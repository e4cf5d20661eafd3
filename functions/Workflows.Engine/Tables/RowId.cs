namespace Workflows.Engine.Tables;

/// <summary>
/// The place of a row. Table names are compared without regard to case, as in Table Storage, so they are stored in
/// lower case.
/// </summary>
internal readonly record struct RowId(string Table, string PartitionKey, string RowKey) : IComparable<RowId>
{
    public int CompareTo(RowId other)
    {
        var byPartition = Compare(PartitionKey, other.PartitionKey);
        return byPartition != 0 ? byPartition : Compare(RowKey, other.RowKey);
    }

    /// <summary>
    /// The order of UTF-8 bytes, which is SQLite's: the ordinal order, but with surrogates after everything else.
    /// </summary>
    private static int Compare(string left, string right)
    {
        var shared = Math.Min(left.Length, right.Length);
        for (var i = 0; i < shared; i++)
        {
            if (left[i] != right[i])
            {
                return Weight(left[i]) - Weight(right[i]);
            }
        }

        return left.Length - right.Length;
    }

    private static int Weight(char c) => char.IsSurrogate(c) ? c + 0x10000 : c;
}
