using Microsoft.Extensions.Logging;
using Workflows.Platform;

namespace Workflows.Engine.Storage;

/// <summary>
/// The only thread that writes. It commits together all items that were queued while the last commit was flushed to the
/// disk: the busier the engine, the more turns share a flush. When the storage fails (disk full, file locked, I/O
/// error) nothing is acknowledged: work under way stays queued and is tried again, and requests of callers fail.
/// </summary>
internal sealed class Writer : IDisposable
{
    private const int MaxItemsPerCommit = 512;
    private static readonly TimeSpan FirstRetryDelay = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan MaxRetryDelay = TimeSpan.FromSeconds(2);

    private readonly object _gate = new();
    private readonly GroupCommit _commit;
    private readonly int _capacity;
    private readonly ILogger _log;
    private readonly Thread _thread;
    private List<WriteItem> _queue = [];
    private List<WriteItem> _spare = [];
    private bool _stopping;
    private Exception? _failure;
    private Exception? _fatal;

    public Writer(GroupCommit commit, int capacity, ILogger log)
    {
        _commit = commit;
        _capacity = capacity;
        _log = log;
        _thread = new Thread(Run) { IsBackground = true, Name = "workflows-writer" };
        _thread.Start();
    }

    /// <summary>The transactions that the writer commits.</summary>
    public GroupCommit Transactions => _commit;

    /// <summary>The exception with which the last write failed; null when the storage can be written.</summary>
    public Exception? StorageFailure => _fatal ?? _failure;

    /// <summary>Whether another engine has opened the file, so that this one never writes again.</summary>
    public bool IsStale => _fatal is not null;

    /// <summary>
    /// Queues work under way. It is queued even when the queue is full: the requests that it came from were limited.
    /// </summary>
    public void Add(WriteItem item)
    {
        Exception? fatal;
        lock (_gate)
        {
            fatal = _fatal ?? (_stopping ? Stopped() : null);
            if (fatal is null)
            {
                _queue.Add(item);
                if (_queue.Count == 1)
                {
                    Monitor.Pulse(_gate);
                }
            }
        }

        if (fatal is not null)
        {
            item.Failed(fatal);
        }
    }

    /// <summary>Queues the request of a caller.</summary>
    /// <exception cref="HomeUnavailableException">The queue is full, or the storage fails.</exception>
    public void AddRequest(WriteItem item)
    {
        ThrowIfUnavailable();
        Add(item);
    }

    public Task<T> WriteAsync<T>(Func<Connection, T> apply)
    {
        var item = new AwaitedWrite<T>(apply);
        AddRequest(item);
        return item.Task;
    }

    /// <exception cref="HomeUnavailableException">The queue is full, or the storage fails.</exception>
    public void ThrowIfUnavailable()
    {
        if (StorageFailure is { } failure)
        {
            throw Unavailable(failure);
        }

        if (_queue.Count >= _capacity)
        {
            throw new HomeUnavailableException("Too many writes are queued in this home now.", TimeSpan.FromSeconds(1));
        }
    }

    public void Dispose() => Stop(cleanly: false, () => { });

    /// <summary>Writes what is queued, ends the thread and closes the file.</summary>
    /// <param name="cleanly">Whether the file is marked as closed in order.</param>
    /// <param name="beforeClosing">Closes the other connections of the file.</param>
    public void Stop(bool cleanly, Action beforeClosing)
    {
        lock (_gate)
        {
            _stopping = true;
            Monitor.Pulse(_gate);
        }

        _thread.Join();
        _commit.Close(cleanly && _fatal is null, beforeClosing);
    }

    private static HomeUnavailableException Unavailable(Exception cause) =>
        new("The storage cannot be written now.", TimeSpan.FromSeconds(5), cause);

    private static HomeUnavailableException Stopped() => new("The home is stopping.", TimeSpan.FromSeconds(5));

