using Workflows.Engine.History;
using Workflows.Engine.Storage;
using Workflows.Platform;

namespace Workflows.Engine.Instances;

/// <summary>The SQL statements on instances and what belongs to them.</summary>
internal static class InstanceStatements
{
    private const string Columns =
        "key, id, name, version, created, status, generation, updated, ended, start_at, "
        + "parent_id, parent_key, parent_generation, parent_task, reason, custom_status, input, output, seal";

    /// <summary>False when the id is taken; then nothing was written.</summary>
    public static bool Insert(Connection connection, InstanceRow row) =>
        connection.Use(
                $"INSERT OR IGNORE INTO instances ({Columns}) "
                + "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
            .With(row.Key).With(row.Id).With(row.Name).With(row.Version).With(row.Created)
            .With((long)row.Status).With(row.Generation).With(row.Updated).With(row.Ended).With(row.StartAt)
            .With(row.Parent?.Id).With(row.Parent?.Key).With(row.Parent?.Generation).With(row.Parent?.TaskId)
            .With(row.Reason).With(row.CustomStatus).With(row.Input).With(row.Output).With(row.Checksum())
            .Run() > 0;

    /// <summary>Writes the columns that change within a generation.</summary>
    public static void Update(Connection connection, InstanceRow row) =>
        connection.Use(
                "UPDATE instances SET status = ?, updated = ?, ended = ?, start_at = ?, reason = ?, custom_status = ?, "
                + "output = ?, seal = ? WHERE key = ?")
            .With((long)row.Status).With(row.Updated).With(row.Ended).With(row.StartAt).With(row.Reason)
            .With(row.CustomStatus).With(row.Output).With(row.Checksum()).With(row.Key).Run();

    public static void UpdateGeneration(Connection connection, InstanceRow row) =>
        connection.Use("UPDATE instances SET generation = ?, version = ?, input = ? WHERE key = ?")
            .With(row.Generation).With(row.Version).With(row.Input).With(row.Key).Run();

    /// <exception cref="DamagedDataException">The row is not what was written.</exception>
    public static InstanceRow? Find(Connection connection, string id)
    {
        var statement = connection.Use($"SELECT {Columns} FROM instances WHERE id = ?").With(id);
        if (!statement.Read())
        {
            return null;
        }

        var row = ReadRow(statement, withPayloads: true);
        var checksum = statement.Long(18);
        statement.Reset();
        return row.Checksum() == checksum ? row : throw new DamagedDataException($"The record of instance '{id}'");
    }

    public static InstanceRow ReadRow(Statement statement, bool withPayloads) =>
        new(statement.Long(0), statement.Text(1), statement.Text(2), statement.TextOrNull(3), statement.Long(4))
        {
            Status = (OrchestrationStatus)statement.Int(5),
            Generation = statement.Int(6),
            Updated = statement.Long(7),
            Ended = statement.LongOrNull(8),
            StartAt = statement.LongOrNull(9),
            Parent = statement.IsNull(11)
                ? null
                : new ParentLink(statement.Text(10), statement.Long(11), statement.Int(12), statement.Int(13)),
            Reason = statement.TextOrNull(14),
            CustomStatus = statement.BlobOrNull(15),
            Input = withPayloads ? statement.BlobOrNull(16) : null,
            Output = withPayloads ? statement.BlobOrNull(17) : null,
        };

    public static void AppendTurn(Connection connection, long key, int turn, long at, byte[] data, byte[] chain) =>
        connection.Use("INSERT INTO history (key, turn, at, data, chain) VALUES (?, ?, ?, ?, ?)")
            .With(key).With(turn).With(at).With(data).With(chain).Run();

    public static List<StoredTurn> ReadTurns(Connection connection, long key)
    {
        var statement = connection.Use("SELECT turn, data, chain FROM history WHERE key = ? ORDER BY turn").With(key);
        var turns = new List<StoredTurn>();
        while (statement.Read())
        {
            turns.Add(new StoredTurn(statement.Int(0), statement.Blob(1), statement.Blob(2)));
        }

        return turns;
    }

    public static long? LastTurnAt(Connection connection, long key) =>
        connection.Use("SELECT at FROM history WHERE key = ? ORDER BY turn DESC LIMIT 1").With(key).ReadLong();

    public static void DropTurns(Connection connection, long key) =>
        connection.Use("DELETE FROM history WHERE key = ?").With(key).Run();

    public static void Hold(Connection connection, long seq, long key, Message message)
    {
        var data = message.Encode();
        connection.Use("INSERT INTO inbox (seq, key, data, seal) VALUES (?, ?, ?, ?)")
            .With(seq).With(key).With(data).With(ChecksumOf(seq, key, data)).Run();
    }

    public static void Consume(Connection connection, long seq) =>
        connection.Use("DELETE FROM inbox WHERE seq = ?").With(seq).Run();

    public static List<(long Seq, Message Message)> ReadInbox(Connection connection, long key)
    {
        var statement = connection.Use("SELECT seq, data, seal FROM inbox WHERE key = ? ORDER BY seq").With(key);
        var messages = new List<(long, Message)>();
        while (statement.Read())
        {
            var seq = statement.Long(0);
            var data = statement.Span(1);
            if (ChecksumOf(seq, key, data) != statement.Long(2))
            {
                throw new DamagedDataException($"Message {seq} of the inbox");
            }

            messages.Add((seq, Message.Decode(data)));
        }

        return messages;
    }

    private static long ChecksumOf(long seq, long key, ReadOnlySpan<byte> data)
    {
        var checksum = new RowChecksum();
        checksum.Add(seq);
        checksum.Add(key);
        checksum.Add(data);
        return checksum.Value;
    }

    /// <summary>False when the execution has accepted the id before.</summary>
    public static bool TakeEventId(Connection connection, long key, string eventId) =>
        connection.Use("INSERT OR IGNORE INTO event_ids (key, event_id) VALUES (?, ?)")
            .With(key).With(eventId).Run() > 0;

    public static bool HasEventId(Connection connection, long key, string eventId) =>
        connection.Use("SELECT 1 FROM event_ids WHERE key = ? AND event_id = ?")
            .With(key).With(eventId).ReadLong() is not null;

    public static void AddTimer(Connection connection, long due, long key, int task, int generation) =>
        connection.Use("INSERT OR REPLACE INTO timers (due, key, task, generation) VALUES (?, ?, ?, ?)")
            .With(due).With(key).With(task).With(generation).Run();

    public static void RemoveTimer(Connection connection, long due, long key, int task) =>
        connection.Use("DELETE FROM timers WHERE due = ? AND key = ? AND task = ?")
            .With(due).With(key).With(task).Run();

    public static void MarkWorking(Connection connection, long key) =>
        connection.Use("INSERT OR IGNORE INTO working (key) VALUES (?)").With(key).Run();

    public static bool IsWorking(Connection connection, long key) =>
        connection.Use("SELECT 1 FROM working WHERE key = ?").With(key).ReadLong() is not null;

    public static List<(long Key, string Id)> ReadWorking(Connection connection)
    {
        var statement = connection.Use("SELECT key, id FROM working JOIN instances USING (key) ORDER BY key");
        var working = new List<(long, string)>();
        while (statement.Read())
        {
            working.Add((statement.Long(0), statement.Text(1)));
        }

        return working;
    }

    /// <summary>Only when its inbox is empty: a message may have come after it was found idle.</summary>
    public static void UnmarkIdle(Connection connection, long key) =>
        connection.Use(
                "DELETE FROM working WHERE key = ? "
                + "AND NOT EXISTS (SELECT 1 FROM inbox WHERE inbox.key = working.key)")
            .With(key).Run();

    public static void UnmarkEnded(Connection connection, long key)
    {
        connection.Use("DELETE FROM working WHERE key = ?").With(key).Run();
        connection.Use("DELETE FROM restarts WHERE key = ?").With(key).Run();
    }

    public static Dictionary<int, ActivityStarts> ReadStarts(Connection connection, long key, int generation)
    {
        var statement = connection.Use("SELECT task, starts, crashes FROM restarts WHERE key = ? AND generation = ?")
            .With(key).With(generation);
        var starts = new Dictionary<int, ActivityStarts>();
        while (statement.Read())
        {
            starts.Add(statement.Int(0), new ActivityStarts(statement.Int(1), statement.Int(2)));
        }

        return starts;
    }

    public static void WriteStarts(Connection connection, long key, int generation, int task, ActivityStarts starts) =>
        connection.Use(
                "INSERT OR REPLACE INTO restarts (key, generation, task, starts, crashes) VALUES (?, ?, ?, ?, ?)")
            .With(key).With(generation).With(task).With(starts.Starts).With(starts.Crashes).Run();

    /// <summary>Sub-orchestrations that have not ended.</summary>
    public static List<(long Key, string Id)> ReadOpenChildren(Connection connection, long key)
    {
        var statement = connection
            .Use("SELECT key, id FROM instances WHERE parent_key = ? AND parent_key IS NOT NULL AND ended IS NULL")
            .With(key);
        var children = new List<(long, string)>();
        while (statement.Read())
        {
            children.Add((statement.Long(0), statement.Text(1)));
        }

        return children;
    }

    /// <summary>Removes an instance with all that belongs to it; its timers are removed when they are due.</summary>
    public static void Purge(Connection connection, long key)
    {
        foreach (var sql in (ReadOnlySpan<string>)[
            "DELETE FROM instances WHERE key = ?",
            "DELETE FROM history WHERE key = ?",
            "DELETE FROM inbox WHERE key = ?",
            "DELETE FROM event_ids WHERE key = ?",
            "DELETE FROM working WHERE key = ?",
            "DELETE FROM restarts WHERE key = ?"])
        {
            connection.Use(sql).With(key).Run();
        }
    }
}

/// <summary>A turn as stored.</summary>
internal readonly record struct StoredTurn(int Turn, byte[] Data, byte[] Chain);

/// <summary>
/// How often an activity was started again after a start of the process, and how often the process had died before.
/// </summary>
internal readonly record struct ActivityStarts(int Starts, int Crashes);
