using Workflows.Activities;
using Workflows.Credit;
using Workflows.Customers;
using Workflows.Mails;
using Workflows.Platform;
using Workflows.Policies;
using Workflows.Receivables.Payments;
using Workflows.Trade;

namespace Workflows.Receivables.Dunning;

/// <summary>An invoice that a reminder is due for.</summary>
/// <param name="Now">When the collection asked, UTC.</param>
internal sealed record SendReminderInput(CollectionFile File, DateTimeOffset Now);

/// <summary>What became of a reminder.</summary>
/// <param name="Level">The level that the buyer was told; null when nothing went out.</param>
/// <param name="What">For the history.</param>
/// <param name="PutOffUntil">When to try again; null when it went out or nothing was due.</param>
/// <param name="Waiting">Payments to book first; a payment stops reminders at once.</param>
internal sealed record ReminderResult(
    int? Level, Money? Interest, string What, string? Why, DateTimeOffset? PutOffUntil,
    IReadOnlyList<PaymentBooked> Waiting)
{
    public static ReminderResult PutOff(DateTimeOffset until, string? why = null) =>
        new(null, null, "", why, until, []);

    /// <summary>The file after it.</summary>
    public CollectionFile Apply(CollectionFile file, DateTimeOffset now)
    {
        var invoice = file.Invoice;
        if (Level is { } level)
        {
            return file.With(invoice with { DunningLevel = level, Interest = Interest ?? invoice.Interest })
                .Note(now, StaffId.System, What, Why);
        }

        if (PutOffUntil is { } until)
        {
            var later = file with { NotBefore = until };
            return Why is null || Why == invoice.PauseReason
                ? later
                : later.With(invoice with { PauseReason = Why }).Note(now, StaffId.System, Why);
        }

        // The policy has another ladder now than when the plan was made.
        return file.WithoutPlan();
    }
}

