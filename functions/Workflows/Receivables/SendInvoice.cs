using Workflows.Activities;
using Workflows.Facts;
using Workflows.Mails;
using Workflows.Platform;
using Workflows.Policies;
using Workflows.Receivables.Dunning;

namespace Workflows.Receivables;

/// <summary>An invoice to send.</summary>
/// <param name="IsCorrection">Whether another due date was sent before.</param>
/// <param name="Now">When the collection asked, UTC.</param>
internal sealed record SendInvoiceInput(CollectionFile File, bool IsCorrection, DateTimeOffset Now);

/// <summary>
/// Sends an invoice whose due date is known, counts it as billed, and writes it for its readers with what happens next.
/// Keyed by invoice, due date and entry number: a corrected date is sent again, the same one is not.
/// </summary>
internal sealed class SendInvoice(PolicyStore policies, IMailComposer composer)
    : BusinessActivity<SendInvoice, SendInvoiceInput, KeptCollection>
{
    public override async Task<KeptCollection> RunAsync(ActivityContext context, SendInvoiceInput input)
    {
        var (policy, file) = (policies.Current, input.File);
        var sent = await SendAsync(context, policy, composer, file.Invoice, input.IsCorrection);
        return await SaveInvoice.KeepAsync(context, policy, file.With(sent), input.Now);
    }

    /// <summary>Only sends and counts it.</summary>
    /// <returns>The invoice with the day of the mail.</returns>
    public static async Task<Invoice> SendAsync(
        ActivityContext context, Policy policy, IMailComposer composer, Invoice invoice, bool isCorrection)
    {
        var today = BuyerCalendar.Of(invoice.BillTo.Country, policy).DayOf(context.UtcNow);
        var mail = new InvoiceIssued(
            InvoiceText.Seller(policy, invoice.Owner),
            invoice.BillTo.Name,
            invoice.BillTo.Company,
            InvoiceText.Line(invoice, today),
            InvoiceText.DueReason(invoice.Basis, invoice.OffsetDays),
            isCorrection,
            InvoiceText.HoldsBack(invoice.Gates));
        var outgoing = await composer.ComposeAsync(
            $"{invoice.Id}|invoice|{invoice.Due:O}",
            invoice.Deal.Value,
            Recipient.Buyer(InvoiceText.Party(invoice.BillTo)),
            mail,
            policy.ReplyTo(invoice.Owner));
        await context.Mail.EnqueueAsync(outgoing, context.Stopping);
        if (!isCorrection)
        {
            await CountAsync(context, policy, invoice);
        }

        return invoice with { MailedOn = today };
    }

    /// <summary>Only counts it as billed: for one that is settled before its due date is known.</summary>
    public static Task CountAsync(ActivityContext context, Policy policy, Invoice invoice) =>
        FactLog.WriteAsync(context.Tables, [FactOf(invoice, context.UtcNow)], policy, context.Stopping);

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
