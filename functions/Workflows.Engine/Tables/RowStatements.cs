using System.Text.Json;
using Workflows.Engine.Storage;
using Workflows.Platform;

namespace Workflows.Engine.Tables;

/// <summary>The SQL statements on business rows.</summary>
internal static class RowStatements
{
    // Appended to a key it gives the next key in order: keys have no control characters, and this is the smallest one.
    private const string NextAfter = "\0";

    public static long? FindVersion(Connection connection, in RowId id) =>
        connection.Use("SELECT version FROM rows WHERE tbl = ? AND pk = ? AND rk = ?")
            .With(id.Table).With(id.PartitionKey).With(id.RowKey).ReadLong();

    /// <exception cref="DamagedDataException">The row is not what was written.</exception>
    public static (long Version, TableRow Row)? Find(Connection connection, in RowId id)
    {
        var statement = connection
            .Use("SELECT version, at, properties, seal FROM rows WHERE tbl = ? AND pk = ? AND rk = ?")
            .With(id.Table).With(id.PartitionKey).With(id.RowKey);
        if (!statement.Read())
        {
            return null;
        }

        var version = statement.Long(0);
        var at = statement.Long(1);
        ThrowIfDamaged(id, version, at, statement.Span(2), statement.Long(3));
        var row = RowCodec.Decode(id, version, at, statement.Span(2));
        statement.Reset();
        return (version, row);
    }

    public static void Write(
        Connection connection, in RowId id, long version, long at, byte[] properties, long checksum) =>
        connection.Use(
                "INSERT OR REPLACE INTO rows (tbl, pk, rk, version, at, properties, seal) VALUES (?, ?, ?, ?, ?, ?, ?)")
            .With(id.Table).With(id.PartitionKey).With(id.RowKey).With(version).With(at).With(properties)
            .With(checksum).Run();

    public static void Delete(Connection connection, in RowId id) =>
        connection.Use("DELETE FROM rows WHERE tbl = ? AND pk = ? AND rk = ?")
            .With(id.Table).With(id.PartitionKey).With(id.RowKey).Run();

    public static long? FindChecksum(Connection connection, in RowId id) =>
        connection.Use("SELECT seal FROM rows WHERE tbl = ? AND pk = ? AND rk = ?")
            .With(id.Table).With(id.PartitionKey).With(id.RowKey).ReadLong();

    /// <summary>Updates the digest of a partition for a row that is inserted, changed or deleted.</summary>
    public static void UpdateDigest(Connection connection, in RowId id, long? before, long? after)
    {
        var count = (after is null ? 0 : 1) - (before is null ? 0 : 1);
        var difference = unchecked((after ?? 0) - (before ?? 0));
        var digest = FindDigest(connection, id.Table, id.PartitionKey);
        connection.Use("INSERT OR REPLACE INTO digests (tbl, pk, count, digest) VALUES (?, ?, ?, ?)")
            .With(id.Table).With(id.PartitionKey).With(digest.Count + count)
            .With(unchecked(digest.Sum + difference)).Run();
    }

    public static (long Count, long Sum) FindDigest(Connection connection, string table, string partition)
    {
        var statement = connection.Use("SELECT count, digest FROM digests WHERE tbl = ? AND pk = ?")
            .With(table).With(partition);
        if (!statement.Read())
        {
            return (0, 0);
        }

        var digest = (statement.Long(0), statement.Long(1));
        statement.Reset();
        return digest;
    }

    /// <exception cref="DamagedDataException">Rows of the partition are missing, or there are too many.</exception>
    public static void ThrowIfIncomplete(Connection connection, string table, string partition)
    {
        var statement = connection.Use("SELECT seal FROM rows WHERE tbl = ? AND pk = ?").With(table).With(partition);
        var (count, sum) = (0L, 0L);
        while (statement.Read())
        {
            count++;
            sum = unchecked(sum + statement.Long(0));
        }

        if (FindDigest(connection, table, partition) != (count, sum))
        {
            throw new DamagedDataException($"Partition '{partition}' of table {table}");
        }
    }

    /// <summary>Every partition of a table that has rows, or a digest over rows.</summary>
    public static List<string> PartitionsOf(Connection connection, string table)
    {
        var statement = connection
            .Use("SELECT pk FROM digests WHERE tbl = ? UNION SELECT DISTINCT pk FROM rows WHERE tbl = ?")
            .With(table).With(table);
        var partitions = new List<string>();
        while (statement.Read())
        {
            partitions.Add(statement.Text(0));
        }

        return partitions;
    }

