using System.Security.Cryptography;
using Workflows.Platform;
using Workflows.Records;
using Workflows.Web.Hosting.Keys;

namespace Workflows.Web.Operations;

/// <summary>What an administrator did to the home.</summary>
/// <param name="At">UTC.</param>
/// <param name="Who">Staff id of the key's holder.</param>
/// <param name="Key">Which key they showed.</param>
/// <param name="Operation">Such as <c>terminate</c>.</param>
/// <param name="Target">What it was done to.</param>
/// <param name="Reason">In their words; null where none is asked for.</param>
/// <param name="Outcome">What became of it; null when it was cut off, and may or may not have been done.</param>
public sealed record AdminEntry(
    DateTimeOffset At, string Who, string Key, string Operation, string Target, string? Reason, string? Outcome);

/// <summary>
/// The trail of what administrators do, in the table <c>AdminLog</c>, newest first. An entry is written before the
/// operation, so that none goes without, and completed after it.
/// </summary>
internal sealed class AdminLog(ITableStore tables, TimeProvider clock)
{
    private const string Partition = "all";

    private const string Table = "AdminLog";

    /// <summary>Runs an operation and keeps who did it, why, and what became of it.</summary>
    public async Task<T> RecordAsync<T>(
        Actor actor, string operation, string target, string? reason, Func<Task<T>> operate,
        CancellationToken cancellation)
        where T : notnull
    {
        var entry = new AdminEntry(
            clock.GetUtcNow(), actor.Id.Value, actor.KeyId, operation, target, reason, Outcome: null);
        var key = NewestFirstKey.Of(entry.At, RandomNumberGenerator.GetHexString(16, lowercase: true));
        await tables.InsertAsync(Table, new TableRow(Partition, key).With(entry), cancellation);
        var result = await operate();
        // It is done: the trail says so even when the caller has gone.
        await tables.UpsertAsync(
            Table, new TableRow(Partition, key).With(entry with { Outcome = result.ToString() }),
            CancellationToken.None);
        return result;
    }

    /// <summary>A page of the trail, newest first.</summary>
    public async Task<Page<AdminEntry>> ListAsync(int pageSize, string? continuation, CancellationToken cancellation)
    {
        var query = new TableQuery { Partition = Partition, PageSize = pageSize, Continuation = continuation };
        var rows = await tables.QueryAsync(Table, query, cancellation);
        return new Page<AdminEntry>([.. rows.Items.Select(row => row.Read<AdminEntry>())], rows.Continuation);
    }
}
