using Workflows.Engine.Storage;
using Workflows.Platform;

namespace Workflows.Engine.Tables;

/// <summary>
/// Pending writes, together with the committed rows below them. A condition is checked in the call, against what the
/// transaction sees; the writer checks again, when it commits, that the committed row is still what the check was made
/// on. The lock is for activities that write from several threads.
/// </summary>
internal sealed class TableTransaction(Database database, EngineOptions options)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<RowId, PendingRow> _pending = [];

    /// <summary>What a committed row must be like so that a pending write may be committed.</summary>
    private enum Base
    {
        Any,
        Missing,
        Existing,
        OfVersion,
    }

    public bool IsEmpty => _pending.Count == 0;

    public TableRow? Get(string table, string partitionKey, string rowKey)
    {
        TableRules.ThrowIfInvalidTable(table);
        TableRules.ThrowIfInvalidKey(partitionKey, nameof(partitionKey));
        TableRules.ThrowIfInvalidKey(rowKey, nameof(rowKey));
        lock (_gate)
        {
            var id = new RowId(NameOf(table), partitionKey, rowKey);
            return database.GuardedTables.Contains(id.Table) && !_pending.ContainsKey(id)
                ? database.Readers.ReadInTransaction(id, static (connection, wanted) =>
                {
                    RowStatements.ThrowIfIncomplete(connection, wanted.Table, wanted.PartitionKey);
                    return RowStatements.Find(connection, wanted)?.Row;
                })
                : Find(id)?.Row;
        }
    }

    public Page<TableRow> Query(string table, TableQuery query)
    {
        TableRules.ThrowIfInvalidTable(table);
        var name = NameOf(table);
        var range = RowStatements.RangeOf(query);
        lock (_gate)
        {
            var rows = Read(name, range, query);
            if (_pending.Count > 0)
            {
                rows = Overlay(name, range, rows, isAll: rows.Count <= query.PageSize);
            }

            if (rows.Count <= query.PageSize)
            {
                return new Page<TableRow>(rows, null);
            }

            rows.RemoveRange(query.PageSize, rows.Count - query.PageSize);
            return new Page<TableRow>(rows, RowStatements.ContinuationAfter(rows[^1]));
        }
    }

    public IReadOnlyList<string?> Execute(string table, IReadOnlyList<TableOperation> operations)
    {
        TableRules.ThrowIfInvalidBatch(table, operations);
        lock (_gate)
        {
            var decided = new List<(RowId Id, PendingRow Row)>(operations.Count);
            foreach (var operation in operations)
            {
                decided.Add(Decide(table, operation));
            }

            var etags = new string?[decided.Count];
            for (var i = 0; i < decided.Count; i++)
            {
                var (id, row) = decided[i];
                _pending[id] = row;
                etags[i] = row.Properties is null ? null : RowVersion.ToETag(row.Version);
            }

            return etags;
        }
    }

    /// <summary>
    /// The first pending write whose committed row is not what the write was checked on; null when there is none.
    /// Called by the writer, within its transaction.
    /// </summary>
    public RowConflictException? FindConflict(Connection connection)
    {
        foreach (var (id, row) in _pending)
        {
            if (row.Base == Base.Any)
            {
                continue;
            }

            var version = RowStatements.FindVersion(connection, id);
            RowConflict? conflict = row.Base switch
            {
                Base.Missing when version is not null => RowConflict.Exists,
                Base.Existing or Base.OfVersion when version is null => RowConflict.Missing,
                Base.OfVersion when version != row.BaseVersion => RowConflict.Changed,
                _ => null,
            };
            if (conflict is { } reason)
            {
                return new RowConflictException(id.Table, id.PartitionKey, id.RowKey, reason);
            }
        }

        return null;
    }

    /// <summary>
    /// Writes the pending rows. Called by the writer, within its transaction, after <see cref="FindConflict"/>.
    /// </summary>
    public void Write(Connection connection)
    {
        foreach (var (id, row) in _pending)
        {
            if (database.GuardedTables.Contains(id.Table))
            {
                var before = RowStatements.FindChecksum(connection, id);
                RowStatements.UpdateDigest(connection, id, before, row.Properties is null ? null : row.Checksum(id));
            }

            if (row.Properties is { } properties)
            {
                RowStatements.Write(connection, id, row.Version, row.At, properties, row.Checksum(id));
            }
            else if (row.Base != Base.Missing)
            {
                RowStatements.Delete(connection, id);
            }
        }
    }

    private static string NameOf(string table) => table.ToLowerInvariant();

    private static TableRow Merged(TableRow present, TableRow changes)
    {
        var merged = new TableRow(present.PartitionKey, present.RowKey);
        foreach (var (name, value) in present.Properties)
        {
            merged[name] = value;
        }

        foreach (var (name, value) in changes.Properties)
        {
            merged[name] = value;
        }

        return merged;
    }

    private (RowId Id, PendingRow Row) Decide(string table, TableOperation operation)
    {
        var row = operation.Row;
        var id = new RowId(NameOf(table), row.PartitionKey, row.RowKey);
        // An upsert has no condition, so the row need not be read.
        (long Version, TableRow Row)? present = operation.Kind == TableOperationKind.Upsert ? null : Find(id);
        RowConflict? conflict = operation.Kind switch
        {
            TableOperationKind.Upsert => null,
            TableOperationKind.Insert => present is null ? null : RowConflict.Exists,
            _ when present is null => RowConflict.Missing,
            _ when operation.ETag != TableOperation.AnyETag && operation.ETag != present.Value.Row.ETag =>
                RowConflict.Changed,
            _ => null,
        };
        if (conflict is { } reason)
        {
            throw new RowConflictException(table, id.PartitionKey, id.RowKey, reason);
        }

        if (operation.Kind == TableOperationKind.Merge)
        {
            row = Merged(present!.Value.Row, row);
            TableRules.ThrowIfInvalidBatch(table, [TableOperation.Upsert(row)]);
        }

        var (needs, baseVersion) = _pending.TryGetValue(id, out var earlier)
            ? (earlier.Base, earlier.BaseVersion)
            : BaseOf(operation, present?.Version ?? 0);
        var properties = operation.Kind == TableOperationKind.Delete ? null : RowCodec.Encode(row);
        var now = options.TimeProvider.GetUtcNow().UtcTicks;
        return (id, new PendingRow(properties, database.NextNumber(), now, needs, baseVersion));
    }

    private static (Base Needs, long Version) BaseOf(TableOperation operation, long version) => operation.Kind switch
    {
        TableOperationKind.Insert => (Base.Missing, 0),
        TableOperationKind.Upsert => (Base.Any, 0),
        // A merge writes properties that were read, so the row must still be the one that was read.
        TableOperationKind.Merge => (Base.OfVersion, version),
        _ => operation.ETag == TableOperation.AnyETag ? (Base.Existing, 0) : (Base.OfVersion, version),
    };

    private (long Version, TableRow Row)? Find(RowId id)
    {
        if (_pending.TryGetValue(id, out var pending))
        {
            return pending.Properties is null ? null : (pending.Version, pending.Read(id));
        }

        return database.Readers.Read(id, static (connection, wanted) => RowStatements.Find(connection, wanted));
    }

    /// <summary>
    /// Reads the committed rows of a page and one more. A first page of the full size checks the digests of guarded
    /// partitions; a shorter one, as lists ask for, checks only the checksum of each row.
    /// </summary>
    private List<TableRow> Read(string table, in RowRange range, TableQuery query)
    {
        var page = (table, range, query.Partition, Limit: query.PageSize + 1);
        var isChecked = query is { Continuation: null, PageSize: TableRules.MaxPageSize }
            && database.GuardedTables.Contains(table);
        return isChecked
            ? database.Readers.ReadInTransaction(page, static (connection, wanted) =>
            {
                var partitions = wanted.Partition is { } one
                    ? [one]
                    : RowStatements.PartitionsOf(connection, wanted.table);
                foreach (var partition in partitions)
                {
                    RowStatements.ThrowIfIncomplete(connection, wanted.table, partition);
                }

                return RowStatements.Read(connection, wanted.table, wanted.range, wanted.Limit);
            })
            : database.Readers.Read(page, static (connection, wanted) =>
                RowStatements.Read(connection, wanted.table, wanted.range, wanted.Limit));
    }

    /// <summary>Puts the pending rows of a page in the places of the committed ones.</summary>
    private List<TableRow> Overlay(string table, in RowRange range, List<TableRow> committed, bool isAll)
    {
        var merged = new SortedDictionary<RowId, TableRow>();
        foreach (var row in committed)
        {
            merged[new RowId(table, row.PartitionKey, row.RowKey)] = row;
        }

        // After the last row of a page that is not the last one, committed rows follow that were not read.
        var last = isAll ? (RowId?)null : new RowId(table, committed[^1].PartitionKey, committed[^1].RowKey);
        foreach (var (id, row) in _pending)
        {
            if (id.Table != table || !range.Holds(id) || (last is { } end && id.CompareTo(end) > 0))
            {
                continue;
            }

            if (row.Properties is null)
            {
                merged.Remove(id);
            }
            else
            {
                merged[id] = row.Read(id);
            }
        }

        return [.. merged.Values];
    }

    private sealed record PendingRow(byte[]? Properties, long Version, long At, Base Base, long BaseVersion)
    {
        public long Checksum(in RowId id) => RowStatements.ChecksumOf(id, Version, At, Properties);

        public TableRow Read(in RowId id) => RowCodec.Decode(id, Version, At, Properties);
    }
}
