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
    /// <summary>When a payment that came in with a later value date counts; null when there is none.</summary>
    public DateTimeOffset? PaymentAt { get; init; }

    /// <summary>Nothing: the due date is not known.</summary>
    public static ReminderPlan Empty { get; } = new(null, null, null, []);

    /// <summary>
    /// The plan of an invoice by its customer's ladder. Each rung moves to the buyer's next working day, nine o'clock.
    /// </summary>
    public static ReminderPlan Of(Invoice invoice, IReadOnlyList<DunningRung> ladder, BuyerCalendar calendar)
    {
        if (invoice.Due is not { } due)
        {
            return Empty;
        }

        return new ReminderPlan(
            calendar.StartOf(due.AddDays(1)),
            invoice is { PromiseStands: true, PromisedFor: { } promised }
                ? calendar.OpeningOf(promised.AddDays(1))
                : null,
            invoice is { Disputed.Amount: > 0, DisputedUntil: { } until } ? calendar.OpeningOf(until.AddDays(1)) : null,
            [.. ladder.Where(rung => !IsCovered(rung)).Select(Planned).OrderBy(reminder => reminder.Level)]);

        // The invoice itself, sent that late, is the courtesy.
        bool IsCovered(DunningRung rung) => rung.Day < 0 && due.AddDays(rung.Day) <= invoice.MailedOn;

        PlannedReminder Planned(DunningRung rung)
        {
            var day = due.AddDays(rung.Day);
            return new PlannedReminder(
                rung.Level,
                calendar.OpeningOf(day <= invoice.MailedOn ? invoice.MailedOn.Value.AddDays(1) : day),
                rung.Tone);
        }
    }

    /// <summary>
    /// The highest reminder that is due and was not sent; after a pause or a standstill only that one goes out.
    /// </summary>
    public PlannedReminder? DueAt(DateTimeOffset now, int? sent) =>
        Reminders.LastOrDefault(reminder => reminder.At <= now && IsAbove(reminder, sent));

    /// <summary>The next reminder to come.</summary>
    public PlannedReminder? NextAfter(DateTimeOffset now, int? sent) =>
        Reminders.Where(reminder => reminder.At > now && IsAbove(reminder, sent)).MinBy(reminder => reminder.At);

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
