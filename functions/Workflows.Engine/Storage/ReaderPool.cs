using Workflows.Platform;

namespace Workflows.Engine.Storage;

/// <summary>
/// Read-only connections for reuse. In WAL mode a reader sees the last commit and never waits for the writer.
/// </summary>
internal sealed class ReaderPool(string path) : IDisposable
{
    private const int MaxIdle = 32;
    private readonly Stack<Connection> _idle = [];
    private volatile bool _disposed;

    /// <summary>See <see cref="Database.BeforeRead"/>.</summary>
    public Action? BeforeRead { get; set; }

    public T Read<T>(Func<Connection, T> read) => Read(read, static (connection, read) => read(connection));

    /// <exception cref="HomeUnavailableException">The storage cannot be used now.</exception>
    public T Read<TState, T>(TState state, Func<Connection, TState, T> read)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        Connection? connection = null;
        try
        {
            BeforeRead?.Invoke();
            connection = Take();
            var result = read(connection, state);
            Return(connection);
            return result;
        }
        catch (StorageException exception) when (exception.IsStorageFailure)
        {
            connection?.Dispose();
            throw new HomeUnavailableException(
                "The storage cannot be read now.", TimeSpan.FromSeconds(5), exception);
        }
        catch
        {
            connection?.ResetAll();
            if (connection is not null)
            {
                Return(connection);
            }

            throw;
        }
    }

    /// <summary>Runs several reads in one transaction, so that all see the same commit.</summary>
    public T ReadInTransaction<TState, T>(TState state, Func<Connection, TState, T> read) => Read(
        (state, read),
        static (connection, asked) =>
        {
            connection.Use("BEGIN").Run();
            try
            {
                return asked.read(connection, asked.state);
            }
            finally
            {
                connection.ResetAll();
                connection.Use("COMMIT").Run();
            }
        });

    public void Dispose()
    {
        lock (_idle)
        {
            _disposed = true;
            while (_idle.TryPop(out var connection))
            {
                connection.Dispose();
            }
        }
    }

    private Connection Take()
    {
        lock (_idle)
        {
            if (_idle.TryPop(out var idle))
            {
                return idle;
            }
        }

        var connection = Connection.Open(path, readOnly: true);
        connection.Execute("PRAGMA busy_timeout = 5000; PRAGMA cache_size = -4096; PRAGMA query_only = 1;");
        return connection;
    }

    private void Return(Connection connection)
    {
        lock (_idle)
        {
            if (!_disposed && _idle.Count < MaxIdle)
            {
                _idle.Push(connection);
                return;
            }
        }

        connection.Dispose();
    }
}
