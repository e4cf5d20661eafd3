using Microsoft.Extensions.Logging.Abstractions;
using Workflows.Engine.Storage;
using Workflows.Platform;

namespace Workflows.Engine.Tables;

/// <summary>
/// The tables of an engine's file while no engine runs on it. Nothing that waits in the file is taken up. Locked like an
/// engine: dispose it before one is started.
/// </summary>
public sealed class TableFile : IDisposable
{
    private readonly Database _database;

    private TableFile(Database database, EngineOptions options)
    {
        _database = database;
        Tables = new TableStore(database, options);
    }

    /// <summary>The business rows.</summary>
    public ITableStore Tables { get; }

    /// <summary>Opens a file; it is made if it is not there.</summary>
    /// <exception cref="InvalidOperationException">An engine runs on it, or a newer build wrote it.</exception>
    public static TableFile Open(EngineOptions options)
    {
        var database = new Database(options, NullLogger.Instance);
        database.Open();
        return new TableFile(database, options);
    }

    /// <summary>Writes what is in line and closes the file. The next engine still finds out how the last one ended.</summary>
    public void Dispose() => _database.Close(cleanly: !_database.CameFromCrash);
}
