using Workflows.Engine.Storage;

namespace Workflows.Engine.Instances;

/// <summary>
/// The SQL statements on the marks of instances that may have work after a start of the process, and on the counted
/// starts of their activities.
/// </summary>
internal static class WorkStatements
{
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
}

/// <summary>
/// How often an activity was started again after a start of the process, and how often the process had died before.
/// </summary>
internal readonly record struct ActivityStarts(int Starts, int Crashes);
