using Workflows.Platform;
using Workflows.Records;
using Workflows.Trade;

namespace Workflows.Approvals;

/// <summary>
/// Where approvals are kept. Table <c>Approvals</c>: partition is the approval; row <c>request</c> is what is asked,
/// row
/// <c>present</c> who is asked now, row <c>outcome</c> is written once and ends it, rows <c>audit|…</c> are only ever
/// added.
/// Table <c>ApprovalLinks</c>: partition is a token's hash. Table <c>ApprovalIndex</c>: pending and ended ones, newest
/// first.
/// </summary>
internal static class ApprovalRepository
{
    [Guarded]
    public const string Table = "Approvals";
    private const string Links = "ApprovalLinks";
    private const string Index = "ApprovalIndex";
    private const string RequestRow = "request";
    private const string AskRow = "present";
    private const string OutcomeRow = "outcome";
    private const string AuditPrefix = "audit|";

    public static TableRow Request(ApprovalRequest request, DateTimeOffset at) =>
        new TableRow(
            request.Id.Value, RequestRow)
        { ["Deal"] = request.Deal.Value, ["RequestedAt"] = at }.With(request);

    public static TableRow Ask(ApprovalId id, ApprovalAsk ask) =>
        new TableRow(id.Value, AskRow) { ["Approver"] = ask.Approver.Value }.With(ask);

    public static TableRow Outcome(ApprovalId id, ApprovalOutcome outcome, string? linkHash) =>
        new TableRow(id.Value, OutcomeRow) { ["Verdict"] = outcome.Verdict, ["Link"] = linkHash }.With(outcome);

    /// <summary>A row of the audit trail; the same key is the same event.</summary>
    public static TableRow Audit(ApprovalId id, string key, AuditEntry entry) =>
        new TableRow(id.Value, AuditPrefix + key) { ["Event"] = entry.Event, ["When"] = entry.When }.With(entry);

    public static TableRow Link(string hash, ApprovalLink link) =>
        new TableRow(hash, "link") { ["Approval"] = link.Approval.Value }.With(link);

    /// <summary>Everything about an approval but its trail, in one read.</summary>
    public static async Task<ApprovalState?> FindAsync(
        ITableStore tables, ApprovalId id, CancellationToken cancellation)
    {
        var rows = new Dictionary<string, TableRow>(StringComparer.Ordinal);
        // The trail, which grows, sorts before the three rows and is not read.
        var query = new TableQuery { Partition = id.Value, RowFrom = OutcomeRow };
        await foreach (var row in tables.ReadAllAsync(Table, query, cancellation))
        {
            rows[row.RowKey] = row;
        }

        if (!rows.TryGetValue(RequestRow, out var request))
        {
            return null;
        }

        var ask = rows.GetValueOrDefault(AskRow);
        var outcome = rows.GetValueOrDefault(OutcomeRow);
        return new ApprovalState(
            request.Read<ApprovalRequest>(),
            request.Time("RequestedAt")!.Value,
            ask?.Read<ApprovalAsk>(),
            ask?.ETag,
            outcome?.Read<ApprovalOutcome>(),
            outcome?.Text("Link"));
    }

    public static async Task<ApprovalLink?> FindLinkAsync(
        ITableStore tables, string hash, CancellationToken cancellation) =>
        (await tables.GetAsync(Links, hash, "link", cancellation))?.Read<ApprovalLink>();

    public static Task KeepLinkAsync(
        ITableStore tables, string hash, ApprovalLink link, CancellationToken cancellation) =>
        tables.UpsertAsync(Links, Link(hash, link), cancellation);

    public static async Task<IReadOnlyList<AuditEntry>> TrailAsync(
        ITableStore tables, ApprovalId id, CancellationToken cancellation)
    {
        var entries = await tables.ReadListAsync<AuditEntry>(
            Table, TableQuery.Of(id.Value, AuditPrefix), cancellation);
        return [.. entries.OrderBy(entry => entry.When).ThenBy(entry => entry.Event)];
    }

    /// <summary>Shows the approval among the pending ones, or moves it to the ended ones.</summary>
    public static async Task ListAsync(ITableStore tables, ApprovalState state, CancellationToken cancellation)
    {
        var summary = state.Summary();
        await tables.UpsertAsync(Index, new TableRow(ListOf(summary), IndexKey(summary)).With(summary), cancellation);
        if (summary.Outcome is not null)
        {
            var pending = summary with { Outcome = null };
            await tables.DeleteIfPresentAsync(Index, ListOf(pending), IndexKey(pending), cancellation);
        }
    }

    public static Task<Page<ApprovalSummary>> PageAsync(
        ITableStore tables, bool ended, int pageSize, string? continuation, CancellationToken cancellation)
    {
        var query = new TableQuery
        {
            Partition = ended ? "ended" : "pending",
            PageSize = pageSize,
            Continuation = continuation,
        };
        return tables.ReadPageAsync<ApprovalSummary>(Index, query, cancellation);
    }

    private static string ListOf(ApprovalSummary summary) => summary.Outcome is null ? "pending" : "ended";

    private static string IndexKey(ApprovalSummary summary) =>
        NewestFirstKey.Of(summary.Outcome?.DecidedAt ?? summary.RequestedAt, summary.Id.Value);
}

/// <summary>An approval as its rows say.</summary>
/// <param name="AskETag">
/// Version of the ask: a decision and an escalation both insist that it is the one they read.
/// </param>
/// <param name="DecidedLink">Hash of the link that decided; null when none did.</param>
internal sealed record ApprovalState(
    ApprovalRequest Request,
    DateTimeOffset RequestedAt,
    ApprovalAsk? Ask,
    string? AskETag,
    ApprovalOutcome? Outcome,
    string? DecidedLink)
{
    public ApprovalSummary Summary() => new(
        Request.Id,
        Request.Deal,
        Request.Kind,
        Request.Subject,
        Request.Requester,
        Request.Region,
        RequestedAt,
        Outcome is null ? Ask?.Approver : null,
        Outcome is null ? Ask?.EscalateAt : null,
        Outcome);
}
