using Workflows.Platform;

namespace Workflows.Records;

/// <summary>Reads rows as the records that they hold (<see cref="RecordRow"/>), in the order of their keys.</summary>
internal static class RecordQueries
{
    /// <summary>Every record that matches. Bound the query: this reads to its end.</summary>
    public static async Task<IReadOnlyList<T>> ReadListAsync<T>(
        this ITableStore tables, string table, TableQuery query, CancellationToken cancellation) =>
        await tables.ReadAllAsync(table, query, cancellation)
            .Select(row => row.Read<T>())
            .ToListAsync(cancellation);

    /// <summary>A page of records; it may be empty while there is a continuation.</summary>
    public static async Task<Page<T>> ReadPageAsync<T>(
        this ITableStore tables, string table, TableQuery query, CancellationToken cancellation)
    {
        var page = await tables.QueryAsync(table, query, cancellation);
        return new Page<T>([.. page.Items.Select(row => row.Read<T>())], page.Continuation);
    }
}
