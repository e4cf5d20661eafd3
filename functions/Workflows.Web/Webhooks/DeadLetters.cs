using System.Text.Json;
using Workflows.Platform;
using Workflows.Web.Problems;
using Workflows.Web.Requests;

namespace Workflows.Web.Webhooks;

/// <summary>An authentic delivery that could not be processed, kept for a person.</summary>
/// <param name="Errors">What is wrong where; may be empty.</param>
/// <param name="SettledAt">When it was processed after all; null while it is open.</param>
internal sealed record DeadLetter(
    string Source,
    string EventId,
    string Type,
    string Reason,
    IReadOnlyList<ProblemError> Errors,
    byte[] Body,
    DateTimeOffset ReceivedAt,
    DateTimeOffset? SettledAt);

/// <summary>The dead letters, in the table <c>DeadLetters</c>: partition is the source, row is the event.</summary>
internal sealed class DeadLetters(ITableStore tables)
{
    private const string Table = "DeadLetters";

    /// <summary>Keeps a delivery, once. Durable when it returns.</summary>
    public Task KeepAsync(
        WebhookDelivery delivery, WebhookMessage message, string reason, IReadOnlyList<ProblemError> errors, CancellationToken cancellation)
    {
        var row = new TableRow(delivery.Source.Name, message.EventId)
        {
            ["Type"] = message.Type,
            ["Reason"] = reason,
            ["Errors"] = JsonSerializer.Serialize(errors, WebJson.Options),
            ["ReceivedAt"] = delivery.ReceivedAt,
        }.WithBody(delivery.Body);
        return tables.TryInsertAsync(Table, row, cancellation);
    }

    /// <summary>One, or null.</summary>
    public async Task<DeadLetter?> FindAsync(string source, string eventId, CancellationToken cancellation) =>
        await tables.GetAsync(Table, source, eventId, cancellation) is { } row ? ToLetter(row) : null;

    /// <summary>A source's open ones, newest first, at most a page of them.</summary>
    public async Task<IReadOnlyList<DeadLetter>> OpenAsync(string source, CancellationToken cancellation)
    {
        var page = await tables.QueryAsync(Table, TableQuery.Of(source) with { PageSize = 200 }, cancellation);
        return [.. page.Rows.Select(ToLetter).Where(letter => letter.SettledAt is null).OrderByDescending(letter => letter.ReceivedAt)];
    }

    /// <summary>Notes that one was processed after all.</summary>
    public Task SettleAsync(DeadLetter letter, DateTimeOffset at, CancellationToken cancellation) => tables.ExecuteAsync(
        Table,
        [TableOperation.Merge(new TableRow(letter.Source, letter.EventId) { ["SettledAt"] = at }, TableOperation.AnyETag)],
        cancellation);

    /// <summary>Forgets those that came in before a moment and were processed after all.</summary>
    /// <returns>How many.</returns>
    public async Task<int> ForgetSettledAsync(string source, DateTimeOffset before, CancellationToken cancellation)
    {
        var forgotten = 0;
        await foreach (var row in tables.ReadAllAsync(Table, TableQuery.Of(source), cancellation))
        {
            if (row.Time("SettledAt") is not null && row.Time("ReceivedAt") < before)
            {
                await tables.DeleteAsync(Table, source, row.RowKey, TableOperation.AnyETag, cancellation);
                forgotten++;
            }
        }

        return forgotten;
    }

    private static DeadLetter ToLetter(TableRow row) => new(
        row.PartitionKey,
        row.RowKey,
        row.Text("Type") ?? "",
        row.RequiredText("Reason"),
        JsonSerializer.Deserialize<List<ProblemError>>(row.RequiredText("Errors"), WebJson.Options) ?? [],
        row.Body(),
        row.Time("ReceivedAt") ?? default,
        row.Time("SettledAt"));
}
