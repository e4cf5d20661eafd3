using System.Security.Cryptography;
using Workflows.Platform;

namespace Workflows.Web.Inquiries.Webhooks;

/// <summary>An authentic delivery as it was kept.</summary>
/// <param name="Deal">The deal it started or fed; null when it was none's.</param>
/// <param name="Bytes">Size of the raw copy.</param>
internal sealed record InboxEntry(
    string Source, string EventId, string Type, string Verdict, string? Deal, DateTimeOffset ReceivedAt, long Bytes);

/// <summary>
/// Authentic deliveries, raw, in the table <c>WebhookInbox</c>: partition is the source, row <c>e|{id}</c> is the
/// event, inserted once, and row <c>t|…</c> lists it by time. Both are one commit.
/// </summary>
internal sealed class WebhookInbox(ITableStore tables)
{
    public const string Accepted = "accepted";
    public const string Ignored = "ignored";

    private const string Table = "WebhookInbox";

    /// <summary>The event of that id: null when it is new, else whether its body was the same.</summary>
    public async Task<bool?> IsRepeatedAsync(
        WebhookDelivery delivery, string eventId, CancellationToken cancellation) =>
        await tables.GetAsync(Table, delivery.Source.Name, EventKey(eventId), cancellation) is { } row
            ? Fingerprint(delivery).AsSpan().SequenceEqual((byte[])row.Required("Fingerprint"))
            : null;

    /// <summary>Keeps a delivery, once. Durable when it returns.</summary>
    /// <returns>False when the id came in before.</returns>
    public async Task<bool> TryKeepAsync(
        WebhookDelivery delivery, WebhookMessage message, string verdict, string? deal, CancellationToken cancellation)
    {
        var source = delivery.Source.Name;
        var whole = Describe(new TableRow(source, EventKey(message.EventId))).WithBody(delivery.Body);
        whole["Fingerprint"] = Fingerprint(delivery);
        var listed = Describe(new TableRow(source, TimeKey(delivery.ReceivedAt, message.EventId)));
        try
        {
            await tables.ExecuteAsync(
                Table, [TableOperation.Insert(whole), TableOperation.Upsert(listed)], cancellation);
            return true;
        }
        catch (RowConflictException conflict) when (conflict.Reason == RowConflict.Exists)
        {
            return false;
        }

        TableRow Describe(TableRow row)
        {
            row["EventId"] = message.EventId;
            row["Type"] = message.Type;
            row["Verdict"] = verdict;
            row["Deal"] = deal;
            row["ReceivedAt"] = delivery.ReceivedAt;
            row["Bytes"] = delivery.Body.Length;
            return row;
        }
    }

    /// <summary>A source's latest deliveries, newest first.</summary>
    public async Task<IReadOnlyList<InboxEntry>> LatestAsync(string source, int count, CancellationToken cancellation)
    {
        var page = await tables.QueryAsync(Table, TableQuery.Of(source, "t|") with { PageSize = count }, cancellation);
        return [.. page.Items.Select(ToEntry)];
    }

    /// <summary>Forgets what came in before a moment.</summary>
    /// <returns>How many deliveries.</returns>
    public async Task<int> ForgetAsync(string source, DateTimeOffset before, CancellationToken cancellation)
    {
        var forgotten = 0;
        var query = TableQuery.Of(source, "t|") with { RowFrom = TimeKey(before, "") };
        await foreach (var row in tables.ReadAllAsync(Table, query, cancellation))
        {
            try
            {
                await tables.ExecuteAsync(
                    Table, [Delete(EventKey(row.RequiredText("EventId"))), Delete(row.RowKey)], cancellation);
                forgotten++;
            }
            catch (RowConflictException conflict) when (conflict.Reason == RowConflict.Missing)
            {
                // Another run of the same sweep was faster.
            }
        }

        return forgotten;

        TableOperation Delete(string rowKey) => TableOperation.Delete(source, rowKey, TableOperation.AnyETag);
    }

    private static InboxEntry ToEntry(TableRow row) => new(
        row.PartitionKey,
        row.RequiredText("EventId"),
        row.RequiredText("Type"),
        row.RequiredText("Verdict"),
        row.Text("Deal"),
        row.Time("ReceivedAt") ?? default,
        row.WholeNumber("Bytes") ?? 0);

    private static byte[] Fingerprint(WebhookDelivery delivery) => SHA256.HashData(delivery.Body.Span);

    private static string EventKey(string eventId) => "e|" + eventId;

    private static string TimeKey(DateTimeOffset at, string eventId) => "t|" + NewestFirstKey.Of(at, eventId);
}
