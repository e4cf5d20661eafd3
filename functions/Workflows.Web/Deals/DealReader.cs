using System.Globalization;
using Workflows.Approvals;
using Workflows.Lifecycle;
using Workflows.Lifecycle.Timeline;
using Workflows.Policies;
using Workflows.Receivables;
using Workflows.Trade;
using Workflows.Web.Hosting.Problems;
using Workflows.Web.Hosting.Requests;
using Workflows.Web.Hosting.Rows;

namespace Workflows.Web.Deals;

/// <summary>Gathers a deal and all that belongs to it.</summary>
internal sealed class DealReader(
    DealService deals, ApprovalService approvals, InvoiceService invoices, RowOwners owners, PolicyStore policies)
{
    /// <summary>How much of a timeline is shown with its deal: more than an ordinary deal has.</summary>
    public const int TimelineShown = 100;

    /// <summary>A page of a deal's timeline, the latest first.</summary>
    /// <param name="cursor">From the page before, or from the deal; null for the first.</param>
    /// <exception cref="ProblemException">404.</exception>
    /// <exception cref="FormatException">The cursor is none of ours.</exception>
    public async Task<ListPage<TimelineLine>> ReadTimelineAsync(
        DealId id, RowRights rights, int limit, string? cursor, CancellationToken cancellation)
    {
        int? before = cursor is null ? null
            : int.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
            : throw new FormatException("The cursor of a timeline is a number.");
        var stored = await deals.FindAsync(id, cancellation) ?? throw new ProblemException(ProblemType.NotFound);
        var fields = rights.FieldsOf(owners.Of(stored));
        var part = await deals.TimelineAsync(stored.Id, before, limit, cancellation);
        var (_, timeline) = await owners.WithoutOthersAsync(rights, stored, part, cancellation);
        var zone = policies.Current.Company.Zone();
        return new ListPage<TimelineLine>(
            [.. timeline.Entries.Reverse().Select(entry => TimelineLine.Of(fields.Of(entry), zone))],
            CursorOf(timeline));
    }

    /// <exception cref="ProblemException">404.</exception>
    public async Task<DealResponse> ReadAsync(DealId id, RowRights rights, CancellationToken cancellation)
    {
        var deal = await deals.FindAsync(id, cancellation) ?? throw new ProblemException(ProblemType.NotFound);
        return await GatherAsync(deal, rights, cancellation);
    }

    /// <summary>What the caller sees of a deal.</summary>
    public async Task<DealResponse> GatherAsync(Deal stored, RowRights rights, CancellationToken cancellation)
    {
        var fields = rights.FieldsOf(owners.Of(stored));
        var part = await deals.TimelineAsync(stored.Id, before: null, TimelineShown, cancellation);
        var (deal, timeline) = await owners.WithoutOthersAsync(rights, fields.Of(stored), part, cancellation);
        var files = new List<ApprovalFile>();
        foreach (var id in deal.Approvals)
        {
            if (await approvals.GetAsync(id, cancellation) is { } file)
            {
                files.Add(fields.Of(file));
            }
        }

        var zone = policies.Current.Company.Zone();
        return new DealResponse(
            deal.Id,
            deal.Stage,
            deal.Inquiry,
            deal.Qualification,
            deal.Owner,
            deal.OwnerReason,
            deal.Manager,
            deal.FirstHumanReplyAt,
            deal.Quotation,
            deal.QuotationStatus,
            deal.Unsent,
            deal.Order,
            deal.Milestones,
            [.. deal.Holds.Select(hold => new HoldLine(hold.Milestone, DealText.Hold(hold)))],
            files,
            [.. (await invoices.OfDealAsync(deal.Id, cancellation)).Select(fields.Of)],
            WaitingLine.Of(deal.Waiting),
            deal.End is { } end ? DealEventText.Why(end, zone) : null,
            deal.PolicyVersion,
            deal.UpdatedAt,
            [.. timeline.Entries.Select(entry => TimelineLine.Of(fields.Of(entry), zone))],
            CursorOf(timeline));
    }

    private static string? CursorOf(TimelinePart part) => part.EarlierBefore?.ToString(CultureInfo.InvariantCulture);
}
