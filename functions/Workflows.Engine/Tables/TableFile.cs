using Microsoft.Extensions.Logging.Abstractions;
using Workflows.Engine.Storage;
using Workflows.Platform;

namespace Workflows.Engine.Tables;

/// <summary>
/// The tables of a database file on which no engine runs. Orchestrations and mails in the file are left alone. It locks
/// the file as an engine does: it must be disposed before an engine starts.
/// </summary>
public sealed class TableFile : IDisposable
{
    private readonly Database _database;

    private TableFile(Database database, EngineOptions options)
    {
        _database = database;
        Tables = new TableStore(database, options);
    }

    /// <summary>The tables of business rows.</summary>
    public ITableStore Tables { get; }

    /// <summary>Opens a file, which is created when it is missing.</summary>
    /// <exception cref="InvalidOperationException">An engine runs on the file, or a newer build wrote it.</exception>
    public static TableFile Open(EngineOptions options)
    {
        var database = new Database(options, NullLogger.Instance);
        database.Open();
        return new TableFile(database, options);
    }

    /// <summary>
    /// Writes what is queued and closes the file. The next engine still finds out whether the last one crashed.
    /// </summary>
    public void Dispose() => _database.Close(cleanly: !_database.CameFromCrash);
}
