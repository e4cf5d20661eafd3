using Workflows.Engine.Storage;

namespace Workflows.Engine.History;

/// <summary>The SQL statements on the turns of histories.</summary>
internal static class HistoryStatements
{
    public static void Append(Connection connection, long key, int turn, long at, byte[] data, byte[] chain) =>
        connection.Use("INSERT INTO history (key, turn, at, data, chain) VALUES (?, ?, ?, ?, ?)")
            .With(key).With(turn).With(at).With(data).With(chain).Run();

    public static List<StoredTurn> Read(Connection connection, long key)
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

    public static void Drop(Connection connection, long key) =>
        connection.Use("DELETE FROM history WHERE key = ?").With(key).Run();
}

/// <summary>A turn as stored.</summary>
internal readonly record struct StoredTurn(int Turn, byte[] Data, byte[] Chain);
