using System.Text.Json.Serialization;
using Workflows.Policies;
using Workflows.Records;
using Workflows.Signals;
using Workflows.Trade;

namespace Workflows.Receivables;

/// <summary>One instalment as a receivable. Its collection alone writes it; all others read.</summary>
/// <param name="Number">As printed.</param>
/// <param name="Amount">What was billed.</param>
/// <param name="Paid">Money in, without bank fees.</param>
/// <param name="BankFees">Short payments within tolerance.</param>
/// <param name="WrittenOff">Given up, with approval.</param>
/// <param name="Disputed">All parts in dispute together; not chased.</param>
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
    Prerequisite? Gates,
    DateOnly? Due,
    InvoiceStatus Status,
    int? DunningLevel,
    DateTimeOffset IssuedAt,
    DateTimeOffset? PausedUntil,
    string? PauseReason,
    DateTimeOffset? NextActionAt,
    string? NextAction)
{
    /// <summary>To whom it is addressed.</summary>
    public BillTo BillTo { get; init; } = new("", null, "", null);

    /// <summary>Our order number.</summary>
    public string Order { get; init; } = "";

    /// <summary>The buyer's order number; null if none.</summary>
    public string? PurchaseOrder { get; init; }

    /// <summary>Whether its order is paid in full before production, and so never was credit.</summary>
    public bool IsPrepaid { get; init; }

    /// <summary>What was booked on it, oldest first.</summary>
    public IReadOnlyList<Movement> Movements { get; init; } = [];

    /// <summary>Day in the buyer's zone on which they were last sent the invoice itself; null before.</summary>
    public DateOnly? MailedOn { get; init; }

    /// <summary>
    /// Day in the buyer's zone on which the last reminder went out; null before, and in rows from before version 1.2.
    /// </summary>
    public DateOnly? RemindedOn { get; init; }

    /// <summary>
    /// When the last pause of the reminders ended, by itself or by a person, UTC; null before, and in rows from before
    /// version 1.2. The buyer has some days from then.
    /// </summary>
    public DateTimeOffset? PauseEndedAt { get; init; }

    /// <summary>
    /// Each part that is or was in dispute, oldest first; null when there was none, and in rows from before version
    /// 1.2, which keep the last one alone.
    /// </summary>
    public IReadOnlyList<InvoiceDispute>? Disputes { get; init; }

    /// <summary>Each promise of payment, oldest first; null as with <see cref="Disputes"/>.</summary>
    public IReadOnlyList<InvoicePromise>? Promises { get; init; }

    /// <summary>Last day of the pause that ends next of those for disputes, in the buyer's zone.</summary>
    public DateOnly? DisputedUntil { get; init; }

    /// <summary>Why it is in dispute, as it was typed, each reason after the other; null when it is not.</summary>
    public string? DisputeReason { get; init; }

    /// <summary>The customer's balance that covers what is overdue, which is then not chased; or null.</summary>
    public Money? CoveredBy { get; init; }

    /// <summary>The day for which payment was promised last; kept after it.</summary>
    public DateOnly? PromisedFor { get; init; }

    /// <summary>Whether the promised day is still to come or just being waited for.</summary>
    public bool PromiseStands { get; init; }

    /// <summary>Interest claimed in the last formal demand; stays claimable when only the principal is paid.</summary>
    public Money? Interest { get; init; }

    /// <summary>The write-off that waits for a decision; null when none does.</summary>
    public ApprovalId? WriteOff { get; init; }

    /// <summary>What came in for it after it was written off; null when nothing did.</summary>
    public Money? Recovered { get; init; }

    /// <summary>Day on which nothing was open any more, by value date, in the company's zone.</summary>
    public DateOnly? SettledOn { get; init; }

    /// <summary>
    /// Due date, dispute and owner of each day, so that a report of a past day stays what it was, oldest first; null in
    /// rows from before version 1.2, of which the history tells it.
    /// </summary>
    public IReadOnlyList<InvoiceVersion>? Versions { get; init; }

    /// <summary>How often it was open again after it was settled; null if never.</summary>
    public int? Reopened { get; init; }

    /// <summary>Ids of the last signals it took, newest last, so that a sender can see its signal taken.</summary>
    public IReadOnlyList<string> SignalsTaken { get; init; } = [];

    /// <summary>
    /// Which of them it refused after all, and why: it had changed by the time that they came. Null when none was, or
    /// when its collection began with version 1.0, which kept refusals in the history alone.
    /// </summary>
    public IReadOnlyList<RefusedInvoiceSignal>? SignalsRefused { get; init; }

    /// <summary>Whether nothing more will happen to it.</summary>
    [JsonIgnore]
    public bool IsSettled => Status is InvoiceStatus.Paid or InvoiceStatus.WrittenOff or InvoiceStatus.Cancelled;

    /// <summary>Whether the payment was booked on it.</summary>
    internal bool Shows(PaymentBooked payment) => Movements.Any(movement =>
        movement.Reference == payment.Payment.Reference
        && movement.Payment == payment.Payment.Id
        && movement.Move == payment.Move
        && movement.Kind == (payment.FromBalance ? MovementKind.Credit : MovementKind.Payment));

    /// <summary>The invoice with a signal that it remembers as taken.</summary>
    internal Invoice WithTaken(string signalId) =>
        this with { SignalsTaken = SignalMemory.Add(SignalsTaken, signalId) };

    /// <summary>The invoice with a signal that it remembers as refused.</summary>
    internal Invoice WithRefused(string signalId, InvoiceRefusal refusal) => this with
    {
        SignalsRefused = SignalMemory.Add(SignalsRefused ?? [], new RefusedInvoiceSignal(signalId, refusal)),
    };

    /// <summary>The invoice without its dispute: all that is open is chased again.</summary>
    internal Invoice WithoutDispute() => this with
    {
        Disputed = Money.Zero(Amount.Currency),
        DisputedUntil = null,
        DisputeReason = null,
    };

    /// <summary>What the buyer is asked for: the open part that is not in dispute.</summary>
    [JsonIgnore]
    public Money Claimed => new(Math.Max(0, Open.Amount - Disputed.Amount), Amount.Currency);

    /// <summary>What is still to come: billed less paid, fees and written off; never below zero.</summary>
    public Money Open => new(
        Math.Max(0, Amount.Amount - Paid.Amount - BankFees.Amount - WrittenOff.Amount), Amount.Currency);
}

