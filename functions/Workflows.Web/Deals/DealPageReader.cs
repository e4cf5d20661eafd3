using Workflows.Approvals;
using Workflows.Lifecycle;
using Workflows.Platform;
using Workflows.Receivables;
using Workflows.Trade;
using Workflows.Web.Hosting.Problems;
using Workflows.Web.Layout;
using Workflows.Web.Mail;

namespace Workflows.Web.Deals;

/// <summary>Gathers a deal's page.</summary>
internal sealed class DealPageReader(
    DealService deals, ApprovalService approvals, InvoiceService invoices, IMailOutbox mails)
{
    private const int MailsShown = 50;

    /// <param name="before">Where the shown part of the timeline ends; null is its end.</param>
    /// <exception cref="ProblemException">404.</exception>
    public async Task<DealView> ReadAsync(
        DealId id, int? before, PageContext pageContext, CancellationToken cancellation)
    {
        var deal = await deals.FindAsync(id, cancellation) ?? throw new ProblemException(ProblemType.NotFound);
        var files = new List<ApprovalFile>();
        foreach (var approval in deal.Approvals)
        {
            if (await approvals.GetAsync(approval, cancellation) is { } file)
            {
                files.Add(file);
            }
        }

        var ofDeal = await invoices.OfDealAsync(id, cancellation);
        var sent = await mails.QueryAsync(new MailQuery { About = id.Value, PageSize = MailsShown }, cancellation);
        return new DealView(
            deal,
            await deals.TimelineAsync(id, before, DealReader.TimelineShown, cancellation),
            files,
            ofDeal,
            [.. sent.Items.Where(pageContext.Actor!.MayRead)],
            DealActions.For(deal, ofDeal, pageContext));
    }
}
