using Workflows.Credit;
using Workflows.Customers;
using Workflows.Inquiries;
using Workflows.Mails;
using Workflows.Orders;
using Workflows.Platform;
using Workflows.Policies;
using Workflows.Receivables.History;
using Workflows.Trade;

namespace Workflows.Receivables;

/// <summary>An order to bill.</summary>
internal sealed record IssueInput(
    DealId Deal, CustomerId Customer, Order Order, Inquiry Inquiry, StaffId Owner, string Region);

/// <summary>
/// Bills an order: one invoice per instalment. Those due by the order's own date go to the buyer at once; the others
/// wait for what their date hangs on. The customer's exposure moves from the order to its invoices in one step. Keyed
/// by deal and instalment: a second run writes the same rows and the same mails.
/// </summary>
internal static class IssueInvoices
{
    public static async Task<IReadOnlyList<Invoice>> IssueAsync(
        ActivityContext context, Policy policy, IMailComposer composer, IssueInput input)
    {
        var (tables, cancellation) = (context.Tables, context.Stopping);
        var invoices = new List<Invoice>();
        foreach (var instalment in input.Order.Instalments)
        {
            var invoice = InvoiceOf(input, instalment, policy, context.UtcNow);
            if (invoice.Due is not null)
            {
                invoice = await SendInvoice.SendAsync(context, policy, composer, invoice, isCorrection: false);
            }

            var plan = await SaveInvoice.PlanAsync(context, policy, invoice);
            var file = CollectionFile.Of(invoice) with { Plan = plan };
            invoices.Add(InvoiceVersions.Note(
                file.WithNext(context.UtcNow).Invoice, policy.Company.DayOf(context.UtcNow)));
        }

        var exposed = invoices.Where(invoice => !invoice.IsPrepaid)
            .Select(invoice => new ExposureItem(invoice.Deal, invoice.Id, invoice.Open, invoice.Due));
        await ExposureRepository.BillAsync(tables, input.Customer, input.Deal, exposed, cancellation);
        await InvoiceRepository.IssueAsync(tables, invoices, FirstEntry, cancellation);
        return invoices;
    }

    private static Invoice InvoiceOf(IssueInput input, Instalment instalment, Policy policy, DateTimeOffset now)
    {
        var zero = Money.Zero(instalment.Amount.Currency);
        DateOnly? due = instalment.Basis == DueBasis.Order
            ? policy.Company.DayOf(input.Order.ConfirmedAt).AddDays(instalment.OffsetDays)
            : null;
        var buyer = input.Inquiry.Buyer;
        return new Invoice(
            OrderNumbering.InvoiceId(input.Deal, instalment.Number),
            input.Deal,
            input.Customer,
            OrderNumbering.Invoice(input.Deal, instalment.Number),
            instalment.Name,
            input.Owner,
            input.Region,
            instalment.Amount,
            Paid: zero,
            BankFees: zero,
            WrittenOff: zero,
            Disputed: zero,
            instalment.Basis,
            instalment.OffsetDays,
            instalment.Gates,
            due,
            due is null ? InvoiceStatus.NotAnchored : InvoiceStatus.Open,
            DunningLevel: null,
            now,
            PausedUntil: null,
            PauseReason: null,
            NextActionAt: null,
            NextAction: null)
        {
            BillTo = new BillTo(buyer.Name, buyer.Company, buyer.Email, buyer.Country),
            Order = input.Order.Number,
            PurchaseOrder = input.Order.PurchaseOrder,
            IsPrepaid = CreditRule.IsPrepaid(input.Order.Instalments),
        };
    }

    private static InvoiceEntry FirstEntry(Invoice invoice) => new(
        Number: 1,
        StaffId.System,
        invoice.IssuedAt,
        invoice.Status,
        new Issued(invoice.Number, invoice.Amount, invoice.Due, invoice.Basis, invoice.OffsetDays));
}
