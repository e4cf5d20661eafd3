using Workflows.Lifecycle.Timeline;
using Workflows.Platform;
using Workflows.Records;
using Workflows.Trade;

namespace Workflows.Lifecycle;

/// <summary>
/// Where deals are kept: table <c>Deals</c> (a partition a deal: row <c>deal</c>, and a row per timeline entry under
/// its number, so that both are written at once), and table <c>Board</c> with one small row per deal under its stage.
/// </summary>
public static class DealRepository
{
    [Guarded]
    private const string Deals = "Deals";
    private const string Board = "Board";
    private const string Row = "deal";

    /// <summary>The deal, or null.</summary>
    public static async Task<Deal?> FindAsync(ITableStore tables, DealId id, CancellationToken cancellation) =>
        (await tables.GetAsync(Deals, id.Value, Row, cancellation))?.Read<Deal>();

    /// <summary>The deal's timeline, oldest first.</summary>
    public static Task<IReadOnlyList<TimelineEntry>> TimelineAsync(
        ITableStore tables, DealId id, CancellationToken cancellation) =>
        tables.ReadListAsync<TimelineEntry>(Deals, TableQuery.Of(id.Value) with { RowBefore = Row }, cancellation);

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
        var timeline = entries.Select(entry => new TableRow(deal.Id.Value, $"{entry.Number:D6}").With(entry));
        var row = new TableRow(deal.Id.Value, Row) { ["Stage"] = deal.Stage }.With(deal);
        await tables.UpsertAllAsync(Deals, timeline.Append(row), cancellation);
        await tables.UpsertAsync(
            Board, new TableRow(deal.Stage.ToString(), BoardKey(deal)).With(DealSummary.Of(deal)), cancellation);
        if (from is { } left && left != deal.Stage)
        {
            await tables.DeleteIfPresentAsync(Board, left.ToString(), BoardKey(deal), cancellation);
        }
    }

    private static string BoardKey(Deal deal) => NewestFirstKey.Of(deal.Inquiry.ReceivedAt, deal.Id.Value);
}

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
