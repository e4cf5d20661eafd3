using Workflows.Approvals;
using Workflows.Lifecycle;
using Workflows.Policies;
using Workflows.Web.Hosting.Rows;

namespace Workflows.Web.Deals.Board;

/// <summary>Reads the board: the latest deals of each stage.</summary>
internal sealed class BoardReader(
    DealService deals, ApprovalService approvals, VisibleRows rows, PolicyStore policies)
{
    // A board is looked at, not scrolled for ever: older deals of a stage have a list of their own.
    private const int DealsPerStage = 200;

    private const int ApprovalsCounted = 100;

    private static readonly Stage[] Open =
    [
        Stage.Received, Stage.Qualified, Stage.Assigned, Stage.Quoted, Stage.Negotiating, Stage.Ordered,
        Stage.Fulfilling, Stage.Collecting, Stage.Closed,
    ];

    private static readonly Stage[] Ended = [Stage.Paid, Stage.Lost, Stage.Cancelled, Stage.WrittenOff, Stage.Rejected];

    public async Task<BoardView> ReadAsync(BoardQuery query, RowRights rights, CancellationToken cancellation)
    {
        var columns = new List<BoardColumn>();
        var isEmpty = true;
        foreach (var stage in query.Ended ? Ended : Open)
        {
            var page = await rows.DealsAsync(
                rights, DealsPerStage, null, (most, start) => deals.ListAsync(stage, most, start, cancellation));
            isEmpty &= page.Items.Count == 0;
            columns.Add(new BoardColumn(stage, [.. page.Items.Where(query.Takes)], page.Continuation is not null));
        }

        var pending = await rows.ApprovalsAsync(
            rights, ApprovalsCounted, null,
            (most, start) => approvals.ListAsync(ended: false, most, start, cancellation), cancellation);
        return new BoardView(query, columns, Owners(), isEmpty, pending.Items.Count);
    }

    private IReadOnlyList<(string Id, string Name)> Owners() =>
    [
        .. policies.Current.Staff
            .Where(member => member.Role is StaffRole.Sales or StaffRole.Manager)
            .Select(member => (member.Id.Value, member.Name))
            .OrderBy(owner => owner.Name, StringComparer.OrdinalIgnoreCase),
        (BoardQuery.Nobody, "Nobody"),
    ];
}
