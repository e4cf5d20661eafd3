using Workflows.Activities;
using Workflows.Calendars;
using Workflows.Mails;
using Workflows.Platform;
using Workflows.Policies;
using Workflows.Receivables.Dunning;
using Workflows.Receivables.History;
using Workflows.Receivables.Payments;

namespace Workflows.Receivables;

/// <summary>An invoice as its collection sees it.</summary>
/// <param name="Now">When the collection asked, UTC.</param>
/// <param name="Escalations">What the staff are to be notified of.</param>
internal sealed record SaveInvoiceInput(
    CollectionFile File, DateTimeOffset Now, IReadOnlyList<Escalation> Escalations);

/// <summary>Something that happened to an invoice and needs a person.</summary>
/// <param name="Invoice">As it stood then.</param>
internal sealed record Escalation(Invoice Invoice, InvoiceEvent What);

/// <summary>
/// Writes how an invoice stands and what happens next, and notifies the staff of what escalates. In an activity, so
/// that a change of policy or of a zone's clock changes plans to come, not a running one's history. Keyed by invoice,
/// entry number and occasion: a second run writes the same rows and the same mails.
/// </summary>
internal sealed class SaveInvoice(PolicyStore policies, IMailComposer composer, PublicAddress address)
    : BusinessActivity<SaveInvoice, SaveInvoiceInput, KeptCollection>
{
    public override async Task<KeptCollection> RunAsync(ActivityContext context, SaveInvoiceInput input)
    {
        foreach (var escalation in input.Escalations)
        {
            await EscalateReceivable.NotifyAsync(
                context, policies.Current, composer, address, EscalationInput.Of(escalation));
        }

        return await KeepAsync(context, policies.Current, input.File, input.Now);
    }

    /// <summary>
    /// The same inside another activity. Payments that were taken in and not booked yet come before any new plan.
    /// </summary>
    public static async Task<KeptCollection> KeepAsync(
        ActivityContext context, Policy policy, CollectionFile file, DateTimeOffset now)
    {
        file = file with { Revision = CollectionFile.Present };
        if (file.Plan is null)
        {
            var unbooked = await InvoicePayments.UnbookedAsync(
                context.Tables, file.Invoice, policy.Company.DayOf(now), context.Stopping);
            if (unbooked.Due.Count > 0)
            {
                return new KeptCollection(file, unbooked.Due);
            }

            file = file with
            {
                Plan = (await PlanAsync(context, policy, file.Invoice)) with
                {
                    PaymentAt = unbooked.NextOn is { } day
                        ? BusinessCalendar.StartOfDay(day, policy.Company.Zone())
                        : null,
                },
            };
        }

        var next = file.WithNext(now);
        next = next.With(await VersionedAsync(context, policy, next.Invoice, now));
        if (!next.IsKept)
        {
            await InvoiceRepository.SaveAsync(context.Tables, next.Invoice, next.Kept, next.Entries, context.Stopping);
            next = next with { Kept = InvoiceMark.Of(next.Invoice), Entries = [], IsKept = true };
        }

        return new KeptCollection(next, []);
    }

    /// <summary>The invoice with what it is from this day on, and what it was before.</summary>
    public static async Task<Invoice> VersionedAsync(
        ActivityContext context, Policy policy, Invoice invoice, DateTimeOffset now)
    {
        var past = invoice.Versions is null
            ? InvoiceVersions.FromHistory(
                invoice,
                await InvoiceRepository.HistoryAsync(context.Tables, invoice.Id, context.Stopping),
                policy.Company)
            : invoice;
        return InvoiceVersions.Note(past, policy.Company.DayOf(now));
    }

    /// <summary>When what happens to an invoice, by the ladder of its customer.</summary>
    public static async Task<ReminderPlan> PlanAsync(ActivityContext context, Policy policy, Invoice invoice)
    {
        if (invoice.Due is null)
        {
            return ReminderPlan.Empty;
        }

        var ladder = await Ladders.OfAsync(context.Tables, policy, invoice.Customer, context.Stopping);
        return ReminderPlan.Of(invoice, ladder, BuyerCalendar.Of(invoice.BillTo.Country, policy));
    }
}
