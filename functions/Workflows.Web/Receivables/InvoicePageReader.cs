using Workflows.Receivables;
using Workflows.Trade;
using Workflows.Web.Customers;
using Workflows.Web.Hosting.Problems;
using Workflows.Web.Hosting.Rows;
using Workflows.Web.Layout;
using Workflows.Web.Payments;

namespace Workflows.Web.Receivables;

/// <summary>Gathers an invoice's page.</summary>
internal sealed class InvoicePageReader(InvoiceService invoices, VisibleCredit credit, RowOwners owners)
{
    /// <exception cref="ProblemException">404.</exception>
    public async Task<InvoiceView> ReadAsync(InvoiceId id, PageContext pageContext, CancellationToken cancellation)
    {
        var invoice = await FindAsync(id, cancellation);
        var rights = pageContext.Rights!;
        var fields = rights.FieldsOf(await owners.OfInvoiceAsync(invoice, cancellation));
        return new InvoiceView(
            fields.Of(invoice),
            await invoices.HistoryAsync(id, cancellation),
            pageContext.May(Permissions.SeeCredit) && fields.Shows(RowField.CustomerCredit)
                ? await credit.ForAsync(invoice.Customer, rights, cancellation)
                : null,
            fields.MayChange && pageContext.May(Permissions.ChangeInvoice))
        {
            MayTakeBack = fields.MayChange && pageContext.May(Permissions.TakePayments)
                && InvoicePaymentList.Of(invoice).Count > 0,
        };
    }

    /// <summary>Who pays an invoice.</summary>
    /// <exception cref="ProblemException">404.</exception>
    public async Task<CustomerId> CustomerOfAsync(InvoiceId id, CancellationToken cancellation) =>
        (await FindAsync(id, cancellation)).Customer;

    private async Task<Invoice> FindAsync(InvoiceId id, CancellationToken cancellation) =>
        await invoices.FindAsync(id, cancellation) ?? throw new ProblemException(ProblemType.NotFound);
}
