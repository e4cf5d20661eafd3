using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Workflows.Engine.Storage;

/// <summary>
/// The transaction that many items share: numbered, so that a stale engine is found out, and marked beside the file once
/// it is durable. Used by the writer's thread alone.
/// </summary>
internal sealed class GroupCommit(Connection connection, HighWaterMark mark, long opening, ILogger log)
{
    private static readonly TimeSpan MarkFlushInterval = TimeSpan.FromSeconds(1);
    private long _markFlushed;

    /// <summary>Transactions committed.</summary>
    public long Commits { get; private set; }

    /// <summary>Items committed.</summary>
    public long Items { get; private set; }

    /// <summary>Time spent in applying items, in stopwatch ticks.</summary>
    public long ApplyTicks { get; private set; }

    /// <summary>Time spent in commits, in stopwatch ticks.</summary>
    public long CommitTicks { get; private set; }

    /// <summary>The item at which the last <see cref="Write"/> failed; null when it was not an item's fault.</summary>
    public WriteItem? Culprit { get; private set; }

    /// <summary>Called before each transaction; tests make it fail here.</summary>
    public Action<Connection>? BeforeTransaction { get; set; }

    /// <summary>Writes the items in one transaction. When it throws, <see cref="Undo"/> must follow.</summary>
    /// <exception cref="StaleOpeningException">Another engine has opened the file since.</exception>
    /// <exception cref="StorageException">Nothing was written.</exception>
    public void Write(List<WriteItem> batch)
    {
        var started = Stopwatch.GetTimestamp();
        Culprit = null;
        BeforeTransaction?.Invoke(connection);
        connection.Use("BEGIN IMMEDIATE").Run();
        var commit = NextCommit();

        foreach (var item in batch)
        {
            Culprit = item;
            item.Applied = item.Apply(connection);
        }

        Culprit = null;
        var applied = Stopwatch.GetTimestamp();
        connection.Use("COMMIT").Run();
        Mark(commit);
        ApplyTicks += applied - started;
        CommitTicks += Stopwatch.GetTimestamp() - applied;
        Commits++;
        Items += batch.Count;
    }

    /// <summary>Puts the connection in order after an error.</summary>
    public void Undo()
    {
        try
        {
            connection.ResetAll();
            if (connection.InTransaction)
            {
                connection.Execute("ROLLBACK");
            }
        }
        catch (StorageException exception)
        {
            log.RollbackFailed(exception);
        }
    }

    /// <summary>Closes the connection and the mark.</summary>
    /// <param name="cleanly">Whether the file is noted as left in order.</param>
    /// <param name="beforeClosing">Closes the other connections: only the last one to go can put the WAL away.</param>
    public void Close(bool cleanly, Action beforeClosing)
    {
        if (cleanly)
        {
            try
            {
                connection.Execute("UPDATE meta SET value = 1 WHERE name = 'clean'");
                mark.Flush();
            }
            catch (Exception exception) when (exception is StorageException or IOException)
            {
                log.RollbackFailed(exception);
            }
        }

        beforeClosing();
        connection.Dispose();
        mark.Dispose();
    }

    /// <summary>Numbers the commit, unless the file was opened by another engine since.</summary>
    private long NextCommit() =>
        connection.Use(
                "UPDATE meta SET value = value + 1 WHERE name = 'commits' "
                + "AND (SELECT value FROM meta WHERE name = 'opening') = ? RETURNING value")
            .With(opening).ReadLong() ?? throw new StaleOpeningException();

    private void Mark(long commit)
    {
        try
        {
            mark.Write(commit);
            if (Stopwatch.GetElapsedTime(_markFlushed) > MarkFlushInterval)
            {
                mark.Flush();
                _markFlushed = Stopwatch.GetTimestamp();
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The commit stands; a mark that stays behind only sees less.
            log.MarkNotWritten(exception);
        }
    }
}

/// <summary>The file has been opened for writing again since: what this engine knows may be stale, so it must not write.</summary>
internal sealed class StaleOpeningException()
    : Exception("Another engine has opened the file for writing since. This one has stopped writing and changes nothing any more.");
