using Workflows.Approvals;
using Workflows.Lifecycle;
using Workflows.Platform;
using Workflows.Policies;
using Workflows.Receivables;
using Workflows.Trade;
using Workflows.Web.Hosting.Problems;

namespace Workflows.Web.Deals;

/// <summary>Gathers a deal and all that belongs to it.</summary>
internal sealed class DealReader(
    DealService deals, ApprovalService approvals, ITableStore tables, PolicyStore policies)
{
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
        var timeline = await deals.TimelineAsync(deal.Id, cancellation);
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
            [.. timeline.Select(entry => TimelineLine.Of(entry, zone))]);
    }
}
