using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Workflows.Platform;

namespace Workflows.Engine.Storage;

/// <summary>
/// The one thread that writes. It takes whatever has gathered while the last commit was on its way to the disk, and
/// commits it together: the busier the engine, the more turns share a sync. In trouble (disk full, lock held, I/O error)
/// nothing is acknowledged; work under way stays in line and is tried again, requests from outside are told to come back.
/// </summary>
internal sealed class Writer : IDisposable
{
    private const int MostItemsPerCommit = 512;
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan MarkFlushInterval = TimeSpan.FromSeconds(1);

    private readonly object _gate = new();
    private readonly Connection _connection;
    private readonly HighWaterMark _mark;
    private readonly long _opening;
    private readonly int _capacity;
    private readonly ILogger _log;
    private readonly Thread _thread;
    private List<WriteItem> _queue = [];
    private List<WriteItem> _spare = [];
    private bool _stopping;
    private Exception? _trouble;
    private Exception? _fatal;
    private long _markFlushed;

    public Writer(Connection connection, HighWaterMark mark, long opening, int capacity, ILogger log)
    {
        _connection = connection;
        _mark = mark;
        _opening = opening;
        _capacity = capacity;
        _log = log;
        _thread = new Thread(Run) { IsBackground = true, Name = "workflows-writer" };
        _thread.Start();
    }

    /// <summary>Transactions committed.</summary>
    public long Commits { get; private set; }

    /// <summary>Items committed.</summary>
    public long Items { get; private set; }

    /// <summary>Time spent in applying items, in stopwatch ticks.</summary>
    public long ApplyTicks { get; private set; }

    /// <summary>Time spent in commits, in stopwatch ticks.</summary>
    public long CommitTicks { get; private set; }

    /// <summary>Why the storage cannot be written now; null when it can.</summary>
    public Exception? Trouble => _fatal ?? _trouble;

    /// <summary>Called before each transaction; tests make trouble here.</summary>
    internal Action<Connection>? BeforeTransaction { get; set; }

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
    /// <exception cref="HomeUnavailableException">The queue is full or the storage is in trouble.</exception>
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

    /// <exception cref="HomeUnavailableException">The queue is full or the storage is in trouble.</exception>
    public void ThrowIfUnavailable()
    {
        if (Trouble is { } trouble)
        {
            throw Unavailable(trouble);
        }

        if (_queue.Count >= _capacity)
        {
            throw new HomeUnavailableException("The home has too much to write now.", TimeSpan.FromSeconds(1));
        }
    }

    public void Dispose() => Stop(cleanly: false, () => { });

    /// <summary>Writes what is in line, then ends the thread and, if asked, notes that the file was left in order.</summary>
    /// <param name="cleanly">Whether the file is left in order.</param>
    /// <param name="beforeClosing">Closes the other connections: only the last one to go can put the WAL away.</param>
    public void Stop(bool cleanly, Action beforeClosing)
    {
        lock (_gate)
        {
            _stopping = true;
            Monitor.Pulse(_gate);
        }

        _thread.Join();
        if (cleanly && _fatal is null)
        {
            try
            {
                _connection.Execute("UPDATE meta SET value = 1 WHERE name = 'clean'");
                _mark.Flush();
            }
            catch (Exception exception) when (exception is StorageException or IOException)
            {
                _log.RollbackFailed(exception);
            }
        }

        beforeClosing();
        _connection.Dispose();
        _mark.Dispose();
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
            kept.Clear();
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

    /// <summary>The next batch: what was kept first, then what has gathered. Null at the end.</summary>
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

            while (_queue.Count == 0 && _trouble is null)
            {
                if (_stopping)
                {
                    return null;
                }

                Monitor.Wait(_gate);
            }

            if (_stopping && (_trouble is not null || _fatal is not null))
            {
                GiveUp(_queue);
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

    private void GiveUp(List<WriteItem> items)
    {
        foreach (var item in items)
        {
            item.Failed(Unavailable(_fatal ?? _trouble!));
        }

        items.Clear();
    }

    private bool Commit(List<WriteItem> batch, List<WriteItem> kept)
    {
        try
        {
            CommitTogether(batch);
        }
        catch (StaleOpeningException exception)
        {
            Rollback();
            _fatal = exception;
            _log.AnotherOpening(exception.Message);
            GiveUp(batch);
            return true;
        }
        catch (StorageException exception) when (exception.IsTrouble)
        {
            Rollback();
            Postpone(batch, kept, exception);
            return false;
        }
        catch (Exception exception)
        {
            Rollback();
            return IsolateTheCulprit(batch, kept, exception);
        }

        if (_trouble is not null)
        {
            _trouble = null;
            _log.StorageRecovered();
        }

        foreach (var item in batch)
        {
            Tell(item);
        }

        return true;
    }

    private void CommitTogether(List<WriteItem> batch)
    {
        var started = Stopwatch.GetTimestamp();
        BeforeTransaction?.Invoke(_connection);
        _connection.Use("BEGIN IMMEDIATE").Run();
        var commit = NextCommit();

        foreach (var item in batch)
        {
            item.Applied = item.Apply(_connection);
        }

        var applied = Stopwatch.GetTimestamp();
        _connection.Use("COMMIT").Run();
        Mark(commit);
        ApplyTicks += applied - started;
        CommitTicks += Stopwatch.GetTimestamp() - applied;
        Commits++;
        Items += batch.Count;
    }

    /// <summary>Numbers the commit, unless the file was opened by another engine since.</summary>
    private long NextCommit() =>
        _connection.Use(
                "UPDATE meta SET value = value + 1 WHERE name = 'commits' "
                + "AND (SELECT value FROM meta WHERE name = 'opening') = ? RETURNING value")
            .With(_opening).ReadLong() ?? throw new StaleOpeningException();

    private void Mark(long commit)
    {
        try
        {
            _mark.Write(commit);
            if (Stopwatch.GetElapsedTime(_markFlushed) > MarkFlushInterval)
            {
                _mark.Flush();
                _markFlushed = Stopwatch.GetTimestamp();
            }
        }
        catch (IOException exception)
        {
            // The commit stands; a mark that stays behind only sees less.
            _log.MarkNotWritten(exception);
        }
    }

    private void Rollback()
    {
        try
        {
            _connection.ResetAll();
            if (_connection.InTransaction)
            {
                _connection.Execute("ROLLBACK");
            }
        }
        catch (StorageException exception)
        {
            _log.RollbackFailed(exception);
        }
    }

    /// <summary>One item of a batch cannot be written at all: the others must not suffer for it.</summary>
    private bool IsolateTheCulprit(List<WriteItem> batch, List<WriteItem> kept, Exception exception)
    {
        if (batch.Count == 1)
        {
            _log.ItemFailed(exception);
            Guarded(batch[0], item => item.Failed(exception));
            return true;
        }

        var healthy = true;
        foreach (var item in batch)
        {
            healthy &= Commit([item], kept);
        }

        return healthy;
    }

    private void Postpone(List<WriteItem> batch, List<WriteItem> kept, StorageException exception)
    {
        if (_trouble is null)
        {
            _log.StorageInTrouble(exception);
        }

        _trouble = exception;
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

/// <summary>The file has been opened for writing again since: what this engine knows may be stale, so it must not write.</summary>
internal sealed class StaleOpeningException()
    : Exception("Another engine has opened the file for writing since. This one has stopped writing and changes nothing any more.");
