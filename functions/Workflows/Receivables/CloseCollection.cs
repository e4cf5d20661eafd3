using Workflows.Activities;
using Workflows.Credit;
using Workflows.Facts;
using Workflows.Mails;
using Workflows.Platform;
using Workflows.Policies;
using Workflows.Receivables.Dunning;
using Workflows.Receivables.Payments;
using Workflows.Trade;

namespace Workflows.Receivables;

/// <summary>A settled invoice.</summary>
/// <param name="Now">When the collection asked, UTC.</param>
internal sealed record CloseCollectionInput(CollectionFile File, DateTimeOffset Now);

/// <summary>
/// Ends a collection: no payment can come to it any more, the buyer gets an invoice that was paid before its due date
/// was known, and is thanked, a hold that its reminders placed is
/// lifted, and what was given up is counted. A write-off is no payment: the hold stays, and the customer's next order
/// on credit is judged with the debt, unless only a small rest was given up. Keyed by invoice: a second run finds the
/// guard closed and writes the same.
/// </summary>
internal sealed class CloseCollection(PolicyStore policies, IMailComposer composer)
    : BusinessActivity<CloseCollection, CloseCollectionInput, KeptCollection>
{
    public override Task<KeptCollection> RunAsync(ActivityContext context, CloseCollectionInput input) =>
        CloseAsync(context, policies.Current, composer, input.File, input.Now);

    /// <summary>The same inside another activity.</summary>
    public static async Task<KeptCollection> CloseAsync(
        ActivityContext context, Policy policy, IMailComposer composer, CollectionFile file, DateTimeOffset now)
    {
        var tables = context.Tables;
        var unbooked = await InvoicePayments.CloseAsync(tables, file.Invoice, context.Stopping);
        if (unbooked.Count > 0)
        {
            return new KeptCollection(file, unbooked);
        }

        var settled = file.Invoice is { Status: InvoiceStatus.Paid, Due: null, MailedOn: null }
            ? await SendInvoice.SendAsync(context, policy, composer, file.Invoice, isCorrection: false)
            : file.Invoice;
        var invoice = InvoiceDisputes.Close(Settle(settled, policy.Company.DayOf(now)), now);
        invoice = await SaveInvoice.VersionedAsync(context, policy, invoice, now);
        await InvoiceRepository.SaveAsync(tables, invoice, file.Kept, file.Entries, context.Stopping);
        var defaulted = invoice.Status == InvoiceStatus.WrittenOff && !SmallRest.Is(invoice.WrittenOff, invoice.Amount);
        if (file.WasReminded && !defaulted)
        {
            await CreditHolds.ReleaseAsync(tables, invoice.Customer, invoice.Id, context.Stopping);
        }

        if (defaulted && !invoice.IsPrepaid)
        {
            var debt = new CreditDefault(invoice.Deal, invoice.Id, invoice.WrittenOff, invoice.SettledOn!.Value);
            await ExposureRepository.SetDefaultAsync(tables, invoice.Customer, debt, context.Stopping);
        }

        if (invoice.Status == InvoiceStatus.Paid)
        {
            await ThankAsync(context, policy, composer, invoice, file.ToBalance);
        }
        else if (invoice.Status == InvoiceStatus.WrittenOff)
        {
            if (invoice.MailedOn is null)
            {
                // What is counted as lost, and what was paid of it, was sold.
                await SendInvoice.CountAsync(context, policy, invoice);
            }

            await FactLog.WriteAsync(tables, [FactOf(invoice, now)], policy, context.Stopping);
        }

        return new KeptCollection(file with { Invoice = invoice, Entries = [], Next = null, IsKept = true }, []);
    }

    private static Invoice Settle(Invoice settled, DateOnly today)
    {
        var invoice = settled with { NextAction = null, NextActionAt = null, PausedUntil = null, PauseReason = null };
        var kind = invoice.Status == InvoiceStatus.WrittenOff ? MovementKind.WriteOff : MovementKind.Cancelled;
        var given = invoice.Amount.Amount - invoice.Paid.Amount - invoice.BankFees.Amount;
        return invoice.Status == InvoiceStatus.Paid || invoice.SettledOn is not null
            ? invoice
            : InvoicePromises.End(invoice, PromiseState.Closed) with
            {
                SettledOn = today,
                Movements = [
                    .. invoice.Movements,
                    new Movement(
                        today, kind, new Money(given, invoice.Amount.Currency), kind.ToString(), StaffId.System)],
            };
    }

    private static async Task ThankAsync(
        ActivityContext context, Policy policy, IMailComposer composer, Invoice invoice, Money? toBalance)
    {
        var today = BuyerCalendar.Of(invoice.BillTo.Country, policy).DayOf(context.UtcNow);
        var mail = new PaymentThanks(
            InvoiceText.Seller(policy, invoice.Owner),
            invoice.BillTo.Name,
            invoice.BillTo.Company,
            InvoiceText.Line(invoice, today),
            toBalance,
            InvoiceText.Releases(invoice.Gates));
        var outgoing = await composer.ComposeAsync(
            $"{invoice.Id}|thanks" + (invoice.Reopened is { } times ? $"|{times}" : ""),
            invoice.Deal.Value,
            Recipient.Buyer(InvoiceText.Party(invoice.BillTo)),
            mail,
            policy.ReplyTo(invoice.Owner));
        await context.Mail.EnqueueAsync(outgoing, context.Stopping);
    }

    private static Fact FactOf(Invoice invoice, DateTimeOffset now) => new(
        $"{invoice.Id}|{FactKind.WrittenOff}",
        FactKind.WrittenOff,
        now,
        invoice.Deal,
        invoice.Owner,
        invoice.Region,
        invoice.Customer,
        invoice.WrittenOff,
        BaseAmount: null,
        Percent: null,
        invoice.Number);
}
