using SQLitePCL;

namespace Workflows.Engine.Storage;

/// <summary>One connection to the file with its prepared statements. Used by one thread at a time.</summary>
internal sealed class Connection : IDisposable
{
    private readonly sqlite3 _handle;
    private readonly Dictionary<string, Statement> _statements = new(StringComparer.Ordinal);

    static Connection() => Batteries_V2.Init();

    private Connection(sqlite3 handle) => _handle = handle;

    /// <summary>For tests, which set SQLite's hooks.</summary>
    internal sqlite3 Handle => _handle;

    /// <summary>Rows changed by the last statement.</summary>
    public int Changes => raw.sqlite3_changes(_handle);

    /// <summary>Whether a transaction is open.</summary>
    public bool InTransaction => raw.sqlite3_get_autocommit(_handle) == 0;

    /// <exception cref="StorageException">The file cannot be opened.</exception>
    public static Connection Open(string path, bool readOnly) =>
        Open(path, readOnly ? raw.SQLITE_OPEN_READONLY : raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_CREATE);

    /// <summary>
    /// Opens a file for reading while an engine may have it open. A file without a WAL is open nowhere and was closed
    /// in order: it is opened as immutable, so that SQLite creates no files beside it.
    /// </summary>
    /// <exception cref="StorageException">The file cannot be opened.</exception>
    public static Connection OpenBeside(string path) => File.Exists(path + "-wal")
        ? Open(path, readOnly: true)
        : Open(
            new Uri(Path.GetFullPath(path)).AbsoluteUri + "?immutable=1",
            raw.SQLITE_OPEN_READONLY | raw.SQLITE_OPEN_URI);

    private static Connection Open(string path, int flags)
    {
        flags |= raw.SQLITE_OPEN_NOMUTEX;
        var result = raw.sqlite3_open_v2(path, out var handle, flags, null);
        if (result != raw.SQLITE_OK)
        {
            handle?.Dispose();
            throw new StorageException(result, raw.sqlite3_errstr(result).utf8_to_string());
        }

        raw.sqlite3_extended_result_codes(handle, 1);
        return new Connection(handle);
    }

    /// <summary>The statement for a constant text, prepared once.</summary>
    public Statement Use(string sql)
    {
        if (!_statements.TryGetValue(sql, out var statement))
        {
            statement = Prepare(sql);
            _statements.Add(sql, statement);
        }

        return statement;
    }

    /// <summary>A statement for a text that is composed at run time: the caller disposes it.</summary>
    public Statement Prepare(string sql)
    {
        var result = raw.sqlite3_prepare_v3(_handle, sql, raw.SQLITE_PREPARE_PERSISTENT, out var handle);
        if (result != raw.SQLITE_OK)
        {
            Throw(result);
        }

        return new Statement(this, handle);
    }

    /// <summary>Runs one or more statements without parameters and results.</summary>
    public void Execute(string sql)
    {
        var result = raw.sqlite3_exec(_handle, sql);
        if (result != raw.SQLITE_OK)
        {
            Throw(result);
        }
    }

    /// <summary>Resets every statement: after an error none may stay bound in part, or half read.</summary>
    public void ResetAll()
    {
        foreach (var statement in _statements.Values)
        {
            statement.Reset();
        }
    }

    public void Throw(int result) => throw new StorageException(result, raw.sqlite3_errmsg(_handle).utf8_to_string());

    public void Dispose()
    {
        foreach (var statement in _statements.Values)
        {
            statement.Dispose();
        }

        _statements.Clear();
        _handle.Dispose();
    }
}

/// <summary>SQLite returned an error.</summary>
internal sealed class StorageException(int code, string message) : Exception($"{message} (SQLite {code})")
{
    private const int Busy = 5;
    private const int Locked = 6;
    private const int OutOfMemory = 7;
    private const int ReadOnly = 8;
    private const int InputOutput = 10;
    private const int Corrupt = 11;
    private const int Full = 13;
    private const int CannotOpen = 14;
    private const int Protocol = 15;
    private const int NotADatabase = 26;

    /// <summary>The extended result code.</summary>
    public int Code { get; } = code;

    /// <summary>Whether the storage failed, rather than the statement: the same work may succeed later.</summary>
    public bool IsStorageFailure => (Code & 0xff) is
        Busy or Locked or OutOfMemory or ReadOnly or InputOutput or Corrupt or Full or CannotOpen or Protocol
        or NotADatabase;
}
