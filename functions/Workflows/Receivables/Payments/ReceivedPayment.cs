using System.Text.Json.Serialization;
using Workflows.Trade;

namespace Workflows.Receivables.Payments;

/// <summary>A payment as it was taken in, and what became of it.</summary>
/// <param name="Invoice">
/// The invoice it was put on, or would be but for its currency; null while it is not known.
/// </param>
/// <param name="Note">For people: why a person must look at it.</param>
/// <param name="Chosen">The one invoice that it can be on, once a person or the rule has chosen; null before.</param>
public sealed record ReceivedPayment(
    Payment Payment, StaffId By, DateTimeOffset ReceivedAt, PaymentState State, InvoiceId? Invoice, string? Note,
    InvoiceId? Chosen = null)
{
    /// <summary>Its id: one reference may stand for several payments.</summary>
    public string Id => Payment.Key;

    /// <summary>Id of the payment that it may be told again; null when it is none's.</summary>
    public string? DuplicateOf { get; init; }

    /// <summary>How it left the list without an invoice; null when it did not.</summary>
    public PaymentSettlement? Settlement { get; init; }

    /// <summary>Each time that it was taken off an invoice again, oldest first; null if never.</summary>
    public IReadOnlyList<PaymentReversal>? Reversals { get; init; }

    /// <summary>The request that brought it: the same one again brings no second payment.</summary>
    public string? Request { get; init; }

    /// <summary>The number of its present placing, or of the next.</summary>
    [JsonIgnore]
    internal int? Move => PaymentMoves.Placing(Reversals?.Count ?? 0);

    /// <summary>Whether a person must say what it is for: nothing has placed it.</summary>
    [JsonIgnore]
    public bool WaitsForPerson => State
        is not (PaymentState.Booked or PaymentState.Credited or PaymentState.Recovered or PaymentState.Settled);
}

/// <summary>What became of a payment. Those that are neither placed nor settled wait for a person.</summary>
public enum PaymentState
{
    /// <summary>Taken in, not placed yet: on its way, or stopped on it.</summary>
    Received,

    /// <summary>On an invoice.</summary>
    Booked,

    /// <summary>On the customer's balance: its invoice was settled already.</summary>
    Credited,

    /// <summary>Nothing says for certain what it is for.</summary>
    Unmatched,

    /// <summary>It names an invoice that we do not know.</summary>
    UnknownInvoice,

    /// <summary>It is in another currency than its invoice; it is never converted silently.</summary>
    WrongCurrency,

    /// <summary>On an invoice that was written off before, against the loss.</summary>
    Recovered,

    /// <summary>It may be a payment that is known, told again.</summary>
    PossibleDuplicate,

    /// <summary>A person settled it without an invoice.</summary>
    Settled,

    /// <summary>It is being taken off its invoice.</summary>
    TakingBack,

    /// <summary>It was taken off its invoice, and waits for a person to place it.</summary>
    TakenBack,
}

/// <summary>A payment that was taken off an invoice again.</summary>
/// <param name="Reason">As it was typed.</param>
/// <param name="At">UTC.</param>
/// <param name="Reopening">The how manieth time its invoice is opened again, if it has to be.</param>
public sealed record PaymentReversal(InvoiceId Invoice, string Reason, StaffId By, DateTimeOffset At, int Reopening)
{
    /// <summary>True when it was on the customer's balance alone.</summary>
    public bool? WasCredited { get; init; }
}

/// <summary>How a payment was settled without an invoice.</summary>
/// <param name="Reason">As it was typed.</param>
/// <param name="At">UTC.</param>
public sealed record PaymentSettlement(SettledAs As, string Reason, StaffId By, DateTimeOffset At);

/// <summary>What a payment without an invoice turned out to be.</summary>
public enum SettledAs
{
    /// <summary>Sent back to the bank that it came from.</summary>
    Returned,

    /// <summary>Not our money, and passed on.</summary>
    NotOurs,

    /// <summary>Converted, and taken in again in the other currency.</summary>
    Converted,

    /// <summary>The same bank entry as the payment that it may be told again: one payment, not two.</summary>
    SameEntry,
}
