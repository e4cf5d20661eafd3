using Workflows.Engine.History;
using Workflows.Engine.Storage;
using Workflows.Platform;

namespace Workflows.Engine.Instances.Messages;

/// <summary>The SQL statements on inboxes, and on the ids of the events that executions have accepted.</summary>
internal static class InboxStatements
{
    public static void Hold(Connection connection, long seq, long key, Message message)
    {
        var data = message.Encode();
        connection.Use("INSERT INTO inbox (seq, key, data, seal) VALUES (?, ?, ?, ?)")
            .With(seq).With(key).With(data).With(ChecksumOf(seq, key, data)).Run();
    }

    public static void Consume(Connection connection, long seq) =>
        connection.Use("DELETE FROM inbox WHERE seq = ?").With(seq).Run();

    public static List<(long Seq, Message Message)> Read(Connection connection, long key)
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
}
