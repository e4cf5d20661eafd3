using System.Security.Cryptography;
using System.Text;
using Workflows.Platform;

namespace Workflows.Web.Messages;

/// <summary>A message that a queue gave up on.</summary>
/// <param name="Queue">Of which queue.</param>
/// <param name="Id">Its fingerprint, unique within the queue.</param>
/// <param name="Body">As it was; cut where it is too long to be kept.</param>
/// <param name="At">When it was given up, UTC.</param>
public sealed record PoisonMessage(string Queue, string Id, string Body, DateTimeOffset At);

/// <summary>
/// Messages that a queue gave up on, in the table <c>PoisonMessages</c>: a queue itself would forget them after a week.
/// Partition is the queue, row the message's fingerprint: the same one again changes nothing.
/// </summary>
public sealed class PoisonMessages(ITableStore tables, TimeProvider clock)
{
    private const string Table = "PoisonMessages";
    private const int LongestBody = 30_000;

    /// <summary>Keeps a message. Durable when it returns.</summary>
    public Task KeepAsync(string queue, string body, CancellationToken cancellation)
    {
        var row = new TableRow(queue, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(body))))
        {
            ["Body"] = body.Length <= LongestBody ? body : body[..LongestBody],
            ["At"] = clock.GetUtcNow(),
        };
        return tables.TryInsertAsync(Table, row, cancellation);
    }

    /// <summary>The latest, newest first, out of at most a thousand.</summary>
    public async Task<IReadOnlyList<PoisonMessage>> LatestAsync(int count, CancellationToken cancellation)
    {
        var page = await tables.QueryAsync(Table, new TableQuery(), cancellation);
        return [.. page.Rows
            .Select(row => new PoisonMessage(row.PartitionKey, row.RowKey, row.Text("Body") ?? "", row.Time("At") ?? default))
            .OrderByDescending(message => message.At)
            .Take(count)];
    }

    /// <summary>Forgets a message that a person has dealt with.</summary>
    /// <returns>False when there is none.</returns>
    public async Task<bool> ForgetAsync(string queue, string id, CancellationToken cancellation)
    {
        try
        {
            await tables.DeleteAsync(Table, queue, id, TableOperation.AnyETag, cancellation);
            return true;
        }
        catch (RowConflictException conflict) when (conflict.Reason == RowConflict.Missing)
        {
            return false;
        }
    }
}