    public static long ChecksumOf(in RowId id, long version, long at, ReadOnlySpan<byte> properties)
    {
        var checksum = new RowChecksum();
        checksum.Add(id.Table);
        checksum.Add(id.PartitionKey);
        checksum.Add(id.RowKey);
        checksum.Add(version);
        checksum.Add(at);
        checksum.Add(properties);
        return checksum.Value;
    }

    /// <summary>
    /// Reads rows in order of their keys. Callers ask for one more than a page, to find out whether there is a next
    /// page.
    /// </summary>
    public static List<TableRow> Read(Connection connection, string table, in RowRange range, int limit)
    {
        var statement = connection.Use(
                "SELECT pk, rk, version, at, properties, seal FROM rows "
                + "WHERE tbl = ? AND (pk, rk) >= (?, ?) AND (pk, rk) < (?, ?) ORDER BY pk, rk LIMIT ?")
            .With(table).With(range.FromPartition).With(range.FromRow);
        // A blob sorts after every text, so it stands for a range without end.
        statement = range.BeforePartition is null
            ? statement.With(ReadOnlySpan<byte>.Empty)
            : statement.With(range.BeforePartition);
        statement.With(range.BeforeRow).With(limit);
        var rows = new List<TableRow>();
        while (statement.Read())
        {
            var id = new RowId(table, statement.Text(0), statement.Text(1));
            var (version, at) = (statement.Long(2), statement.Long(3));
            ThrowIfDamaged(id, version, at, statement.Span(4), statement.Long(5));
            rows.Add(RowCodec.Decode(id, version, at, statement.Span(4)));
        }

        return rows;
    }

    /// <exception cref="ArgumentException">
    /// The continuation is not one that this store gave, or the page size is out of range.
    /// </exception>
    public static RowRange RangeOf(TableQuery query)
    {
        if (query.PageSize is < 1 or > TableRules.MaxPageSize)
        {
            throw new ArgumentException("A page holds 1 to 1,000 rows.", nameof(query));
        }

        var range = query.Partition is { } partition
            ? query.RowBefore is { } before
                ? new RowRange(partition, query.RowFrom ?? "", partition, before)
                : new RowRange(partition, query.RowFrom ?? "", partition + NextAfter, "")
            : new RowRange(query.PartitionFrom ?? "", "", query.PartitionBefore, "");
        if (query.Continuation is null)
        {
            return range;
        }

        try
        {
            // A continuation outside of the query's range is another query's, or made up: it would show rows that this
            // query does not.
            var keys = JsonSerializer.Deserialize<string?[]>(Convert.FromBase64String(query.Continuation));
            if (keys is [{ } partitionKey, { } rowKey] && range.Holds(new RowId("", partitionKey, rowKey)))
            {
                return range with { FromPartition = partitionKey, FromRow = rowKey + NextAfter };
            }
        }
        catch (Exception exception) when (exception is FormatException or JsonException)
        {
            throw Unknown(exception);
        }

        throw Unknown(null);

        static ArgumentException Unknown(Exception? cause) =>
            new("The continuation is not one that this store gave.", nameof(query), cause);
    }

    private static void ThrowIfDamaged(in RowId id, long version, long at, ReadOnlySpan<byte> properties, long checksum)
    {
        if (ChecksumOf(id, version, at, properties) != checksum)
        {
            throw new DamagedDataException($"Row '{id.PartitionKey}' / '{id.RowKey}' of table {id.Table}");
        }
    }

    public static string ContinuationAfter(TableRow row) =>
        Convert.ToBase64String(JsonSerializer.SerializeToUtf8Bytes(new[] { row.PartitionKey, row.RowKey }));
}

/// <summary>
/// A range of rows from one place up to another, which is excluded. A null partition at the end means no end.
/// </summary>
internal readonly record struct RowRange(
    string FromPartition, string FromRow, string? BeforePartition, string BeforeRow)
{
    public bool Holds(in RowId id) =>
        id.CompareTo(new RowId(id.Table, FromPartition, FromRow)) >= 0
        && (BeforePartition is null || id.CompareTo(new RowId(id.Table, BeforePartition, BeforeRow)) < 0);
}
