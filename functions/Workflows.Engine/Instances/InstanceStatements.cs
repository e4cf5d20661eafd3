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
