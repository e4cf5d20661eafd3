using System.Collections.Frozen;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Workflows.Engine.Tables;

namespace Workflows.Engine.Storage;

/// <summary>
/// The database file: locked against a second engine, migrated to the newest schema, with one writer and a pool of
/// readers.
/// </summary>
internal sealed class Database : IDisposable
{
    // Versions of rows and numbers of messages start at the opening's number shifted by these bits, so that no opening
    // repeats a number of an earlier one.
    private const int NumberBits = 40;
    private const long KeysPerReservation = 4096;

    private readonly EngineOptions _options;
    private readonly ILogger _log;
    private readonly Lock _keyGate = new();
    private FileStream? _lock;
    private Writer? _writer;
    private ReaderPool? _readers;
    private long _lastNumber;
    private long _nextKey;
    private long _lastReservedKey;

    public Database(EngineOptions options, ILogger log)
    {
        _options = options;
        _log = log;
    }

    /// <summary>A random number that identifies this file.</summary>
    public long FileId { get; private set; }

    /// <summary>
    /// How often the file was opened for writing. An engine with a lower number than the file's must not write.
    /// </summary>
    public long Opening { get; private set; }

    /// <summary>Whether the process that had the file open before died without stopping its engine.</summary>
    public bool CameFromCrash { get; private set; }

    /// <summary>Tables whose partitions carry a digest over their rows, in lower case.</summary>
    public FrozenSet<string> GuardedTables { get; private set; } = FrozenSet<string>.Empty;

    /// <summary>Called before each read, from the next opening on. Tests throw here.</summary>
    public Action? BeforeRead { get; set; }

    public bool IsOpen => _writer is not null;

    public Writer Writer => _writer ?? throw NotRunning();

    public ReaderPool Readers => _readers ?? throw NotRunning();

    /// <exception cref="InvalidOperationException">
    /// Another engine has the file open, a newer build wrote it, it has lost commits, or it cannot be read.
    /// </exception>
    public void Open()
    {
        var path = Path.GetFullPath(_options.DatabasePath);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var fileLock = Lock(path);
        Connection? connection = null;
        HighWaterMark? mark = null;
        try
        {
            HighWaterMark.ThrowIfDatabaseIsGone(path);
            if (!OwnerFile.TryProtect(path))
            {
                _log.FileOpenToOthers(path);
            }

            connection = Connection.Open(path, readOnly: false);
            connection.Execute("PRAGMA busy_timeout = 2000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;");
            connection.Execute("PRAGMA cache_size = -65536; PRAGMA temp_store = MEMORY");
            connection.Execute("PRAGMA wal_autocheckpoint = 4000");
            Schema.Migrate(connection);
            connection.Execute("BEGIN IMMEDIATE");
            TakeNumbers(connection);
            GuardedTables = TableGuards.Add(connection, _options.GuardedTables);
            var commits = Reserve(connection, "commits", existing => existing + 1);
            mark = HighWaterMark.Open(path, FileId, commits - 1);
            connection.Execute("COMMIT");
            mark.Write(commits);
        }
        catch (Exception exception)
        {
            mark?.Dispose();
            connection?.Dispose();
            fileLock.Dispose();
            if (exception is StorageException)
            {
                throw new InvalidOperationException($"{path} cannot be opened: {exception.Message}.", exception);
            }

            throw;
        }

        _lock = fileLock;
        _readers = new ReaderPool(path) { BeforeRead = BeforeRead };
        _writer = new Writer(new GroupCommit(connection, mark, Opening, _log), _options.MaxQueuedWrites, _log);
    }

    /// <summary>Writes what is queued and closes the file.</summary>
    /// <param name="cleanly">
    /// Whether the file is marked as closed in order; otherwise the next opening counts as one after a crash.
    /// </param>
    public void Close(bool cleanly = true)
    {
        _writer?.Stop(cleanly, () => _readers?.Dispose());
        _lock?.Dispose();
        _writer = null;
        _readers = null;
        _lock = null;
    }

    public void Dispose() => Close();

    /// <summary>A number greater than all before, which no other call and no other opening of the file gives.</summary>
    public long NextNumber() => Interlocked.Increment(ref _lastNumber);

    /// <summary>
    /// A new key for an instance. No key is given twice; keys count up from 1, which keeps them short.
    /// </summary>
    public long NextKey()
    {
        lock (_keyGate)
        {
            var key = _nextKey++;
            if (key > _lastReservedKey - KeysPerReservation / 2)
            {
                // The reservation is queued, and so written, before anything that uses a key of the new range.
                _lastReservedKey += KeysPerReservation;
                Writer.Add(new KeyReservation(_lastReservedKey));
            }

            return key;
        }
    }

    // The operating system releases the lock when the process dies, however it dies.
    private static FileStream Lock(string path)
    {
        try
        {
            return OwnerFile.Open(path + ".lock", FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException exception)
        {
            throw new InvalidOperationException(
                $"Another engine is running on {path}: it holds {path}.lock. One file has one engine; "
                + "stop the other first.",
                exception);
        }
    }

    private static InvalidOperationException NotRunning() => new("The engine is not running.");

    private void TakeNumbers(Connection connection)
    {
        FileId = Reserve(connection, "file_id", existing => existing != 0 ? existing : NewFileId());
        Opening = Reserve(connection, "opening", existing => existing + 1);
        _lastNumber = Opening << NumberBits;
        _lastReservedKey = Reserve(connection, "keys", existing => existing + KeysPerReservation);
        _nextKey = _lastReservedKey - KeysPerReservation + 1;
        CameFromCrash = Opening > 1 && connection.Use("SELECT value FROM meta WHERE name = 'clean'").ReadLong() != 1;
        Reserve(connection, "clean", _ => 0);
    }

    private static long NewFileId() => RandomNumberGenerator.GetInt32(1, int.MaxValue);

    private static long Reserve(Connection connection, string name, Func<long, long> next)
    {
        var value = next(connection.Use("SELECT value FROM meta WHERE name = ?").With(name).ReadLong() ?? 0);
        connection.Use("INSERT OR REPLACE INTO meta (name, value) VALUES (?, ?)").With(name).With(value).Run();
        return value;
    }

    private sealed class KeyReservation(long last) : WriteItem
    {
        public override bool KeepsTrying => true;

        public override bool Apply(Connection connection)
        {
            connection.Use("UPDATE meta SET value = max(value, ?) WHERE name = 'keys'").With(last).Run();
            return true;
        }

        public override void Committed()
        {
        }

        public override void Rejected()
        {
        }

        public override void Failed(Exception exception)
        {
        }
    }
}
