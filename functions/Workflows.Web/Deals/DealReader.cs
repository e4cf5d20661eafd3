using System.Globalization;
using Workflows.Approvals;
using Workflows.Lifecycle;
using Workflows.Lifecycle.Timeline;
using Workflows.Platform;
using Workflows.Policies;
using Workflows.Receivables;
using Workflows.Trade;
using Workflows.Web.Hosting.Problems;
using Workflows.Web.Hosting.Requests;

namespace Workflows.Web.Deals;

/// <summary>Gathers a deal and all that belongs to it.</summary>
internal sealed class DealReader(
    DealService deals, ApprovalService approvals, ITableStore tables, PolicyStore policies)
{
    /// <summary>How much of a timeline is shown with its deal: more than an ordinary deal has.</summary>
    public const int TimelineShown = 100;

    /// <summary>A page of a deal's timeline, the latest first.</summary>
    /// <param name="cursor">From the page before, or from the deal; null for the first.</param>
    /// <exception cref="ProblemException">404.</exception>
    /// <exception cref="FormatException">The cursor is none of ours.</exception>
    public async Task<ListPage<TimelineLine>> ReadTimelineAsync(
        DealId id, int limit, string? cursor, CancellationToken cancellation)
    {
        int? before = cursor is null ? null
            : int.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
            : throw new FormatException("The cursor of a timeline is a number.");
        var deal = await deals.FindAsync(id, cancellation) ?? throw new ProblemException(ProblemType.NotFound);
        var part = await deals.TimelineAsync(deal.Id, before, limit, cancellation);
        var zone = policies.Current.Company.Zone();
        return new ListPage<TimelineLine>(
            [.. part.Entries.Reverse().Select(entry => TimelineLine.Of(entry, zone))], CursorOf(part));
    }

    /// <exception cref="ProblemException">404.</exception>
    public async Task<DealResponse> ReadAsync(DealId id, CancellationToken cancellation)
    {
        var deal = await deals.FindAsync(id, cancellation) ?? throw new ProblemException(ProblemType.NotFound);
        return await GatherAsync(deal, cancellation);
    }

    public async Task<DealResponse> GatherAsync(Deal deal, CancellationToken cancellation)
    {
        var files = new List<ApprovalFile>();
        foreach (var id in deal.Approvals)
        {
            if (await approvals.GetAsync(id, cancellation) is { } file)
            {
                files.Add(file);
            }
        }

        var zone = policies.Current.Company.Zone();
        var timeline = await deals.TimelineAsync(deal.Id, before: null, TimelineShown, cancellation);
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
            deal.Order,
            deal.Milestones,
            [.. deal.Holds.Select(hold => new HoldLine(hold.Milestone, DealText.Hold(hold)))],
            files,
            await InvoiceRepository.OfDealAsync(tables, deal.Id, cancellation),
            WaitingLine.Of(deal.Waiting),
            deal.End is { } end ? DealEventText.Why(end, zone) : null,
            deal.PolicyVersion,
            deal.UpdatedAt,
            [.. timeline.Entries.Select(entry => TimelineLine.Of(entry, zone))],
            CursorOf(timeline));
    }

    private static string? CursorOf(TimelinePart part) => part.EarlierBefore?.ToString(CultureInfo.InvariantCulture);
}
