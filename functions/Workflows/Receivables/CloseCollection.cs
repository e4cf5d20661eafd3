using Workflows.Credit;
using Workflows.Mails;
using Workflows.Platform;
using Workflows.Policies;
using Workflows.Receivables.Dunning;
using Workflows.Receivables.Payments;
using Workflows.Reviews;
using Workflows.Steps;
using Workflows.Trade;

namespace Workflows.Receivables;

/// <summary>A settled invoice.</summary>
/// <param name="Surplus">What was paid too much; null if nothing.</param>
internal sealed record CloseCollectionInput(Invoice Invoice, IReadOnlyList<InvoiceEntry> Entries, Money? Surplus);

/// <summary>The invoice as it was closed, or the payments that have to be booked before it can be.</summary>
internal sealed record ClosedCollection(Invoice Invoice, IReadOnlyList<PaymentBooked> Unbooked);

/// <summary>
/// Ends a collection: no payment can come to it any more, the buyer is thanked, a hold that its reminders placed is
/// lifted, and what was given up is counted. Keyed by invoice: a second run finds the gate closed and writes the same.
/// </summary>
internal sealed class CloseCollection(PolicyStore policies, IMailComposer composer)
    : Step<CloseCollection, CloseCollectionInput, ClosedCollection>
{
    public override async Task<ClosedCollection> RunAsync(ActivityContext context, CloseCollectionInput input)
    {
        var (policy, tables) = (policies.Current, context.Tables);
        var unbooked = await InvoicePayments.CloseAsync(tables, input.Invoice, context.Stopping);
        if (unbooked.Count > 0)
        {
            return new ClosedCollection(input.Invoice, unbooked);
        }

        var invoice = Settle(input.Invoice, policy.Company.DayOf(context.UtcNow));
        await InvoiceBook.SaveAsync(tables, invoice, input.Entries, context.Stopping);
        await CreditHolds.ReleaseAsync(tables, invoice.Customer, invoice.Id, context.Stopping);
        if (invoice.Status == InvoiceStatus.Paid)
        {
            await ThankAsync(context, policy, invoice, input.Surplus);
        }
        else if (invoice.Status == InvoiceStatus.WrittenOff)
        {
            await FactLog.WriteAsync(tables, [FactOf(invoice, context.UtcNow)], policy, context.Stopping);
        }

        return new ClosedCollection(invoice, []);
    }

    private static Invoice Settle(Invoice invoice, DateOnly today)
    {
        var kind = invoice.Status == InvoiceStatus.WrittenOff ? MovementKind.WriteOff : MovementKind.Cancelled;
        var given = invoice.Amount.Amount - invoice.Paid.Amount - invoice.BankFees.Amount;
        return invoice.Status == InvoiceStatus.Paid
            ? invoice
            : invoice with
            {
                SettledOn = today,
                PromiseStands = false,
                Movements = [.. invoice.Movements, new Movement(today, kind, new Money(given, invoice.Amount.Currency), kind.ToString(), StaffId.System)],
            };
    }

    private async Task ThankAsync(ActivityContext context, Policy policy, Invoice invoice, Money? surplus)
    {
        var today = BuyerCalendar.Of(invoice.BillTo.Country, policy).DayOf(context.UtcNow);
        var mail = new PaymentThanks(
            InvoiceText.Seller(policy, invoice.Owner),
            invoice.BillTo.Name,
            invoice.BillTo.Company,
            InvoiceText.Line(invoice, today),
            surplus,
            InvoiceText.Releases(invoice.Gates));
        var outgoing = await composer.ComposeAsync(
            $"{invoice.Id}|thanks",
            invoice.Deal.Value,
            InvoiceText.Party(invoice.BillTo),
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
