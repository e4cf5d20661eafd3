using Microsoft.Extensions.Logging;
using Workflows.Platform;

namespace Workflows.Engine.Storage;

/// <summary>
/// The one thread that writes. It takes whatever has gathered while the last commit was on its way to the disk, and
/// commits it together: the busier the engine, the more turns share a sync. When the storage fails (disk full, lock held, I/O error)
/// nothing is acknowledged; work under way stays in line and is tried again, requests from outside are told to come back.
/// </summary>
internal sealed class Writer : IDisposable
{
    private const int MostItemsPerCommit = 512;
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

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

    /// <summary>The transactions it makes.</summary>
    public GroupCommit Transactions => _commit;

    /// <summary>Why the storage cannot be written now; null when it can.</summary>
    public Exception? StorageFailure => _fatal ?? _failure;

    /// <summary>Whether another engine has taken the file: nothing will ever be written again.</summary>
    public bool IsStale => _fatal is not null;

    /// <summary>Adds work that is under way; it is never refused for lack of room, since what it came from was bounded.</summary>
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

    /// <summary>Adds a request from outside.</summary>
    /// <exception cref="HomeUnavailableException">The queue is full or the storage fails.</exception>
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

    /// <exception cref="HomeUnavailableException">The queue is full or the storage fails.</exception>
    public void ThrowIfUnavailable()
    {
        if (StorageFailure is { } failure)
        {
            throw Unavailable(failure);
        }

        if (_queue.Count >= _capacity)
        {
            throw new HomeUnavailableException("The home has too much to write now.", TimeSpan.FromSeconds(1));
        }
    }

    public void Dispose() => Stop(cleanly: false, () => { });

    /// <summary>Writes what is in line, then ends the thread and closes the file.</summary>
    /// <param name="cleanly">Whether the file is left in order.</param>
    /// <param name="beforeClosing">Closes the other connections.</param>
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
        var pause = TimeSpan.Zero;
        var kept = new List<WriteItem>();
        while (Take(kept, pause) is { } batch)
        {
            if (Commit(batch, kept))
            {
                pause = TimeSpan.Zero;
            }
            else
            {
                pause = pause == TimeSpan.Zero ? FirstPause : pause * 2 > LongestPause ? LongestPause : pause * 2;
            }

            batch.Clear();
        }
    }

    /// <summary>The next batch: what was kept first, then what has gathered. While the storage fails it may be empty. Null at the end.</summary>
    private List<WriteItem>? Take(List<WriteItem> kept, TimeSpan pause)
    {
        lock (_gate)
        {
            if (pause > TimeSpan.Zero && !_stopping)
            {
                Monitor.Wait(_gate, pause);
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
                GiveUp(_queue, failure);
                return null;
            }

            var batch = _queue;
            _queue = _spare;
            _spare = batch;
            if (batch.Count > MostItemsPerCommit)
            {
                _queue.AddRange(batch[MostItemsPerCommit..]);
                batch.RemoveRange(MostItemsPerCommit, batch.Count - MostItemsPerCommit);
            }

            return batch;
        }
    }

    /// <summary>Commits a batch. False when the storage fails: what keeps trying is in <paramref name="kept"/>.</summary>
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
                GiveUp(batch, exception);
                return true;
            }
            catch (Exception exception) when (_commit.Culprit is null || exception is StorageException { IsStorageFailure: true })
            {
                _commit.Undo();
                Postpone(batch, kept, exception);
                return false;
            }
            catch (Exception exception)
            {
                // One item cannot be written at all: the others must not suffer for it.
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
            Tell(item);
        }

        return true;
    }

    private void GiveUp(List<WriteItem> items, Exception why)
    {
        foreach (var item in items)
        {
            Guarded(item, failed => failed.Failed(Unavailable(why)));
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

    private void Tell(WriteItem item) => Guarded(item, static told =>
    {
        if (told.Applied)
        {
            told.Committed();
        }
        else
        {
            told.Rejected();
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