/// <summary>A signal that the invoice did not take.</summary>
public sealed record RefusedInvoiceSignal(string Id, InvoiceRefusal Refusal);

/// <summary>Where a receivable stands.</summary>
public enum InvoiceStatus
{
    /// <summary>Its due date hangs on something that has not happened: not aged, not chased.</summary>
    NotAnchored,

    /// <summary>Has a due date that has not passed; nothing of it is paid.</summary>
    Open,

    /// <summary>Its due date has passed, and all or a part of it is open, whatever was paid.</summary>
    Overdue,

    /// <summary>Some of it is paid, and its due date has not passed.</summary>
    PartPaid,

    /// <summary>Settled.</summary>
    Paid,

    /// <summary>Given up.</summary>
    WrittenOff,

    /// <summary>The order was cancelled before it was paid.</summary>
    Cancelled,
}

/// <summary>To whom an invoice is addressed. Texts are the buyer's and hostile.</summary>
/// <param name="Country">ISO 3166-1 alpha-2; null is unknown.</param>
public sealed record BillTo(string Name, string? Company, string Email, string? Country)
{
    /// <summary>The company, or the person when there is none.</summary>
    [JsonIgnore]
    public string Payer => string.IsNullOrWhiteSpace(Company) ? Name : Company;
}

/// <summary>Something booked on an invoice.</summary>
/// <param name="BookedOn">
/// In the company's zone; what ageing as of a day goes by. Of a payment it is the value date.
/// </param>
/// <param name="Amount">What it took off the open amount.</param>
/// <param name="Reference">The bank's reference of the payment, the approval of a write-off.</param>
public sealed record Movement(DateOnly BookedOn, MovementKind Kind, Money Amount, string Reference, StaffId By)
{
    /// <summary>Id of the payment; null for the first one of its reference.</summary>
    public string? Payment { get; init; }

    /// <summary>
    /// Day on which it was taken in, when that is later than <see cref="BookedOn"/>: a report of a day before does not
    /// know of it. Null when it is not.
    /// </summary>
    public DateOnly? KnownOn { get; init; }

    /// <summary>Which placing of the payment it is, or which taking back; null for the first placing.</summary>
    public int? Move { get; init; }

    /// <summary>Id of the payment that it is of.</summary>
    [JsonIgnore]
    public string PaymentId => Payment ?? PaymentKey.Of(Reference);
}

/// <summary>What takes off an open amount.</summary>
public enum MovementKind
{
    /// <summary>Cash.</summary>
    Payment,

    /// <summary>The customer's balance from an earlier payment. Its published name stays.</summary>
    Credit,

    /// <summary>A short payment within tolerance.</summary>
    BankFee,

    /// <summary>Given up, with approval.</summary>
    WriteOff,

    /// <summary>The order was cancelled.</summary>
    Cancelled,

    /// <summary>Cash that came in after it was written off; nothing was open to take it off.</summary>
    Recovery,
}
