using Workflows.Approvals;
using Workflows.Lifecycle;
using Workflows.Platform;
using Workflows.Policies;
using Workflows.Receivables;
using Workflows.Trade;
using Workflows.Web.Hosting.Problems;
using Workflows.Web.Hosting.Rows;

namespace Workflows.Web.Deals;

/// <summary>Gathers a deal and all that belongs to it.</summary>
internal sealed class DealReader(
    DealService deals, ApprovalService approvals, RowOwners owners, ITableStore tables, PolicyStore policies)
{
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
        var (deal, timeline) = await owners.WithoutOthersAsync(
            rights, fields.Of(stored), await deals.TimelineAsync(stored.Id, cancellation), cancellation);
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
            deal.Order,
            deal.Milestones,
            [.. deal.Holds.Select(hold => new HoldLine(hold.Milestone, DealText.Hold(hold)))],
            files,
            [.. (await InvoiceRepository.OfDealAsync(tables, deal.Id, cancellation)).Select(fields.Of)],
            WaitingLine.Of(deal.Waiting),
            deal.End is { } end ? DealEventText.Why(end, zone) : null,
            deal.PolicyVersion,
            deal.UpdatedAt,
            [.. timeline.Select(entry => TimelineLine.Of(fields.Of(entry), zone))]);
    }
}
