using Workflows.Engine.Instances;
using Workflows.Engine.Storage;
using Workflows.Engine.Tables;
using Workflows.Platform;

namespace Workflows.Engine.History;

/// <summary>
/// The histories in a database file, read without an engine; an engine may run on the file meanwhile.
/// </summary>
internal sealed class StoredHistories
{
    private const int PageSize = 200;
    private readonly Connection _connection;

    private StoredHistories(Connection connection)
    {
        _connection = connection;
        FileId = connection.Use("SELECT value FROM meta WHERE name = 'file_id'").ReadLong() ?? 0;
    }

    public long FileId { get; }

    /// <exception cref="FileNotFoundException">The file does not exist.</exception>
    /// <exception cref="IOException">The file cannot be read, or its schema has another version.</exception>
    public static T Read<T>(string databasePath, Func<StoredHistories, T> read)
    {
        if (!File.Exists(databasePath))
        {
            throw new FileNotFoundException($"There is no database {databasePath}.", databasePath);
        }

        try
        {
            using var connection = Connection.OpenBeside(databasePath);
            connection.Execute("PRAGMA busy_timeout = 5000; PRAGMA query_only = 1;");
            Schema.ThrowIfAnother(connection);
            return read(new StoredHistories(connection));
        }
        catch (StorageException exception)
        {
            throw new IOException($"{databasePath} cannot be read: {exception.Message}.", exception);
        }
    }

    /// <summary>Runs several reads in one transaction, so that all see the same commit.</summary>
    public void InTransaction(Action read)
    {
        _connection.Use("BEGIN").Run();
        try
        {
            read();
        }
        finally
        {
            _connection.ResetAll();
            _connection.Use("COMMIT").Run();
        }
    }

    public IEnumerable<string> InstanceIds()
    {
        var after = 0L;
        while (true)
        {
            var statement = _connection.Use("SELECT key, id FROM instances WHERE key > ? ORDER BY key LIMIT ?")
                .With(after).With(PageSize);
            var page = new List<string>();
            while (statement.Read())
            {
                after = statement.Long(0);
                page.Add(statement.Text(1));
            }

            foreach (var id in page)
            {
                yield return id;
            }

            if (page.Count < PageSize)
            {
                yield break;
            }
        }
    }

    /// <exception cref="DamagedDataException">The row is not what was written.</exception>
    public InstanceRow? Find(string id) => InstanceStatements.Find(_connection, id);

    /// <summary>The turns of the instance's present generation.</summary>
    /// <exception cref="DamagedDataException">A turn, or the input, is not what was written.</exception>
    public List<TurnRecord> Turns(InstanceRow row) =>
        [.. TurnChain.Verify(row, HistoryStatements.Read(_connection, row.Key))];

    public IEnumerable<(string Table, string Partition)> GuardedPartitions() =>
        TableGuards.Of(_connection).SelectMany(table =>
            RowStatements.PartitionsOf(_connection, table).Select(partition => (table, partition)));

    /// <exception cref="DamagedDataException">
    /// Rows of the partition are missing, there are too many, or one is not what was written.
    /// </exception>
    public void ThrowIfIncomplete(string table, string partition)
    {
        RowStatements.ThrowIfIncomplete(_connection, table, partition);
        RowStatements.Read(_connection, table, RowStatements.RangeOf(TableQuery.Of(partition)), int.MaxValue);
    }
}
