using Workflows.Mails;
using Workflows.Platform;
using Workflows.Policies;
using Workflows.Receivables.Dunning;
using Workflows.Reviews;
using Workflows.Steps;

namespace Workflows.Receivables;

/// <summary>An invoice to send.</summary>
/// <param name="IsCorrection">Whether another due date was sent before.</param>
internal sealed record SendInvoiceInput(Invoice Invoice, bool IsCorrection);

/// <summary>
/// Sends an invoice whose due date is known, and counts it as billed. Keyed by invoice and due date: a corrected date is
/// sent again, the same one is not.
/// </summary>
/// <returns>The invoice with the day of the mail.</returns>
internal sealed class SendInvoice(PolicyStore policies, IMailComposer composer)
    : Step<SendInvoice, SendInvoiceInput, Invoice>
{
    public override Task<Invoice> RunAsync(ActivityContext context, SendInvoiceInput input) =>
        SendAsync(context, policies.Current, composer, input);

    public static async Task<Invoice> SendAsync(
        ActivityContext context, Policy policy, IMailComposer composer, SendInvoiceInput input)
    {
        var invoice = input.Invoice;
        var today = BuyerCalendar.Of(invoice.BillTo.Country, policy).DayOf(context.UtcNow);
        var mail = new InvoiceIssued(
            InvoiceText.Seller(policy, invoice.Owner),
            invoice.BillTo.Name,
            invoice.BillTo.Company,
            InvoiceText.Line(invoice, today),
            InvoiceText.DueReason(invoice.Basis, invoice.OffsetDays),
            input.IsCorrection,
            InvoiceText.HoldsBack(invoice.Gates));
        var outgoing = await composer.ComposeAsync(
            $"{invoice.Id}|invoice|{invoice.Due:O}",
            invoice.Deal.Value,
            InvoiceText.Party(invoice.BillTo),
            mail,
            policy.ReplyTo(invoice.Owner));
        await context.Mail.EnqueueAsync(outgoing, context.Stopping);
        if (!input.IsCorrection)
        {
            await FactLog.WriteAsync(context.Tables, [FactOf(invoice, context.UtcNow)], policy, context.Stopping);
        }

        return invoice with { MailedOn = today };
    }

    private static Fact FactOf(Invoice invoice, DateTimeOffset now) => new(
        $"{invoice.Id}|{FactKind.Invoiced}",
        FactKind.Invoiced,
        now,
        invoice.Deal,
        invoice.Owner,
        invoice.Region,
        invoice.Customer,
        invoice.Amount,
        BaseAmount: null,
        Percent: null,
        invoice.Number);
}
