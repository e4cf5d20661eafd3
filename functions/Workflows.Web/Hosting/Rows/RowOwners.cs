using Workflows.Approvals;
using Workflows.Customers;
using Workflows.Inquiries;
using Workflows.Lifecycle;
using Workflows.Platform;
using Workflows.Policies;
using Workflows.Receivables;
using Workflows.Trade;

namespace Workflows.Web.Hosting.Rows;

/// <summary>Says whose a row is now. Null is a row that is not there.</summary>
internal sealed class RowOwners(ITableStore tables, DealService deals, ApprovalService approvals, PolicyStore policies)
{
    /// <summary>As the deal says. A deal whose inquiry was accepted a moment ago is waited for.</summary>
    public async Task<RowOwner?> OfNewDealAsync(DealId id, CancellationToken cancellation) =>
        await deals.FindAsync(id, cancellation) is { } deal ? Of(deal) : null;

    /// <summary>As the deal says.</summary>
    public async Task<RowOwner?> OfDealAsync(DealId id, CancellationToken cancellation) =>
        await DealRepository.FindAsync(tables, id, cancellation) is { } deal ? Of(deal) : null;

    public async Task<RowOwner?> OfInvoiceAsync(InvoiceId id, CancellationToken cancellation) =>
        await InvoiceRepository.FindAsync(tables, id, cancellation) is { } invoice
            ? await OfInvoiceAsync(invoice, cancellation)
            : null;

    /// <summary>A settled invoice no longer follows its deal to another owner, so the deal is asked.</summary>
    public async Task<RowOwner?> OfInvoiceAsync(Invoice invoice, CancellationToken cancellation) =>
        (invoice.IsSettled ? await OfDealAsync(invoice.Deal, cancellation) : null)
        ?? Of(invoice.Owner, invoice.BillTo.Country);

    public async Task<RowOwner?> OfApprovalAsync(ApprovalId id, CancellationToken cancellation) =>
        await approvals.GetAsync(id, cancellation) is { } file
            ? await OfDealAsync(file.Request.Deal, cancellation)
            : null;

    /// <summary>A customer is their salesperson's, who is the one of their last assignment or handover.</summary>
    public async Task<RowOwner?> OfCustomerAsync(CustomerId id, CancellationToken cancellation) =>
        await CustomerRepository.FindAsync(tables, id, cancellation) is { } customer
            ? Of(await AssignmentRepository.OwnerOfAsync(tables, id, cancellation), customer.Country)
            : null;

    public RowOwner Of(Deal deal) => Of(deal.Owner, deal.Inquiry.Buyer.Country);

    public RowOwner Of(DealSummary deal) => Of(deal.Owner, deal.Country);

    private RowOwner Of(StaffId? owner, string? country) => RowOwner.Of(policies.Current, owner, country);
}
