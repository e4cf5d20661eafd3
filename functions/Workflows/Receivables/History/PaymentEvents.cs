using Workflows.Trade;

namespace Workflows.Receivables.History;

/// <summary>Money was booked on the invoice.</summary>
/// <param name="Amount">All that came in.</param>
/// <param name="ValueDate">In the company's zone.</param>
/// <param name="Reference">The bank's reference.</param>
/// <param name="FromBalance">Whether it is the customer's balance from an earlier payment.</param>
/// <param name="Fee">What was short within tolerance, taken as bank charges; may be zero.</param>
/// <param name="StillOpen">What is open after it; may be zero.</param>
/// <param name="ToBalance">What was too much, kept as the customer's balance; may be zero.</param>
public sealed record MoneyReceived(
    Money Amount, DateOnly ValueDate, string Reference, bool FromBalance, Money Fee, Money StillOpen, Money ToBalance)
    : InvoiceEvent;

/// <summary>Nothing is open any more.</summary>
public sealed record PaidInFull : InvoiceEvent;

/// <summary>Money came in with a later value date: it counts from that day on.</summary>
/// <param name="ValueDate">In the company's zone.</param>
/// <param name="Reference">The bank's reference.</param>
public sealed record PaymentExpected(Money Amount, DateOnly ValueDate, string Reference) : InvoiceEvent;

/// <summary>A payment was wrongly booked on the invoice, and is taken off it again.</summary>
/// <param name="Amount">What it had paid, its bank charges included.</param>
/// <param name="Reference">The bank's reference.</param>
/// <param name="StillOpen">What is open after it.</param>
/// <param name="Reason">As it was typed.</param>
public sealed record PaymentTakenBack(Money Amount, string Reference, Money StillOpen, string Reason) : InvoiceEvent;

/// <summary>The buyer promised to pay by a day; reminders wait for it once.</summary>
/// <param name="Date">In the buyer's zone.</param>
/// <param name="Comment">As it was typed; null if none.</param>
/// <param name="Amount">What was promised; null is all that is open.</param>
public sealed record PaymentPromised(DateOnly Date, string? Comment, Money? Amount = null) : InvoiceEvent;

/// <summary>The part that was promised came in by its day; the rest is open.</summary>
/// <param name="Date">The promised day, in the buyer's zone.</param>
public sealed record PromiseKept(Money Amount, DateOnly Date) : InvoiceEvent;

/// <summary>The promised day passed without the money.</summary>
/// <param name="Open">What was open then.</param>
/// <param name="Date">The promised day, in the buyer's zone.</param>
/// <param name="Amount">The part that was promised; null is all that was open.</param>
public sealed record PromiseBroken(Money Open, DateOnly Date, Money? Amount = null) : InvoiceEvent;
