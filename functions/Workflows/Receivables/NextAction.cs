using Workflows.Receivables.Dunning;

namespace Workflows.Receivables;

/// <summary>What a collection does by itself.</summary>
internal enum ActionKind
{
    /// <summary>The due date has passed.</summary>
    TurnOverdue,

    /// <summary>A promised day has passed without the money.</summary>
    EndPromise,

    /// <summary>A dispute's pause is over.</summary>
    EndDispute,

    /// <summary>A reminder goes out.</summary>
    Remind,

    /// <summary>The value date of a payment has come.</summary>
    TakePayment,
}

/// <summary>The next thing that a collection does by itself, unless something comes in before. Pure.</summary>
/// <param name="Text">For people.</param>
internal sealed record NextAction(ActionKind Kind, DateTimeOffset At, string Text)
{
    /// <summary>The earliest action of an unsettled invoice; null when it only waits.</summary>
    /// <param name="notBefore">Reminders were put off until then; null when they were not.</param>
    public static NextAction? Of(Invoice invoice, ReminderPlan plan, DateTimeOffset now, DateTimeOffset? notBefore)
    {
        var steps = new List<NextAction>();
        if (invoice.Status is InvoiceStatus.Open or InvoiceStatus.PartPaid && plan.OverdueAt is { } overdue)
        {
            steps.Add(new NextAction(ActionKind.TurnOverdue, overdue, "The due date passes: overdue from then on"));
        }

        if (plan.PaymentAt is { } payment)
        {
            steps.Add(new NextAction(ActionKind.TakePayment, payment, "A payment counts: its value date has come"));
        }

        if (plan.PromiseEndsAt is { } promise)
        {
            steps.Add(
                new NextAction(
                    ActionKind.EndPromise, promise,
                    $"Checks whether the payment promised for {invoice.PromisedFor:O} is in"));
        }

        if (plan.DisputeEndsAt is { } dispute)
        {
            steps.Add(
                new NextAction(
                    ActionKind.EndDispute, dispute,
                    InvoiceDisputes.OpenOf(invoice).Count > 1
                        ? $"{InvoiceDisputes.EndingOf(invoice).Count} of the disputes ends: its part is chased again"
                        : $"The dispute over {invoice.Disputed} ends: all that is open is chased again"));
        }

        if (Reminder(invoice, plan, now) is { } reminder)
        {
            var at = reminder.At < notBefore ? notBefore.Value : reminder.At;
            steps.Add(
                new NextAction(
                    ActionKind.Remind, at, InvoiceText.Reminder(reminder.Tone, reminder.Level) + " goes to the buyer"));
        }

        // Money that counts from that moment on comes before what its absence would set off.
        return steps.OrderBy(action => action.At)
            .ThenByDescending(action => action.Kind == ActionKind.TakePayment)
            .ThenBy(action => action.Kind)
            .FirstOrDefault();
    }

    /// <summary>What it waits for when it does nothing by itself.</summary>
    public static string Idle(Invoice invoice) => invoice.Due is null
        ? $"Waits for the date of {InvoiceText.Basis(invoice.Basis)}: not due and not chased before"
        : "Waits for payment: the last reminder has gone out, a person must decide";

    private static PlannedReminder? Reminder(Invoice invoice, ReminderPlan plan, DateTimeOffset now) =>
        invoice.PromiseStands || invoice.Claimed.Amount <= 0
            ? null
            : plan.DueAt(now, invoice.DunningLevel) ?? plan.NextAfter(now, invoice.DunningLevel);
}
