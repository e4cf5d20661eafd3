using System.Text.Json;
using Workflows.Engine.Storage;
using Workflows.Platform;

namespace Workflows.Engine.Mails;

/// <summary>The SQL statements on mails.</summary>
internal static class MailStatements
{
    private const string Columns = "seq, status, enqueued, sent, attempts, error, mail, id, seal";

    public static byte[] Encode(OutgoingMail mail) => JsonSerializer.SerializeToUtf8Bytes(mail, DurableJson.Options);

    /// <summary>Inserts a mail. False when the outbox has its id already; then nothing changes.</summary>
    public static bool Insert(Connection connection, PendingMail mail) =>
        connection.Use(
                "INSERT OR IGNORE INTO mails (id, status, due, enqueued, kind, about, mail, seal) "
                + "VALUES (?, 0, ?, ?, ?, ?, ?, ?)")
            .With(mail.Mail.Id).With(mail.At).With(mail.At).With(mail.Mail.Kind).With(mail.Mail.About)
            .With(mail.Encoded).With(ChecksumOf(mail.Mail.Id, mail.Encoded)).Run() > 0;

    public static MailRecord? Find(Connection connection, string id)
    {
        var statement = connection.Use($"SELECT {Columns} FROM mails WHERE id = ?").With(id);
        if (!statement.Read())
        {
            return null;
        }

        var record = ReadRecord(statement);
        statement.Reset();
        return record;
    }

    /// <summary>
    /// Reads a page, newest first; <paramref name="before"/> is the last sequence number of the page before.
    /// </summary>
    public static List<(long Seq, MailRecord Mail)> Read(Connection connection, MailQuery query, long before, int limit)
    {
        var sql = $"SELECT {Columns} FROM mails WHERE seq < ?"
            + (query.About is null ? "" : " AND about = ? AND about <> ''")
            + (query.Status is null ? "" : " AND status = ?")
            + " ORDER BY seq DESC LIMIT ?";
        var statement = connection.Use(sql).With(before);
        if (query.About is not null)
        {
            statement.With(query.About);
        }

        if (query.Status is { } status)
        {
            statement.With((long)status);
        }

        statement.With(limit);
        var mails = new List<(long, MailRecord)>();
        while (statement.Read())
        {
            mails.Add((statement.Long(0), ReadRecord(statement)));
        }

        return mails;
    }

    public static long? NextDue(Connection connection) =>
        connection.Use("SELECT due FROM mails WHERE status = 0 AND taken = 0 ORDER BY due, seq LIMIT 1").ReadLong();

    public static List<MailRecord> Take(Connection connection, long now, int most)
    {
        var statement = connection
            .Use($"SELECT {Columns} FROM mails WHERE status = 0 AND taken = 0 AND due <= ? ORDER BY due, seq LIMIT ?")
            .With(now).With(most);
        var taken = new List<(long Seq, MailRecord Mail)>();
        while (statement.Read())
        {
            var record = ReadRecord(statement);
            taken.Add((statement.Long(0), record with { Attempts = record.Attempts + 1 }));
        }

        foreach (var (seq, mail) in taken)
        {
            if (mail.Status == MailStatus.Failed)
            {
                connection.Use("UPDATE mails SET status = ?, error = ? WHERE seq = ?")
                    .With((long)MailStatus.Failed).With(mail.Error).With(seq).Run();
                continue;
            }

            connection.Use("UPDATE mails SET taken = 1, attempts = attempts + 1 WHERE seq = ?").With(seq).Run();
        }

        return [.. taken.Select(mail => mail.Mail).Where(mail => mail.Status == MailStatus.Queued)];
    }

    /// <summary>Marks mails that were taken when the process died: the provider may have sent them.</summary>
    public static int MarkInterrupted(Connection connection) =>
        connection.Use("UPDATE mails SET status = ?, taken = 0, error = ? WHERE status = 0 AND taken = 1")
            .With((long)MailStatus.Unknown).With("The process ended while this mail was being delivered.").Run();

    public static bool Report(Connection connection, string id, MailStatus status, long? sent, string? error) =>
        connection.Use("UPDATE mails SET status = ?, taken = 0, sent = coalesce(?, sent), error = ? WHERE id = ?")
            .With((long)status).With(sent).With(error).With(id).Run() > 0;

    public static bool Retry(Connection connection, string id, long due, string error) =>
        connection.Use("UPDATE mails SET status = 0, taken = 0, due = ?, error = ? WHERE id = ? AND status <> ?")
            .With(due).With(error).With(id).With((long)MailStatus.Sent).Run() > 0;

    /// <summary>Queues a mail that failed or may have gone out, as one that was never tried.</summary>
    public static bool SendAgain(Connection connection, string id, long due) =>
        connection.Use(
                "UPDATE mails SET status = 0, taken = 0, attempts = 0, due = ?, error = NULL "
                + "WHERE id = ? AND status IN (?, ?)")
            .With(due).With(id).With((long)MailStatus.Failed).With((long)MailStatus.Unknown).Run() > 0;

    private static MailRecord ReadRecord(Statement statement)
    {
        var id = statement.Text(7);
        if (ChecksumOf(id, statement.Span(6)) != statement.Long(8))
        {
            // Shown as damaged, so that the other mails can still be read and sent.
            var shown = new OutgoingMail(id, new MailParty("", ""), "This mail is damaged", "", "", "damaged", "");
            return new MailRecord(
                shown,
                MailStatus.Failed,
                new DateTimeOffset(statement.Long(2), TimeSpan.Zero),
                SentAt: null,
                statement.Int(4),
                "The stored mail is not what was written; it is not sent.");
        }

        return new MailRecord(
            JsonSerializer.Deserialize<OutgoingMail>(statement.Span(6), DurableJson.Options)!,
            (MailStatus)statement.Int(1),
            new DateTimeOffset(statement.Long(2), TimeSpan.Zero),
            statement.LongOrNull(3) is { } sent ? new DateTimeOffset(sent, TimeSpan.Zero) : null,
            statement.Int(4),
            statement.TextOrNull(5));
    }

    private static long ChecksumOf(string id, ReadOnlySpan<byte> mail)
    {
        var checksum = new RowChecksum();
        checksum.Add(id);
        checksum.Add(mail);
        return checksum.Value;
    }
}

/// <summary>A mail that is not committed yet.</summary>
internal sealed record PendingMail(OutgoingMail Mail, long At, byte[] Encoded);
