using System.Globalization;
using System.Text;
using Workflows.Engine.History;
using Workflows.Engine.Instances;
using Workflows.Engine.Storage;
using Workflows.Platform;

namespace Workflows.Engine.Clients;

/// <summary>Queries for instances, as last committed.</summary>
internal static class InstanceQueries
{
    private const string Columns =
        "key, id, name, version, created, status, generation, max(updated, coalesce("
        + "(SELECT at FROM history WHERE history.key = instances.key ORDER BY turn DESC LIMIT 1), 0)), "
        + "ended, start_at, parent_id, parent_key, parent_generation, parent_task, reason, custom_status";

    public static OrchestrationState? Find(Connection connection, string id, long fileId)
    {
        if (InstanceStatements.Find(connection, id) is not { } row)
        {
            return null;
        }

        var lastTurn = HistoryStatements.LastTurnAt(connection, row.Key) ?? 0;
        return StateOf(row with { Updated = Math.Max(row.Updated, lastTurn) }, fileId);
    }

    /// <summary>
    /// Reads a page in order of creation; <paramref name="after"/> is the last key of the page before.
    /// </summary>
    public static List<(long Key, OrchestrationState State)> Read(
        Connection connection, InstanceQuery query, long after, int limit, long fileId)
    {
        using var statement = Select(
            connection, $"SELECT {Columns} FROM instances WHERE key > ?", after, query, " ORDER BY key LIMIT ?", limit);
        var states = new List<(long, OrchestrationState)>();
        while (statement.Read())
        {
            var row = InstanceStatements.ReadRow(statement, withPayloads: false);
            states.Add((row.Key, StateOf(row, fileId)));
        }

        return states;
    }

    /// <summary>Ids of ended instances that match the query, in order of their ends.</summary>
    public static List<string> ReadEnded(Connection connection, InstanceQuery query, int limit)
    {
        using var statement = Select(
            connection, "SELECT id FROM instances WHERE ended > ?", 0, query, " ORDER BY ended, key LIMIT ?", limit);
        var ids = new List<string>();
        while (statement.Read())
        {
            ids.Add(statement.Text(0));
        }

        return ids;
    }

    public static long AfterOf(string? continuation)
    {
        var after = 0L;
        return continuation is null
            || long.TryParse(continuation, NumberStyles.None, CultureInfo.InvariantCulture, out after)
            ? after
            : throw new ArgumentException("The continuation is not one that this home gave.", nameof(continuation));
    }

    /// <summary>
    /// Composes and binds a statement: its start with one number, the conditions of the query, its end with the limit.
    /// </summary>
    private static Statement Select(
        Connection connection, string start, long after, InstanceQuery query, string end, int limit)
    {
        var sql = new StringBuilder(start);
        var texts = new List<string>();
        var numbers = new List<long>();
        if (query.IdPrefix is { Length: > 0 } prefix)
        {
            sql.Append(" AND id >= ? AND id < ?");
            texts.Add(prefix);
            texts.Add(prefix + "\U0010FFFF");
        }

        if (query.Orchestration is { } name)
        {
            sql.Append(" AND name = ?");
            texts.Add(name);
        }

        AddNumber(sql, numbers, " AND created >= ?", query.CreatedFrom);
        AddNumber(sql, numbers, " AND created < ?", query.CreatedBefore);
        AddNumber(sql, numbers, " AND ended < ?", query.EndedBefore);
        if (query.Statuses is { } statuses)
        {
            // Numbers of an enum can be put into the text. One status is found by its index, in order of the keys. For
            // several the index is disabled by a plus sign: its rows would all have to be sorted first.
            var numbersOfStatuses = string.Join(',', statuses.Select(status => (int)status));
            var column = statuses.Count == 1 ? "status" : "+status";
            sql.Append(CultureInfo.InvariantCulture, $" AND {column} IN ({numbersOfStatuses})");
        }

        var statement = connection.Prepare(sql.Append(end).ToString()).With(after);
        texts.ForEach(text => statement.With(text));
        numbers.ForEach(number => statement.With(number));
        return statement.With(limit);
    }

    private static void AddNumber(StringBuilder sql, List<long> numbers, string condition, DateTimeOffset? time)
    {
        if (time is { } value)
        {
            sql.Append(condition);
            numbers.Add(value.UtcTicks);
        }
    }

    private static OrchestrationState StateOf(InstanceRow row, long fileId) =>
        new(row.Id, row.Name, row.Status, TimeOf(row.Created), TimeOf(row.Updated))
        {
            ExecutionId = row.ExecutionId(fileId),
            Version = row.Version,
            ParentInstanceId = row.Parent?.Id,
            StartAt = row.StartAt is { } startAt ? TimeOf(startAt) : null,
            Reason = row.Reason,
            Input = TextOf(row.Input),
            Output = row.Status == OrchestrationStatus.Failed ? null : TextOf(row.Output),
            CustomStatus = TextOf(row.CustomStatus),
            Failure = row.Status == OrchestrationStatus.Failed ? Payloads.Read<FailureDetails?>(row.Output) : null,
        };

    private static DateTimeOffset TimeOf(long ticks) => new(ticks, TimeSpan.Zero);

    private static string? TextOf(byte[]? payload) => payload is null ? null : Encoding.UTF8.GetString(payload);
}
