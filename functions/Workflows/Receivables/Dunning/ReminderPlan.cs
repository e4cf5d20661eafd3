using Workflows.Policies;
using Workflows.Trade;

namespace Workflows.Receivables.Dunning;

/// <summary>When what happens to an unpaid invoice. Times are UTC.</summary>
/// <param name="OverdueAt">The first moment after the due date in the buyer's zone.</param>
/// <param name="PromiseEndsAt">When a promised payment counts as broken.</param>
/// <param name="DisputeEndsAt">When a dispute's pause ends by itself.</param>
internal sealed record ReminderPlan(
    DateTimeOffset? OverdueAt,
    DateTimeOffset? PromiseEndsAt,
    DateTimeOffset? DisputeEndsAt,
    IReadOnlyList<PlannedReminder> Reminders)
{
    private const int DaysOnTime = 3;

    /// <summary>When a payment that came in with a later value date counts; null when there is none.</summary>
    public DateTimeOffset? PaymentAt { get; init; }

    /// <summary>Nothing: the due date is not known.</summary>
    public static ReminderPlan Empty { get; } = new(null, null, null, []);

    /// <summary>
    /// The plan of an invoice by its customer's ladder. Each rung moves to the buyer's next working day, nine o'clock.
    /// What comes after the due date counts from the day on which the buyer had the invoice, when that was later, and
    /// keeps its distance to the rung before when that one went out late.
    /// </summary>
    public static ReminderPlan Of(Invoice invoice, IReadOnlyList<DunningRung> ladder, BuyerCalendar calendar)
    {
        if (invoice.Due is not { } due)
        {
            return Empty;
        }

        var begin = invoice.MailedOn > due ? invoice.MailedOn.Value : due;
        var late = LateBy(invoice, ladder, begin, calendar);
        var overdue = calendar.StartOf(due.AddDays(1));
        return new ReminderPlan(
            overdue,
            invoice is { PromiseStands: true, PromisedFor: { } promised } ? calendar.AfterValueOf(promised) : null,
            invoice is { Disputed.Amount: > 0, DisputedUntil: { } until } ? calendar.OpeningOf(until.AddDays(1)) : null,
            [.. ladder.Where(rung => !IsCovered(rung)).Select(rung => (rung.Day, Reminder: Planned(rung)))
                .Where(planned => planned.Day >= 0 || planned.Reminder.At < overdue)
                .Select(planned => planned.Reminder)
                .OrderBy(reminder => reminder.Level)]);

        // The invoice itself, sent that late, is the courtesy; and one behind the due date is none.
        bool IsCovered(DunningRung rung) => rung.Day < 0 && due.AddDays(rung.Day) <= invoice.MailedOn;

        PlannedReminder Planned(DunningRung rung)
        {
            var day = rung.Day < 0 ? due.AddDays(rung.Day) : begin.AddDays(rung.Day + late);
            day = day <= invoice.MailedOn ? invoice.MailedOn.Value.AddDays(1) : day;
            var at = calendar.OpeningOf(day);
            return new PlannedReminder(
                rung.Level,
                invoice.PauseEndedAt is { } ended && calendar.AfterPause(ended) is var resumes && at < resumes
                    ? resumes
                    : at,
                rung.Tone);
        }
    }

    /// <summary>
    /// The reminder that is due and was not sent. Before the due date it is the latest; after it, each rung speaks of
    /// the one before, so it is the one above the last sent, whatever time has passed
    /// (docs/decisions/0078-the-ladder-speaks-of-what-was-sent.md).
    /// </summary>
    public PlannedReminder? DueAt(DateTimeOffset now, int? sent) =>
        now < OverdueAt
            ? Reminders.LastOrDefault(reminder => reminder.At <= now && IsAbove(reminder, sent))
            : FirstLate(sent) is { } first && first.At <= now ? first : null;

    /// <summary>The next reminder to come.</summary>
    public PlannedReminder? NextAfter(DateTimeOffset now, int? sent) =>
        Reminders.Where(reminder => reminder.At > now && IsAbove(reminder, sent)).MinBy(reminder => reminder.At);

    private PlannedReminder? FirstLate(int? sent) =>
        Reminders.FirstOrDefault(reminder => reminder.At >= OverdueAt && IsAbove(reminder, sent));

    // Days by which the last reminder went out after its day, when they are more than a mail may wait for another one
    // of the customer. An older row does not know its day, and was in time.
    private static int LateBy(
        Invoice invoice, IReadOnlyList<DunningRung> ladder, DateOnly begin, BuyerCalendar calendar)
    {
        if (invoice.RemindedOn is not { } sent
            || ladder.FirstOrDefault(rung => rung.Level == invoice.DunningLevel) is not { Day: >= 0 } last)
        {
            return 0;
        }

        var late = sent.DayNumber - calendar.WorkingDayOf(begin.AddDays(last.Day)).DayNumber;
        return late > DaysOnTime ? late : 0;
    }

    private static bool IsAbove(PlannedReminder reminder, int? sent) => sent is null || reminder.Level > sent;
}

/// <summary>One reminder to come.</summary>
internal sealed record PlannedReminder(int Level, DateTimeOffset At, DunningTone Tone);

/// <summary>Interest for late payment. Pure.</summary>
internal static class LateInterest
{
    /// <summary>
    /// Simple interest for the days after the due date, on a year of 365 days, rounded to the minor unit.
    /// </summary>
    public static Money Of(Money open, decimal percentPerYear, DateOnly due, DateOnly today) =>
        new Money(
            open.Amount * percentPerYear / 100m * Math.Max(0, today.DayNumber - due.DayNumber) / 365m,
            open.Currency).Rounded();
}
