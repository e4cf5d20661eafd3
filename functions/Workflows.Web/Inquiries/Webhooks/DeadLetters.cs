using System.Text;
using System.Text.Json;
using Workflows.Inquiries;
using Workflows.Platform;
using Workflows.Web.Hosting.Problems;
using Workflows.Web.Hosting.Requests;

namespace Workflows.Web.Inquiries.Webhooks;

/// <summary>An authentic delivery that could not be processed, kept for a person.</summary>
/// <param name="Errors">What is wrong where; may be empty.</param>
/// <param name="SettledAt">
/// When it was processed after all, or a person was done with it; null while it is open.
/// </param>
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
    private const int BytesQuoted = 1_000;

    /// <summary>Keeps a delivery, once. Durable when it returns.</summary>
    /// <returns>False when another body is kept under that id.</returns>
    public async Task<bool> TryKeepAsync(
        WebhookDelivery delivery, WebhookMessage message, string reason, IReadOnlyList<ProblemError> errors,
        CancellationToken cancellation)
    {
        var row = new TableRow(delivery.Source.Name, message.EventId)
        {
            ["Type"] = message.Type,
            ["Reason"] = reason,
            ["Errors"] = JsonSerializer.Serialize(errors, WebJson.Options),
            ["ReceivedAt"] = delivery.ReceivedAt,
        }.WithBody(delivery.Body);
        if (await FindAsync(row.PartitionKey, row.RowKey, cancellation) is null)
        {
            // Before the letter: what breaks off in between is told of, and comes again.
            await DoorNews.AddAsync(
                tables, NewsOf(delivery, message, reason, errors), cancellation);
        }

        return await tables.TryInsertAsync(Table, row, cancellation)
            || await FindAsync(row.PartitionKey, row.RowKey, cancellation) is not { } kept
            || delivery.Body.Span.SequenceEqual(kept.Body);
    }

    /// <summary>One, or null.</summary>
    public async Task<DeadLetter?> FindAsync(string source, string eventId, CancellationToken cancellation) =>
        await tables.GetAsync(Table, source, eventId, cancellation) is { } row ? ToLetter(row) : null;

    /// <summary>Some of a source's open ones, newest first, and how many there are in all.</summary>
    public async Task<(IReadOnlyList<DeadLetter> Letters, int Count)> OpenAsync(
        string source, int skip, int take, CancellationToken cancellation)
    {
        // Rows are in the order of ids and hold whole bodies: few at a time are read, and only their times are
        // remembered.
        var open = new List<(DateTimeOffset At, string EventId)>();
        await foreach (
            var row in tables.ReadAllAsync(Table, TableQuery.Of(source) with { PageSize = 50 }, cancellation))
        {
            if (row.Time("SettledAt") is null)
            {
                open.Add((row.Time("ReceivedAt") ?? default, row.RowKey));
            }
        }

        var letters = new List<DeadLetter>();
        var newest = open.OrderByDescending(each => each.At).ThenBy(each => each.EventId, StringComparer.Ordinal);
        foreach (var (_, eventId) in newest.Skip(skip).Take(take))
        {
            if (await FindAsync(source, eventId, cancellation) is { SettledAt: null } letter)
            {
                letters.Add(letter);
            }
        }

        return (letters, open.Count);
    }

    /// <summary>Notes that one was processed after all, or that a person is done with it.</summary>
    public async Task SettleAsync(DeadLetter letter, DateTimeOffset at, CancellationToken cancellation)
    {
        await tables.ExecuteAsync(
            Table,
            [
                TableOperation.Merge(
                    new TableRow(letter.Source, letter.EventId) { ["SettledAt"] = at }, TableOperation.AnyETag),
            ],
            cancellation);
        await DoorNews.RemoveAsync(
            tables, DoorItemKind.DeadLetter, NewsId(letter.Source, letter.EventId), cancellation);
    }

    /// <summary>Forgets those that came in before a moment and are not open any more.</summary>
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

    private static DoorItem NewsOf(
        WebhookDelivery delivery, WebhookMessage message, string reason, IReadOnlyList<ProblemError> errors)
    {
        var wrong = errors.Select(error => $"{error.Pointer} {error.Detail}");
        var body = Encoding.UTF8.GetString(delivery.Body.Span[..Math.Min(delivery.Body.Length, BytesQuoted)]);
        return new DoorItem(
            DoorItemKind.DeadLetter,
            NewsId(delivery.Source.Name, message.EventId),
            Region: "",
            $"{delivery.Source.Name} {message.Type}".TrimEnd(),
            string.Join(' ', [reason, .. wrong]).ShortenedLine(500),
            body.WithoutControls().WithoutMarks(keepJoiners: true).ShortenedLine(500),
            delivery.ReceivedAt);
    }

    private static string NewsId(string source, string eventId) => $"{source}/{eventId}";

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
