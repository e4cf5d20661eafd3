using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Workflows.Engine.Storage;

/// <summary>
/// A transaction that many write items share. It takes the next commit number, which fails when another engine has
/// opened the file, and writes that number to the high-water mark after the commit. Only the writer's thread uses it.
/// </summary>
internal sealed class GroupCommit(Connection connection, HighWaterMark mark, long opening, ILogger log)
{
    private static readonly TimeSpan MarkFlushInterval = TimeSpan.FromSeconds(1);
    private long _markFlushed;

    /// <summary>The number of transactions committed.</summary>
    public long Commits { get; private set; }

    /// <summary>The number of items committed.</summary>
    public long Items { get; private set; }

    /// <summary>Time spent in applying items, in stopwatch ticks.</summary>
    public long ApplyTicks { get; private set; }

    /// <summary>Time spent in commits, in stopwatch ticks.</summary>
    public long CommitTicks { get; private set; }

    /// <summary>The item at which the last <see cref="Write"/> failed; null when no item caused it.</summary>
    public WriteItem? Culprit { get; private set; }

    /// <summary>Called before each transaction. Tests throw here, or read what was committed.</summary>
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

    /// <summary>
    /// Resets the connection after an error: statements are reset, and the transaction is rolled back.
    /// </summary>
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
    /// <param name="cleanly">Whether the file is marked as closed in order.</param>
    /// <param name="beforeClosing">
    /// Closes the other connections: SQLite deletes the WAL when the last one closes.
    /// </param>
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
                log.CleanCloseFailed(exception);
            }
        }

        beforeClosing();
        connection.Dispose();
        mark.Dispose();
    }

    /// <summary>Takes the next commit number, unless another engine has opened the file since.</summary>
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
            // The commit stands. A mark that is too low only fails to notice that the newest commits were lost.
            log.MarkNotWritten(exception);
        }
    }
}

/// <summary>
/// Another engine has opened the file for writing. What this engine has in memory may be outdated, so it must not
/// write.
/// </summary>
internal sealed class StaleOpeningException()
    : Exception(
        "Another engine has opened the file for writing. This engine has stopped writing and changes nothing more.");
