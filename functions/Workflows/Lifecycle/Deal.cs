using System.Text.Json.Serialization;
using Workflows.Approvals;
using Workflows.Inquiries;
using Workflows.Lifecycle.Timeline;
using Workflows.Orders;
using Workflows.Quotations;
using Workflows.Signals;
using Workflows.Trade;

namespace Workflows.Lifecycle;

/// <summary>Where a deal stands. The last five are ends.</summary>
public enum Stage
{
    /// <summary>Taken in.</summary>
    Received,

    /// <summary>Looked at: serious, scored, its customer known.</summary>
    Qualified,

    /// <summary>It has an owner.</summary>
    Assigned,

    /// <summary>The buyer has an offer.</summary>
    Quoted,

    /// <summary>The buyer wants another one.</summary>
    Negotiating,

    /// <summary>Ordered and cleared by credit.</summary>
    Ordered,

    /// <summary>Being made and shipped.</summary>
    Fulfilling,

    /// <summary>Delivered to the carrier; money is to come.</summary>
    Collecting,

    /// <summary>Nothing is open any more; the books of the deal are closed.</summary>
    Closed,

    /// <summary>End: all money is in.</summary>
    Paid,

    /// <summary>End: no order.</summary>
    Lost,

    /// <summary>End: spam, or a duplicate.</summary>
    Rejected,

    /// <summary>End: stopped by us or the buyer after it had begun.</summary>
    Cancelled,

    /// <summary>End: some money was given up.</summary>
    WrittenOff,
}

/// <summary>
/// A deal as its orchestration sees it and as it is kept for readers. Its orchestration alone writes it.
/// </summary>
public sealed record Deal
{
    /// <summary>Also the id of its orchestration's instance.</summary>
    public required DealId Id { get; init; }

    /// <summary>Its place in the pipeline.</summary>
    public required Stage Stage { get; init; }

    /// <summary>What came in.</summary>
    public required Inquiry Inquiry { get; init; }

    /// <summary>What the first look found; null before.</summary>
    public Qualification? Qualification { get; init; }

    /// <summary>The salesperson who has it; null before assignment and in the manager queue.</summary>
    public StaffId? Owner { get; init; }

    /// <summary>Why it is theirs: the reason of the assignment rule, or of the person who handed it over.</summary>
    public string? OwnerReason { get; init; }

    /// <summary>The manager who is notified of trouble.</summary>
    public StaffId? Manager { get; init; }

    /// <summary>When a human answered first, UTC.</summary>
    public DateTimeOffset? FirstHumanReplyAt { get; init; }

    /// <summary>The present version of the offer: what the buyer holds while that stands.</summary>
    public Quotation? Quotation { get; init; }

    /// <summary>What became of it; null while there is none.</summary>
    public QuotationStatus? QuotationStatus { get; init; }

    /// <summary>
    /// A newer version that has not gone out, while the buyer may still accept the one before; null when there is none.
    /// </summary>
    public UnsentQuotation? Unsent { get; init; }

    /// <summary>The buyer's yes; null before.</summary>
    public BuyerAnswer? Accepted { get; init; }

    /// <summary>Approvals asked for, oldest first.</summary>
    public IReadOnlyList<ApprovalId> Approvals { get; init; } = [];

    /// <summary>The confirmed order.</summary>
    public Order? Order { get; init; }

    /// <summary>Its milestones so far.</summary>
    public IReadOnlyList<Milestone> Milestones { get; init; } = [];

    /// <summary>Milestones that must not happen yet.</summary>
    public IReadOnlyList<Hold> Holds { get; init; } = [];

    /// <summary>Its invoices, one per instalment.</summary>
    public IReadOnlyList<InvoiceId> Invoices { get; init; } = [];

    /// <summary>Each time that an invoice was open again after it was settled; null if none was.</summary>
    public IReadOnlyList<ReopenedInvoice>? Reopened { get; init; }

    /// <summary>What it waits for now; null when it is at work or has ended.</summary>
    public Waiting? Waiting { get; init; }

    /// <summary>Ids of the last signals it took, newest last, so that a sender can see its signal taken.</summary>
    public IReadOnlyList<string> SignalsTaken { get; init; } = [];

