using Workflows.Engine.Storage;

namespace Workflows.Engine.Timers;

/// <summary>The SQL statements on durable timers.</summary>
internal static class TimerStatements
{
    public static void Add(Connection connection, long due, long key, int task, int generation) =>
        connection.Use("INSERT OR REPLACE INTO timers (due, key, task, generation) VALUES (?, ?, ?, ?)")
            .With(due).With(key).With(task).With(generation).Run();

    public static void Remove(Connection connection, long due, long key, int task) =>
        connection.Use("DELETE FROM timers WHERE due = ? AND key = ? AND task = ?")
            .With(due).With(key).With(task).Run();

    /// <summary>
    /// The earliest timers, in order of their due times. A timer of a purged instance has no instance id.
    /// </summary>
    public static List<TimerRow> ReadFirst(Connection connection, int most)
    {
        var statement = connection.Use(
                "SELECT due, timers.key, task, timers.generation, id "
                + "FROM timers LEFT JOIN instances ON instances.key = timers.key "
                + "ORDER BY due, timers.key, task LIMIT ?")
            .With(most);
        var rows = new List<TimerRow>();
        while (statement.Read())
        {
            rows.Add(new TimerRow(
                statement.Long(0), statement.Long(1), statement.Int(2), statement.Int(3), statement.TextOrNull(4)));
        }

        return rows;
    }
}

/// <summary>A stored timer. The due time is in UTC ticks.</summary>
internal readonly record struct TimerRow(long Due, long Key, int Task, int Generation, string? InstanceId);
