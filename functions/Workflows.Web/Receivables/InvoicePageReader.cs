using Workflows.Credit;
using Workflows.Receivables;
using Workflows.Trade;
using Workflows.Web.Hosting.Problems;
using Workflows.Web.Layout;

namespace Workflows.Web.Receivables;

/// <summary>Gathers an invoice's page.</summary>
internal sealed class InvoicePageReader(InvoiceService invoices, CreditReport credit)
{
    /// <exception cref="ProblemException">404.</exception>
    public async Task<InvoiceView> ReadAsync(InvoiceId id, PageContext pageContext, CancellationToken cancellation)
    {
        var invoice = await FindAsync(id, cancellation);
        return new InvoiceView(
            invoice,
            await invoices.HistoryAsync(id, cancellation),
            pageContext.May(Permissions.SeeCredit) ? await credit.ForAsync(invoice.Customer, cancellation) : null);
    }

    /// <summary>Who pays an invoice.</summary>
    /// <exception cref="ProblemException">404.</exception>
    public async Task<CustomerId> CustomerOfAsync(InvoiceId id, CancellationToken cancellation) =>
        (await FindAsync(id, cancellation)).Customer;

    private async Task<Invoice> FindAsync(InvoiceId id, CancellationToken cancellation) =>
        await invoices.FindAsync(id, cancellation) ?? throw new ProblemException(ProblemType.NotFound);
}
