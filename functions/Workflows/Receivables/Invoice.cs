using Workflows.Policies;
using Workflows.Trade;

namespace Workflows.Receivables;

/// <summary>One instalment as a receivable. Kept by its collection alone; everybody else reads.</summary>
/// <param name="Number">As printed.</param>
/// <param name="Amount">What was billed.</param>
/// <param name="Paid">Money in, without bank fees.</param>
/// <param name="BankFees">Short payments within tolerance.</param>
/// <param name="WrittenOff">Given up, with approval.</param>
/// <param name="Disputed">The part in dispute; not chased.</param>
/// <param name="Due">In the buyer's zone; null while its basis has not happened.</param>
/// <param name="DunningLevel">Highest level sent; null if none.</param>
/// <param name="NextAction">What happens next and when, for people; null when nothing does.</param>
public sealed record Invoice(
    InvoiceId Id,
    DealId Deal,
    CustomerId Customer,
    string Number,
    string Name,
    StaffId Owner,
    string Region,
    Money Amount,
    Money Paid,
    Money BankFees,
    Money WrittenOff,
    Money Disputed,
    DueBasis Basis,
    int OffsetDays,
    Gate? Gates,
    DateOnly? Due,
    InvoiceStatus Status,
    int? DunningLevel,
    DateTimeOffset IssuedAt,
    DateTimeOffset? PausedUntil,
    string? PauseReason,
    DateTimeOffset? NextActionAt,
    string? NextAction)
{
    /// <summary>What is still to come: billed less paid, fees and written off; never below zero.</summary>
    public Money Open => new(
        Math.Max(0, Amount.Amount - Paid.Amount - BankFees.Amount - WrittenOff.Amount), Amount.Currency);
}

/// <summary>Where a receivable stands.</summary>
public enum InvoiceStatus
{
    /// <summary>Its due date hangs on something that has not happened: not aged, not chased.</summary>
    NotAnchored,

    /// <summary>Has a due date.</summary>
    Open,

    /// <summary>Past its due date.</summary>
    Overdue,

    /// <summary>Some of it is paid.</summary>
    PartPaid,

    /// <summary>Settled.</summary>
    Paid,

    /// <summary>Given up.</summary>
    WrittenOff,

    /// <summary>The order was cancelled before it was paid.</summary>
    Cancelled,
}

/// <summary>Money that came in.</summary>
/// <param name="Reference">The bank's own reference: the same one twice is the same payment.</param>
/// <param name="Invoice">Which invoice it is for; null lets the remittance text decide.</param>
/// <param name="ValueDate">In the company's zone.</param>
public sealed record Payment(
    string Reference, string? Invoice, Money Amount, DateOnly ValueDate, string? Remitter, string? RemittanceText);