    private void Run()
    {
        var delay = TimeSpan.Zero;
        var kept = new List<WriteItem>();
        while (Take(kept, delay) is { } batch)
        {
            if (Commit(batch, kept))
            {
                delay = TimeSpan.Zero;
            }
            else
            {
                delay = delay == TimeSpan.Zero ? FirstRetryDelay
                    : delay * 2 > MaxRetryDelay ? MaxRetryDelay : delay * 2;
            }

            batch.Clear();
        }
    }

    /// <summary>
    /// Waits for the next batch: the items kept from the last one, then the queued ones. It may be empty while the
    /// storage fails: an empty transaction finds out whether it still does. Null when the writer stops.
    /// </summary>
    private List<WriteItem>? Take(List<WriteItem> kept, TimeSpan delay)
    {
        lock (_gate)
        {
            if (delay > TimeSpan.Zero && !_stopping)
            {
                Monitor.Wait(_gate, delay);
            }

            _queue.InsertRange(0, kept);
            kept.Clear();

            while (_queue.Count == 0 && _failure is null)
            {
                if (_stopping)
                {
                    return null;
                }

                Monitor.Wait(_gate);
            }

            if (_stopping && StorageFailure is { } failure)
            {
                Fail(_queue, failure);
                return null;
            }

            var batch = _queue;
            _queue = _spare;
            _spare = batch;
            if (batch.Count > MaxItemsPerCommit)
            {
                _queue.AddRange(batch[MaxItemsPerCommit..]);
                batch.RemoveRange(MaxItemsPerCommit, batch.Count - MaxItemsPerCommit);
            }

            return batch;
        }
    }

    /// <summary>
    /// Commits a batch. False when the storage fails; items that keep trying are in <paramref name="kept"/> then.
    /// </summary>
    private bool Commit(List<WriteItem> batch, List<WriteItem> kept)
    {
        while (true)
        {
            try
            {
                _commit.Write(batch);
                break;
            }
            catch (StaleOpeningException exception)
            {
                _commit.Undo();
                _fatal = exception;
                _log.AnotherOpening(exception.Message);
                Fail(batch, exception);
                return true;
            }
            catch (Exception exception) when (
                _commit.Culprit is null || exception is StorageException { IsStorageFailure: true })
            {
                _commit.Undo();
                Postpone(batch, kept, exception);
                return false;
            }
            catch (Exception exception)
            {
                // This item can never be written: it is removed, and the others are tried again.
                _commit.Undo();
                _log.ItemFailed(exception);
                batch.Remove(_commit.Culprit!);
                Guarded(_commit.Culprit!, item => item.Failed(exception));
            }
        }

        if (_failure is not null)
        {
            _failure = null;
            _log.StorageRecovered();
        }

        foreach (var item in batch)
        {
            Acknowledge(item);
        }

        return true;
    }

    private void Fail(List<WriteItem> items, Exception cause)
    {
        foreach (var item in items)
        {
            Guarded(item, failed => failed.Failed(Unavailable(cause)));
        }

        items.Clear();
    }

    private void Postpone(List<WriteItem> batch, List<WriteItem> kept, Exception exception)
    {
        if (_failure is null)
        {
            _log.StorageFailed(exception);
        }

        _failure = exception;
        foreach (var item in batch)
        {
            if (item.KeepsTrying)
            {
                kept.Add(item);
                Guarded(item, delayed => delayed.Delayed(Unavailable(exception)));
            }
            else
            {
                Guarded(item, failed => failed.Failed(Unavailable(exception)));
            }
        }
    }

    private void Acknowledge(WriteItem item) => Guarded(item, static written =>
    {
        if (written.Applied)
        {
            written.Committed();
        }
        else
        {
            written.Rejected();
        }
    });

    private void Guarded(WriteItem item, Action<WriteItem> callback)
    {
        try
        {
            callback(item);
        }
        catch (Exception exception)
        {
            _log.CallbackFailed(exception);
        }
    }
}
