using Workflows.Activities;
using Workflows.Credit;
using Workflows.Customers;
using Workflows.Mails;
using Workflows.Platform;
using Workflows.Policies;
using Workflows.Receivables.History;
using Workflows.Receivables.Payments;
using Workflows.Trade;

namespace Workflows.Receivables.Dunning;

/// <summary>An invoice that a reminder is due for.</summary>
/// <param name="Now">When the collection asked, UTC.</param>
internal sealed record SendReminderInput(CollectionFile File, DateTimeOffset Now);

/// <summary>
/// Reminds a buyer: one mail a customer a day, with all invoices that are due for a reminder, each at the highest
/// level due. Not outside the buyer's working hours, not while a payment waits to be booked, and not while the
/// customer's balance covers what is overdue. Then it writes the invoice for its readers. Keyed by customer and day:
/// a second run sends the same mail, which goes out once.
/// </summary>
internal sealed class SendReminder(PolicyStore policies, IMailComposer composer, PublicAddress address)
    : BusinessActivity<SendReminder, SendReminderInput, KeptCollection>
{
    public override async Task<KeptCollection> RunAsync(ActivityContext context, SendReminderInput input)
    {
        var result = await RemindAsync(context, policies.Current, input.File.Invoice);
        return result is ReminderResult.PaymentsWaiting { Payments: var waiting }
            ? new KeptCollection(input.File, waiting)
            : await SaveInvoice.KeepAsync(context, policies.Current, result.Apply(input.File, input.Now), input.Now);
    }

    private async Task<ReminderResult> RemindAsync(ActivityContext context, Policy policy, Invoice invoice)
    {
        var now = context.UtcNow;
        var unbooked = await InvoicePayments.UnbookedAsync(
            context.Tables, invoice, policy.Company.DayOf(now), context.Stopping);
        if (unbooked.Due.Count > 0)
        {
            return new ReminderResult.PaymentsWaiting(unbooked.Due);
        }

        var calendar = BuyerCalendar.Of(invoice.BillTo.Country, policy);
        if (unbooked.NextOn is { } valueDate && unbooked.LaterAmount >= invoice.Claimed.Amount)
        {
            return new ReminderResult.PutOff(calendar.OpeningOf(valueDate.AddDays(1)), Credit: null);
        }

        if (calendar.NextOpen(now) is var opening && opening > now)
        {
            return new ReminderResult.PutOff(opening, Credit: null);
        }

        var ladder = await Ladders.OfAsync(context.Tables, policy, invoice.Customer, context.Stopping);
        if (ReminderPlan.Of(invoice, ladder, calendar).DueAt(now, invoice.DunningLevel) is null)
        {
            return new ReminderResult.NotDue();
        }

        var tomorrow = calendar.OpeningOf(calendar.DayOf(now).AddDays(1));
        var open = await OpenInvoicesAsync(context, invoice);
        if (await CoveredByBalanceAsync(context, invoice, open, calendar.DayOf(now)) is { } credit)
        {
            return new ReminderResult.PutOff(tomorrow, credit);
        }

        var today = calendar.DayOf(now);
        var proposed = new ReminderDay(invoice.Id, Lines(open, ladder, calendar, now));
        var day = await ReminderDay.ClaimAsync(context.Tables, invoice.Customer, today, proposed, context.Stopping);
        var line = day.Lines.FirstOrDefault(each => each.Invoice.Id == invoice.Id);
        if (line is null || line.Level <= invoice.DunningLevel)
        {
            return new ReminderResult.PutOff(tomorrow, Credit: null);
        }

        if (day.Leader == invoice.Id)
        {
            await MailAsync(context, invoice, ladder, day, today);
        }

        // The policy may have lost the level since the day was claimed: the ladder is looked at again tomorrow.
        if (ladder.FirstOrDefault(rung => rung.Level == line.Level) is not { } present)
        {
            return new ReminderResult.PutOff(tomorrow, Credit: null);
        }

        var sent = await ActAsync(context, invoice, present, line, day);
        var reminded = invoice with { DunningLevel = present.Level, RemindedOn = today };
        return new ReminderResult.Sent(sent, today, ReminderPlan.Of(reminded, ladder, calendar));
    }

    private static async Task<List<Invoice>> OpenInvoicesAsync(ActivityContext context, Invoice own)
    {
        var open = new List<Invoice> { own };
        var pages = Pages.ReadAllAsync(from => InvoiceRepository.ListAsync(
            context.Tables, InvoiceFilter.Of(own.Customer), TableRules.MaxPageSize, from, context.Stopping));
        await foreach (var page in pages)
        {
            open.AddRange(page.Items.Where(invoice => invoice.Id != own.Id && !invoice.IsSettled));
        }

        return open;
    }

    private static async Task<Money?> CoveredByBalanceAsync(
        ActivityContext context, Invoice invoice, List<Invoice> open, DateOnly today)
    {
        var currency = invoice.Amount.Currency;
        var balances = await CustomerBalanceRepository.OfAsync(context.Tables, invoice.Customer, context.Stopping);
        var credit = balances.Where(balance => balance.Amount.Currency == currency)
            .Aggregate(Money.Zero(currency), (sum, balance) => sum + balance.RemainingOn(today));
        var overdue = open.Where(
            other => other.Amount.Currency == currency && (other.Due < today || other.Id == invoice.Id))
            .Aggregate(Money.Zero(currency), (sum, other) => sum + other.Claimed);
        return credit.Amount > 0 && credit >= overdue ? credit : null;
    }

    // The policy's interest is in the line from the formal demand on.
    private List<ReminderDayLine> Lines(
        List<Invoice> open, IReadOnlyList<DunningRung> ladder, BuyerCalendar calendar, DateTimeOffset now)
    {
        var (today, lines) = (calendar.DayOf(now), new List<ReminderDayLine>());
        foreach (var invoice in open.Where(invoice => !invoice.PromiseStands && invoice.Claimed.Amount > 0))
        {
            if (ReminderPlan.Of(invoice, ladder, calendar).DueAt(now, invoice.DunningLevel) is { } due)
            {
                Money? interest = due.Tone >= DunningTone.Formal
                    ? LateInterest.Of(
                        invoice.Claimed, policies.Current.Dunning.InterestPercentPerYear, invoice.Due!.Value, today)
                    : null;
                lines.Add(new ReminderDayLine(due.Level, InvoiceText.Line(invoice, today, interest)));
            }
        }

        return [.. lines.OrderBy(line => line.Invoice.Due).ThenBy(line => line.Invoice.Number, StringComparer.Ordinal)];
    }

    private async Task MailAsync(
        ActivityContext context, Invoice leader, IReadOnlyList<DunningRung> ladder, ReminderDay day, DateOnly today)
    {
        var policy = policies.Current;
        var rungs = ladder.Where(rung => day.Lines.Any(line => line.Level == rung.Level)).ToList();
        if (rungs.Count == 0)
        {
            return;
        }

        var totals = day.Lines.GroupBy(line => line.Invoice.Claimed.Currency)
            .Select(group => group.Aggregate(Money.Zero(group.Key), (sum, line) => sum + line.Invoice.Claimed));
        var mail = new PaymentReminder(
            InvoiceText.Seller(policy, leader.Owner),
            leader.BillTo.Name,
            leader.BillTo.Company,
            rungs.Max(rung => rung.Tone),
            day.Lines.Max(line => line.Level),
            [.. day.Lines.Select(line => line.Invoice)],
            [.. totals],
            rungs.Any(rung => rung.CreditHold || rung.Tone >= DunningTone.Overdue),
            leader.Gates == Prerequisite.Documents);
        var outgoing = await composer.ComposeAsync(
            $"{leader.Customer}|reminder|{today:O}",
            leader.Deal.Value,
            Recipient.Buyer(InvoiceText.Party(leader.BillTo)),
            mail,
            policy.ReplyTo(leader.Owner));
        await context.Mail.EnqueueAsync(outgoing, context.Stopping);
    }

    private async Task<ReminderSent> ActAsync(
        ActivityContext context, Invoice invoice, DunningRung rung, ReminderDayLine line, ReminderDay day)
    {
        if (rung.CreditHold)
        {
            var reason =
                $"{line.Invoice.Claimed} of invoice {invoice.Number} is {line.Invoice.DaysOverdue} days overdue";
            await CreditHolds.PlaceAsync(
                context.Tables, invoice.Customer, new CreditHold(reason, StaffId.System, context.UtcNow, invoice.Id),
                context.Stopping);
        }

        if (rung.CopyRole is { } role)
        {
            var hold = rung.CreditHold ? " The customer is on credit hold until it is settled." : "";
            await EscalateReceivable.NotifyAsync(context, policies.Current, composer, address, new EscalationInput(
                invoice,
                $"{InvoiceText.Reminder(rung.Tone, rung.Level)} sent",
                $"{line.Invoice.Claimed} is {line.Invoice.DaysOverdue} days overdue.{hold} Please decide with the "
                    + "owner how to go on.",
                [role],
                $"reminder|{rung.Level}|{line.Invoice.Due:O}"));
        }

        return new ReminderSent(
            rung.Level,
            rung.Tone,
            line.Invoice.Claimed,
            line.Invoice.Due,
            line.Invoice.DaysOverdue,
            OtherInvoices: day.Lines.Count - 1,
            line.Invoice.Interest,
            CreditOnHold: rung.CreditHold);
    }
}
