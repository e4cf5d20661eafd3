using Workflows.Policies;
using Workflows.Trade;

namespace Workflows.Receivables.History;

/// <summary>A reminder went to the buyer.</summary>
/// <param name="Level">The rung of the ladder.</param>
/// <param name="Claimed">What the buyer was asked for on this invoice.</param>
/// <param name="DaysOverdue">In the buyer's zone; zero or below before the due date has passed.</param>
/// <param name="OtherInvoices">How many invoices stood in the same mail besides this one.</param>
/// <param name="Interest">What was claimed for the delay; null if nothing.</param>
/// <param name="CreditOnHold">Whether the customer's credit was put on hold with it.</param>
public sealed record ReminderSent(
    int Level,
    DunningTone Tone,
    Money Claimed,
    DateOnly? Due,
    int DaysOverdue,
    int OtherInvoices,
    Money? Interest,
    bool CreditOnHold) : InvoiceEvent;

/// <summary>A reminder was put off, because the customer's own credit covers all that is overdue.</summary>
public sealed record ReminderHeldBack(Money Credit) : InvoiceEvent;
