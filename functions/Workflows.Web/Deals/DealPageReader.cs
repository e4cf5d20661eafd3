using Workflows.Approvals;
using Workflows.Lifecycle;
using Workflows.Platform;
using Workflows.Receivables;
using Workflows.Trade;
using Workflows.Web.Hosting.Problems;
using Workflows.Web.Hosting.Rows;
using Workflows.Web.Layout;
using Workflows.Web.Mail;

namespace Workflows.Web.Deals;

/// <summary>Gathers a deal's page.</summary>
internal sealed class DealPageReader(
    DealService deals, ApprovalService approvals, InvoiceService invoices, RowOwners owners, VisibleRows rows,
    IMailOutbox mails)
{
    private const int MailsShown = 50;

    /// <param name="before">Where the shown part of the timeline ends; null is its end.</param>
    /// <exception cref="ProblemException">404.</exception>
    public async Task<DealView> ReadAsync(
        DealId id, int? before, PageContext pageContext, CancellationToken cancellation)
    {
        var stored = await deals.FindAsync(id, cancellation) ?? throw new ProblemException(ProblemType.NotFound);
        var rights = pageContext.Rights!;
        var fields = rights.FieldsOf(owners.Of(stored));
        var part = await deals.TimelineAsync(id, before, DealReader.TimelineShown, cancellation);
        var (deal, timeline) = await owners.WithoutOthersAsync(rights, fields.Of(stored), part, cancellation);
        var files = new List<ApprovalFile>();
        foreach (var approval in deal.Approvals)
        {
            if (await approvals.GetAsync(approval, cancellation) is { } file)
            {
                files.Add(fields.Of(file));
            }
        }

        var ofDeal = await invoices.OfDealAsync(id, cancellation);
        var sent = await rows.MailsAsync(
            rights, MailsShown, null, pageContext.Actor!.MayRead,
            (most, from) => mails.QueryAsync(
                new MailQuery { About = id.Value, PageSize = most, Continuation = from }, cancellation),
            cancellation);
        return new DealView(
            deal,
            timeline with { Entries = [.. timeline.Entries.Select(fields.Of)] },
            files,
            ofDeal,
            sent.Items,
            fields.MayChange ? DealActions.For(deal, ofDeal, pageContext) : DealActions.None);
    }
}