    /// <summary>Which of them it refused after all, and why: it had changed by the time that they came.</summary>
    public IReadOnlyList<RefusedSignal> SignalsRefused { get; init; } = [];

    /// <summary>What ended it, for lost, rejected, cancelled and written-off deals; null for others.</summary>
    public DealEvent? End { get; init; }

    /// <summary>The policy it is decided under.</summary>
    public string PolicyVersion { get; init; } = "";

    /// <summary>Whether it has ended.</summary>
    [JsonIgnore]
    public bool HasEnded => Stage >= Stage.Paid;

    /// <summary>When it last changed, UTC.</summary>
    public DateTimeOffset UpdatedAt { get; init; }

    /// <summary>The deal with a signal that it remembers as taken.</summary>
    internal Deal WithTaken(string signalId) =>
        this with { SignalsTaken = SignalMemory.Add(SignalsTaken, signalId) };

    /// <summary>The deal with a signal that it remembers as refused.</summary>
    internal Deal WithRefused(string signalId, DealRefusal refusal) =>
        this with { SignalsRefused = SignalMemory.Add(SignalsRefused, new RefusedSignal(signalId, refusal)) };
}

/// <summary>An invoice that is collected again.</summary>
/// <param name="Number">The how manieth time.</param>
public sealed record ReopenedInvoice(InvoiceId Invoice, int Number);

/// <summary>A signal that the deal did not take.</summary>
public sealed record RefusedSignal(string Id, DealRefusal Refusal);

/// <summary>Where the present version of an offer stands.</summary>
public enum QuotationStatus
{
    /// <summary>A person must allow it first.</summary>
    PendingApproval,

    /// <summary>Not allowed; it never went out.</summary>
    Refused,

    /// <summary>The buyer has it.</summary>
    Sent,

    /// <summary>The buyer said yes.</summary>
    Accepted,

    /// <summary>The buyer said no, or asked for another one.</summary>
    Declined,

    /// <summary>Its validity ran out.</summary>
    Expired,
}

/// <summary>A version of an offer that waits for its approval, or was refused.</summary>
public sealed record UnsentQuotation(Quotation Quotation, QuotationStatus Status);

/// <summary>
/// A milestone that must not happen yet: production before the deposit, shipment before credit is granted, documents
/// before the balance.
/// </summary>
public sealed record Hold(MilestoneKind Milestone);

/// <summary>What a deal is started with.</summary>
/// <param name="MessageId">The source's id of the message that brought it; the same one again is not news.</param>
/// <param name="By">Who took it in; the system for a webhook.</param>
public sealed record DealInput(DealId Deal, Inquiry Inquiry, string MessageId, StaffId By);

/// <summary>
/// What the policy says to the orchestration itself; recorded, so that a later policy does not change a running
/// deal's clock.
/// </summary>
/// <param name="Revision">
/// Which of the ways below the deal goes; null is the first. Deals go on as they began, because their histories are
/// replayed.
/// </param>
public sealed record DealTerms(string PolicyVersion, int SilenceDays, int MaxRounds, int? Revision = null)
{
    /// <summary>
    /// From this revision on, a deal takes signals only while it waits, closes approvals itself, and compares an offer
    /// with all that its approver saw (<see cref="ApprovedTerms"/>).
    /// </summary>
    internal const int ListensWhileWaiting = 1;

    /// <summary>
    /// From this revision on, an offer is what went out: a version that waits takes nothing from the one that the buyer
    /// holds, its validity counts from the day it goes out, the first-response clock stands while an approver is asked,
    /// and a new owner is never left to decide what was asked for the deal.
    /// </summary>
    internal const int FreezesOffers = 2;

    /// <summary>From this revision on, an invoice whose small rest was written off opens what it held back.</summary>
    internal const int OpensWrittenOffGates = 2;

    /// <summary>
    /// From this revision on, a rejected deal waits for a while for a person who lets it go on, long messages stay
    /// whole on the timeline, and each message and answer is counted.
    /// </summary>
    internal const int CanBeReinstated = 2;

    /// <summary>The revision of a deal that begins now.</summary>
    internal const int Present = FreezesOffers;
}
