using Workflows.Receivables.Payments;

namespace Workflows.Receivables;

/// <summary>What became of a payment.</summary>
/// <param name="Message">For people.</param>
/// <param name="Payment">As it is kept; null when it was refused.</param>
/// <param name="Invoice">The invoice it is on, after it; null when it is on none.</param>
public sealed record PaymentReceipt(PaymentOutcome Outcome, string Message, ReceivedPayment? Payment, Invoice? Invoice)
{
    internal static PaymentReceipt Refused(string message, ReceivedPayment? payment) =>
        new(PaymentOutcome.Refused, message, payment, Invoice: null);
}

/// <summary>What became of a payment.</summary>
public enum PaymentOutcome
{
    /// <summary>On its invoice.</summary>
    Booked,

    /// <summary>The bank entry was taken in before: nothing changed.</summary>
    Duplicate,

    /// <summary>Kept: it may be a bank entry that was taken in before, and a person looks.</summary>
    PossibleDuplicate,

    /// <summary>Its invoice was settled already: kept on the customer's balance.</summary>
    Credited,

    /// <summary>Kept: nothing says for certain what it is for.</summary>
    Unmatched,

    /// <summary>Kept: the invoice it names is not ours.</summary>
    UnknownInvoice,

    /// <summary>Kept: another currency than its invoice's, which is never booked by itself.</summary>
    WrongCurrency,

    /// <summary>A person settled it without an invoice.</summary>
    Settled,

    /// <summary>Taken off its invoice: it waits for a person to place it.</summary>
    TakenBack,

    /// <summary>
    /// Its invoice was written off before: booked against the loss; what is more is kept on the customer's balance.
    /// </summary>
    Recovered,

    /// <summary>Not possible: nothing was changed.</summary>
    Refused,
}