/// <summary>
/// Reminds a buyer: one mail a customer a day, with all invoices that are due for a reminder, each at the highest
/// level due. Not outside the buyer's working hours, not while a payment waits to be booked, and not while the
/// customer's balance covers what is overdue. Then it lets everybody read the invoice. Keyed by customer and day:
/// a second run sends the same mail, which goes out once.
/// </summary>
internal sealed class SendReminder(PolicyStore policies, IMailComposer composer, PublicAddress address)
    : BusinessActivity<SendReminder, SendReminderInput, KeptCollection>
{
    public override async Task<KeptCollection> RunAsync(ActivityContext context, SendReminderInput input)
    {
        var result = await RemindAsync(context, policies.Current, input.File.Invoice);
        return result.Waiting.Count > 0
            ? new KeptCollection(input.File, result.Waiting)
            : await SaveInvoice.KeepAsync(context, policies.Current, result.Apply(input.File, input.Now), input.Now);
    }

    private async Task<ReminderResult> RemindAsync(ActivityContext context, Policy policy, Invoice invoice)
    {
        var now = context.UtcNow;
        var waiting = await InvoicePayments.UnbookedAsync(context.Tables, invoice, context.Stopping);
        if (waiting.Count > 0)
        {
            return new ReminderResult(null, null, "", null, null, waiting);
        }

        var calendar = BuyerCalendar.Of(invoice.BillTo.Country, policy);
        if (calendar.NextOpen(now) is var opening && opening > now)
        {
            return ReminderResult.PutOff(opening);
        }

        var ladder = await Ladders.OfAsync(context.Tables, policy, invoice.Customer, context.Stopping);
        if (ReminderPlan.Of(invoice, ladder, calendar).DueAt(now, invoice.DunningLevel) is null)
        {
            return new ReminderResult(null, null, "", null, null, []);
        }

        var tomorrow = calendar.OpeningOf(calendar.DayOf(now).AddDays(1));
        var open = await OpenInvoicesAsync(context, invoice);
        if (await CoveredByBalanceAsync(context, invoice, open, calendar.DayOf(now)) is { } credit)
        {
            return ReminderResult.PutOff(
                tomorrow, $"Not reminded: the customer's credit of {credit} covers what is overdue");
        }

        var today = calendar.DayOf(now);
        var proposed = new ReminderDay(invoice.Id, Lines(open, ladder, calendar, now));
        var day = await ReminderDay.ClaimAsync(context.Tables, invoice.Customer, today, proposed, context.Stopping);
        var told = day.Lines.FirstOrDefault(line => line.Invoice.Id == invoice.Id);
        if (told is null || told.Level <= invoice.DunningLevel)
        {
            return ReminderResult.PutOff(tomorrow);
        }

        if (day.Leader == invoice.Id)
        {
            await MailAsync(context, invoice, ladder, day, today);
        }

        return await ActAsync(context, invoice, ladder.First(rung => rung.Level == told.Level), told, day);
    }

    private static async Task<List<Invoice>> OpenInvoicesAsync(ActivityContext context, Invoice own)
    {
        var open = new List<Invoice> { own };
        string? next = null;
        do
        {
            var page = await InvoiceRepository.ListAsync(
                context.Tables, InvoiceFilter.Of(own.Customer), TableRules.MaxPageSize, next, context.Stopping);
            open.AddRange(page.Invoices.Where(invoice => invoice.Id != own.Id && !invoice.IsSettled));
            next = page.Continuation;
        }
        while (next is not null);
        return open;
    }

    private static async Task<Money?> CoveredByBalanceAsync(
        ActivityContext context, Invoice invoice, List<Invoice> open, DateOnly today)
    {
        var currency = invoice.Amount.Currency;
        var balances = await CustomerBalanceRepository.OfAsync(context.Tables, invoice.Customer, context.Stopping);
        var credit = balances.Where(balance => balance.Amount.Currency == currency)
            .Aggregate(Money.Zero(currency), (sum, balance) => sum + balance.Remaining);
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
        var rungs = day.Lines.Select(line => ladder.First(rung => rung.Level == line.Level)).ToList();
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
            InvoiceText.Party(leader.BillTo),
            mail,
            policy.ReplyTo(leader.Owner));
        await context.Mail.EnqueueAsync(outgoing, context.Stopping);
    }

    private async Task<ReminderResult> ActAsync(
        ActivityContext context, Invoice invoice, DunningRung rung, ReminderDayLine told, ReminderDay day)
    {
        var name = InvoiceText.Reminder(rung.Tone, rung.Level);
        if (rung.CreditHold)
        {
            var reason =
                $"{told.Invoice.Claimed} of invoice {invoice.Number} is {told.Invoice.DaysOverdue} days overdue";
            await CreditHolds.PlaceAsync(
                context.Tables, invoice.Customer, new CreditHold(reason, StaffId.System, context.UtcNow, invoice.Id),
                context.Stopping);
        }

        if (rung.CopyRole is { } role)
        {
            var hold = rung.CreditHold ? " The customer is on credit hold until it is settled." : "";
            await EscalateReceivable.NotifyAsync(context, policies.Current, composer, address, new EscalationInput(
                invoice,
                $"{name} sent",
                $"{told.Invoice.Claimed} is {told.Invoice.DaysOverdue} days overdue.{hold} Please decide with the "
                    + "owner how to go on.",
                [role],
                $"reminder|{rung.Level}"));
        }

        var others = day.Lines.Count - 1;
        return new ReminderResult(
            rung.Level,
            told.Invoice.Interest,
            $"{name} sent: {told.Invoice.Claimed}",
            Why(told.Invoice, others, rung),
            null,
            []);
    }

    private static string Why(InvoiceLine line, int others, DunningRung rung)
    {
        var why = new List<string>
        {
            line.DaysOverdue > 0 ? $"{line.DaysOverdue} days overdue" : $"due {line.Due:O}",
        };
        if (others > 0)
        {
            why.Add($"in one mail with {others} other invoice{(others == 1 ? "" : "s")}");
        }

        if (line.Interest is { } interest)
        {
            why.Add($"interest of {interest} claimed");
        }

        if (rung.CreditHold)
        {
            why.Add("credit on hold");
        }

        return string.Join("; ", why);
    }
}
