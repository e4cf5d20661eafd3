using System.Text;
using Microsoft.Extensions.Logging;
using Workflows.Platform;
using Workflows.Web.Inquiries.Webhooks;

namespace Workflows.Web.Operations;

/// <summary>A message that a queue gave up on.</summary>
/// <param name="Queue">Of which queue.</param>
/// <param name="Id">Its fingerprint, unique within the queue.</param>
/// <param name="Body">As it was.</param>
/// <param name="At">When it was given up last, UTC.</param>
/// <param name="CanGoBack">Whether this home still has that queue.</param>
public sealed record PoisonMessage(string Queue, string Id, string Body, DateTimeOffset At, bool CanGoBack);

/// <summary>The latest of the messages that queues gave up on.</summary>
/// <param name="Latest">Newest first, of those that were looked at.</param>
/// <param name="LookedAt">How many were looked at.</param>
/// <param name="HasMore">Whether there are more than that.</param>
public sealed record PoisonList(IReadOnlyList<PoisonMessage> Latest, int LookedAt, bool HasMore);

/// <summary>
/// Messages that a queue gave up on, in the table <c>PoisonMessages</c>: a queue itself would forget them after a week.
/// Partition is the queue, row the message's fingerprint: the same one again is the same row, with the later time.
/// </summary>
public sealed class PoisonMessages(
    ITableStore tables, IEnumerable<IMessageQueue> queues, TimeProvider clock, ILogger<PoisonMessages> log)
{
    private const string Table = "PoisonMessages";

    // Rows hold whole bodies, so that few at a time are read.
    private const int ReadAtOnce = 50;

    /// <summary>
    /// After a long failure there are tens of thousands, bodies and all: nobody waits for that to be read.
    /// </summary>
    public const int LookedAtMost = 500;

    /// <summary>As many as one request has time for.</summary>
    public const int PutBackAtOnce = 500;

    private readonly Dictionary<string, IMessageQueue> _queues = queues.ToDictionary(
        queue => queue.Name, StringComparer.Ordinal);

    /// <summary>Keeps a message, whole. Durable when it returns.</summary>
    public Task KeepAsync(string queue, string body, CancellationToken cancellation)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        var row = new TableRow(queue, Sha256Hex.Lower(bytes)) { ["At"] = clock.GetUtcNow() };
        return tables.UpsertAsync(Table, row.WithBody(bytes), cancellation);
    }

    /// <summary>The latest of as many as are looked at, <see cref="LookedAtMost"/> at most.</summary>
    public async Task<PoisonList> LatestAsync(int count, CancellationToken cancellation)
    {
        var latest = new PriorityQueue<TableRow, DateTimeOffset>();
        var (lookedAt, hasMore) = (0, false);
        await foreach (var row in tables.ReadAllAsync(Table, new TableQuery { PageSize = ReadAtOnce }, cancellation))
        {
            if (lookedAt == LookedAtMost)
            {
                hasMore = true;
                break;
            }

            lookedAt++;
            latest.Enqueue(row, row.Time("At") ?? default);
            if (latest.Count > count)
            {
                latest.Dequeue();
            }
        }

        return new PoisonList(
            [.. latest.UnorderedItems.Select(each => ToMessage(each.Element)).OrderByDescending(message => message.At)],
            lookedAt, hasMore);
    }

    /// <summary>Puts a message in line again, and keeps it no longer. It is in line before it is forgotten.</summary>
    /// <param name="queue">Of which queue.</param>
    /// <param name="id">Which message.</param>
    /// <param name="who">Staff id of the person who does it, for the log.</param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <returns>False when there is none, or no such queue any more.</returns>
    /// <exception cref="HomeUnavailableException">The queue does not answer; the message is still kept.</exception>
    public async Task<bool> PutBackAsync(string queue, string id, string who, CancellationToken cancellation)
    {
        if (!await PutBackAsync(queue, id, cancellation))
        {
            return false;
        }

        Log.MessagesPutBack(log, 1, queue, who);
        return true;
    }

    /// <summary>
    /// Puts many messages of a queue in line again: after a failure that passed, there are as many as came in
    /// meanwhile.
    /// </summary>
    /// <param name="queue">Of which queue.</param>
    /// <param name="who">Staff id of the person who does it, for the log.</param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <returns>How many; at most <see cref="PutBackAtOnce"/>. Null when there is no such queue any more.</returns>
    /// <exception cref="HomeUnavailableException">
    /// The queue does not answer; those that are not in line are still kept.
    /// </exception>
    public async Task<int?> PutAllBackAsync(string queue, string who, CancellationToken cancellation)
    {
        if (!_queues.ContainsKey(queue))
        {
            return null;
        }

        var ids = await tables.ReadAllAsync(Table, TableQuery.Of(queue) with { PageSize = ReadAtOnce }, cancellation)
            .Select(row => row.RowKey)
            .Take(PutBackAtOnce)
            .ToListAsync(cancellation);
        var put = 0;
        try
        {
            foreach (var id in ids)
            {
                put += await PutBackAsync(queue, id, cancellation) ? 1 : 0;
            }
        }
        finally
        {
            // When it breaks off half way, these are in line all the same.
            Log.MessagesPutBack(log, put, queue, who);
        }

        return put;
    }

    /// <summary>Forgets a message that a person has dealt with.</summary>
    /// <param name="queue">Of which queue.</param>
    /// <param name="id">Which message.</param>
    /// <param name="who">Staff id of the person who does it, for the log.</param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <returns>False when there is none.</returns>
    public async Task<bool> ForgetAsync(string queue, string id, string who, CancellationToken cancellation)
    {
        if (!await tables.DeleteIfPresentAsync(Table, queue, id, cancellation))
        {
            return false;
        }

        Log.MessageForgotten(log, id, queue, who);
        return true;
    }

    private async Task<bool> PutBackAsync(string queue, string id, CancellationToken cancellation)
    {
        if (!_queues.TryGetValue(queue, out var line)
            || await tables.GetAsync(Table, queue, id, cancellation) is not { } row)
        {
            return false;
        }

        await line.PutAsync(ToMessage(row).Body, cancellation);
        // One that was given up once more meanwhile has changed, and stays.
        await tables.TryDeleteAsync(Table, queue, id, row.ETag!, cancellation);
        return true;
    }

    private PoisonMessage ToMessage(TableRow row) => new(
        row.PartitionKey, row.RowKey, Encoding.UTF8.GetString(row.Body()), row.Time("At") ?? default,
        _queues.ContainsKey(row.PartitionKey));
}
