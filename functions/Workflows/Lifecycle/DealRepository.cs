using System.Globalization;
using Workflows.Lifecycle.Timeline;
using Workflows.Platform;
using Workflows.Records;
using Workflows.Trade;

namespace Workflows.Lifecycle;

/// <summary>
/// Where deals are kept: table <c>Deals</c> (a partition a deal: row <c>deal</c>, a row per timeline entry under its
/// number, and row <c>entries</c> with the number of the last one, so that all are written at once), and table
/// <c>Board</c> with one small row per deal under its stage.
/// </summary>
public static class DealRepository
{
    [Guarded]
    private const string Deals = "Deals";
    private const string Board = "Board";
    private const string Row = "deal";
    private const string EntriesRow = "entries";
    private const string LastEntry = "Last";

    /// <summary>The deal, or null.</summary>
    public static async Task<Deal?> FindAsync(ITableStore tables, DealId id, CancellationToken cancellation) =>
        (await tables.GetAsync(Deals, id.Value, Row, cancellation))?.Read<Deal>();

    /// <summary>The last entries of a deal's timeline before a number.</summary>
    /// <param name="before">Null is the end of the timeline.</param>
    /// <param name="most">How many at most, from 1.</param>
    public static async Task<TimelinePart> TimelineAsync(
        ITableStore tables, DealId id, int? before, int most, CancellationToken cancellation)
    {
        var end = before ?? await CountEntriesAsync(tables, id, cancellation) + 1;
        var query = TableQuery.Of(id.Value) with
        {
            RowFrom = EntryKey(Math.Max(1, end - most)),
            RowBefore = EntryKey(end),
        };
        return new TimelinePart(await tables.ReadListAsync<TimelineEntry>(Deals, query, cancellation));
    }

    /// <summary>A page of a stage's deals, the latest taken in first.</summary>
    public static Task<Page<DealSummary>> ListAsync(
        ITableStore tables, Stage stage, int pageSize, string? continuation, CancellationToken cancellation)
    {
        var query = new TableQuery { Partition = stage.ToString(), PageSize = pageSize, Continuation = continuation };
        return tables.ReadPageAsync<DealSummary>(Board, query, cancellation);
    }

    /// <summary>Writes the deal as its orchestration sees it. Writing the same state twice changes nothing.</summary>
    /// <param name="from">The stage under which the board shows it now; null when it is new there.</param>
    public static async Task SaveAsync(
        ITableStore tables, Deal deal, Stage? from, IReadOnlyList<TimelineEntry> entries,
        CancellationToken cancellation)
    {
        var rows = entries.Select(entry => new TableRow(deal.Id.Value, EntryKey(entry.Number)).With(entry))
            .Append(ToRow(deal));
        if (entries is [.., { Number: var last }])
        {
            rows = rows.Append(LastEntryRow(deal.Id, last));
        }

        await tables.UpsertAllAsync(Deals, rows, cancellation);
        await tables.UpsertAsync(
            Board, new TableRow(deal.Stage.ToString(), BoardKey(deal)).With(DealSummary.Of(deal)), cancellation);
        if (from is { } left && left != deal.Stage)
        {
            await tables.DeleteIfPresentAsync(Board, left.ToString(), BoardKey(deal), cancellation);
        }
    }

    /// <summary>
    /// Changes a deal that its orchestration writes no more, and adds an entry to its timeline, both at once.
    /// </summary>
    /// <param name="change">Pure: it runs again when another writer was faster.</param>
    internal static Task ChangeEndedAsync(
        ITableStore tables, DealId id, Func<DealRecord, (Deal Deal, TimelineEntry Entry)> change,
        CancellationToken cancellation) =>
        ConflictRetry.RunAsync(async () =>
        {
            var row = (await tables.GetAsync(Deals, id.Value, Row, cancellation))!;
            var count = await CountEntriesAsync(tables, id, cancellation);
            var (deal, entry) = change(new DealRecord(row.Read<Deal>(), count));
            // A failed deal may be rewound, and then counts its entries on from where it stood.
            var late = new TableRow(id.Value, $"{EntryKey(entry.Number)}-late").With(entry);
            await tables.ExecuteAsync(
                Deals,
                [
                    TableOperation.Replace(ToRow(deal), row.ETag!),
                    TableOperation.Insert(late),
                    TableOperation.Upsert(LastEntryRow(id, entry.Number)),
                ],
                cancellation);
        });

    // Deals of before have no such row until their next entry: theirs are counted.
    private static async Task<int> CountEntriesAsync(ITableStore tables, DealId id, CancellationToken cancellation) =>
        (int?)(await tables.GetAsync(Deals, id.Value, EntriesRow, cancellation))?.WholeNumber(LastEntry)
        ?? await tables.ReadAllAsync(Deals, TableQuery.Of(id.Value) with { RowBefore = Row }, cancellation)
            .CountAsync(cancellation);

    private static TableRow ToRow(Deal deal) => new TableRow(deal.Id.Value, Row) { ["Stage"] = deal.Stage }.With(deal);

    private static TableRow LastEntryRow(DealId id, int number) =>
        new(id.Value, EntriesRow) { [LastEntry] = (long)number };

    private static string EntryKey(int number) => number.ToString("D6", CultureInfo.InvariantCulture);

    private static string BoardKey(Deal deal) => NewestFirstKey.Of(deal.Inquiry.ReceivedAt, deal.Id.Value);
}

/// <summary>A deal as it is kept.</summary>
/// <param name="Entries">How many entries its timeline has.</param>
internal sealed record DealRecord(Deal Deal, int Entries);

/// <summary>A deal on the board.</summary>
/// <param name="Value">The order's total, or else the offer's; null before.</param>
public sealed record DealSummary(
    DealId Id,
    Stage Stage,
    string Buyer,
    string? Company,
    string? Country,
    string Platform,
    string Product,
    int? Score,
    StaffId? Owner,
    CustomerId? Customer,
    Money? Value,
    Waiting? Waiting,
    DateTimeOffset ReceivedAt,
    DateTimeOffset UpdatedAt)
{
    /// <summary>The deal in short.</summary>
    public static DealSummary Of(Deal deal) => new(
        deal.Id,
        deal.Stage,
        deal.Inquiry.Buyer.Name,
        deal.Inquiry.Buyer.Company,
        deal.Inquiry.Buyer.Country,
        deal.Inquiry.Platform,
        deal.Inquiry.Products is [var first, ..] ? first.Name : "",
        deal.Qualification?.Score.Value,
        deal.Owner,
        deal.Qualification?.Customer,
        deal.Order?.Total ?? deal.Quotation?.Total,
        deal.Waiting,
        deal.Inquiry.ReceivedAt,
        deal.UpdatedAt);
}
