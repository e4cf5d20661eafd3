using Workflows.Platform;

namespace Workflows.Web.Hosting.Sessions;

/// <summary>
/// The console's open sessions, in the table <c>Sessions</c>: one row per sign-in. A cookie is good only with its row,
/// so that what ends a session ends every copy of its cookie, in every process of the home. Holds the sign-ins of one
/// <see cref="LongestLife"/> and those that the sweeper has not removed yet.
/// </summary>
internal sealed class OpenSessions(ITableStore tables)
{
    /// <summary>A session ends so long after its sign-in, however much it is used (OWASP ASVS 5.0, 7.3.2).</summary>
    public static readonly TimeSpan LongestLife = TimeSpan.FromHours(24);

    private const string Table = "Sessions";

    /// <summary>Begins a session. The row is stored before the cookie goes out.</summary>
    /// <param name="id">Fresh and unguessable.</param>
    /// <param name="keyId">The key that was shown.</param>
    public Task BeginAsync(string id, string keyId, DateTimeOffset now, CancellationToken cancellation) =>
        tables.InsertAsync(Table, new TableRow(keyId, id) { ["EndsAt"] = now + LongestLife }, cancellation);

    /// <summary>Whether nothing has ended it.</summary>
    public async Task<bool> IsOpenAsync(
        string id, string keyId, DateTimeOffset now, CancellationToken cancellation) =>
        await tables.GetAsync(Table, keyId, id, cancellation) is { } row && now < row.Time("EndsAt");

    /// <summary>Ends a session. Idempotent: one that has ended stays ended.</summary>
    public Task EndAsync(string id, string keyId, CancellationToken cancellation) =>
        tables.DeleteIfPresentAsync(Table, keyId, id, cancellation);

    /// <summary>Removes the rows of sessions that are over.</summary>
    public async Task SweepAsync(DateTimeOffset now, CancellationToken cancellation)
    {
        await foreach (var row in tables.ReadAllAsync(Table, new TableQuery(), cancellation))
        {
            if (row.Time("EndsAt") <= now)
            {
                await EndAsync(row.RowKey, row.PartitionKey, cancellation);
            }
        }
    }
}
