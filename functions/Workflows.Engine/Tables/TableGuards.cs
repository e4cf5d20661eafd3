using System.Collections.Frozen;
using Workflows.Engine.Storage;

namespace Workflows.Engine.Tables;

/// <summary>
/// Which tables a file guards. It is stored in the file, so that every engine that opens it updates the digests. A
/// table that is added is guarded as it is at that moment.
/// </summary>
internal static class TableGuards
{
    private const string Prefix = "guarded ";

    /// <summary>The tables that the file guards, in lower case.</summary>
    public static FrozenSet<string> Of(Connection connection)
    {
        var statement = connection.Use("SELECT name FROM meta WHERE name >= ? AND name < ?")
            .With(Prefix).With("guarded!");
        var tables = new List<string>();
        while (statement.Read())
        {
            tables.Add(statement.Text(0)[Prefix.Length..]);
        }

        return tables.ToFrozenSet(StringComparer.Ordinal);
    }

    /// <summary>Adds tables to those that the file guards, within the caller's transaction.</summary>
    /// <returns>All tables that the file guards, in lower case.</returns>
    public static FrozenSet<string> Add(Connection connection, IEnumerable<string> wanted)
    {
        var guarded = Of(connection);
        foreach (var table in wanted.Select(table => table.ToLowerInvariant()).Distinct().Except(guarded))
        {
            ComputeDigests(connection, table);
            connection.Use("INSERT INTO meta (name, value) VALUES (?, 1)").With(Prefix + table).Run();
        }

        return Of(connection);
    }

    private static void ComputeDigests(Connection connection, string table)
    {
        var digests = new Dictionary<string, (long Count, long Sum)>(StringComparer.Ordinal);
        var rows = connection.Use("SELECT pk, seal FROM rows WHERE tbl = ?").With(table);
        while (rows.Read())
        {
            var digest = digests.GetValueOrDefault(rows.Text(0));
            digests[rows.Text(0)] = (digest.Count + 1, unchecked(digest.Sum + rows.Long(1)));
        }

        connection.Use("DELETE FROM digests WHERE tbl = ?").With(table).Run();
        foreach (var (partition, digest) in digests)
        {
            connection.Use("INSERT INTO digests (tbl, pk, count, digest) VALUES (?, ?, ?, ?)")
                .With(table).With(partition).With(digest.Count).With(digest.Sum).Run();
        }
    }
}
