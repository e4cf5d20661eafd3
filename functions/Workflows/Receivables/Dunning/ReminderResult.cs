using Workflows.Receivables.History;
using Workflows.Receivables.Payments;
using Workflows.Trade;

namespace Workflows.Receivables.Dunning;

/// <summary>What became of a reminder whose time had come.</summary>
internal abstract record ReminderResult
{
    private ReminderResult()
    {
    }

    /// <summary>The file after it. Pure.</summary>
    public CollectionFile Apply(CollectionFile file, DateTimeOffset now) => this switch
    {
        Sent { Reminder: var reminder } sent => (file with { Plan = sent.Plan }).With(file.Invoice with
        {
            DunningLevel = reminder.Level,
            RemindedOn = sent.On,
            CoveredBy = null,
            Interest = reminder.Interest ?? file.Invoice.Interest,
        })
            .Note(now, StaffId.System, reminder),
        PutOff { Credit: { } credit } putOff => HoldBack(file with { NotBefore = putOff.Until }, credit, now),
        PutOff putOff => file with { NotBefore = putOff.Until },
        NotDue => file.WithoutPlan(),
        _ => file,
    };

    // Said once: the next day finds the same credit, and that is no news.
    private static CollectionFile HoldBack(CollectionFile file, Money credit, DateTimeOffset now)
    {
        return file.Invoice.CoveredBy == credit
            ? file
            : file.With(file.Invoice with { CoveredBy = credit })
                .Note(now, StaffId.System, new ReminderHeldBack(credit));
    }

    /// <summary>The buyer was reminded.</summary>
    /// <param name="On">In the buyer's zone.</param>
    /// <param name="Plan">When what happens after it.</param>
    public sealed record Sent(ReminderSent Reminder, DateOnly On, ReminderPlan Plan) : ReminderResult;

    /// <summary>It is tried again.</summary>
    /// <param name="Until">When.</param>
    /// <param name="Credit">The customer's own credit that covers what is overdue; null for any other reason.</param>
    public sealed record PutOff(DateTimeOffset Until, Money? Credit) : ReminderResult;

    /// <summary>The policy has another ladder than when the plan was made, and that one has no reminder now.</summary>
    public sealed record NotDue : ReminderResult;

    /// <summary>Payments are booked first: a payment stops reminders at once.</summary>
    public sealed record PaymentsWaiting(IReadOnlyList<PaymentBooked> Payments) : ReminderResult;
}
