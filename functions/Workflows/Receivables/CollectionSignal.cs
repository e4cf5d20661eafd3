using System.Text.Json.Serialization;
using Workflows.Approvals;
using Workflows.Platform;
using Workflows.Policies;
using Workflows.Records;
using Workflows.Trade;

namespace Workflows.Receivables;

/// <summary>
/// What people and the deal report to a running collection. All signals share one event, so that they are taken
/// strictly in order of arrival and a collection keeps one wait open.
/// </summary>
/// <param name="Id">Id of the event that carries it; the invoice remembers the last ones it took.</param>
/// <param name="By">Who.</param>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Anchored), "anchored")]
[JsonDerivedType(typeof(PaymentBooked), "payment-booked")]
[JsonDerivedType(typeof(Disputed), "disputed")]
[JsonDerivedType(typeof(DisputeResolved), "dispute-resolved")]
[JsonDerivedType(typeof(Promised), "promised")]
[JsonDerivedType(typeof(WriteOffRequested), "write-off-requested")]
[JsonDerivedType(typeof(WriteOffDecided), "write-off-decided")]
[JsonDerivedType(typeof(OwnerChanged), "owner-changed")]
[JsonDerivedType(typeof(OrderCancelled), "order-cancelled")]
public abstract record CollectionSignal(string Id, StaffId By)
{
    /// <summary>The event that carries every signal.</summary>
    public static ExternalEvent<CollectionSignal> Event { get; } = new("collection-signal");
}

/// <summary>
/// What a due date hangs on has happened, or its date was corrected. An invoice of another basis ignores it.
/// </summary>
/// <param name="Date">In the company's zone.</param>
public sealed record Anchored(string Id, StaffId By, DueBasis Basis, DateOnly Date) : CollectionSignal(Id, By);

/// <summary>Money for this invoice, in its currency.</summary>
/// <param name="FromBalance">
/// Whether it is the customer's balance from an earlier payment, and so no new cash.
/// </param>
public sealed record PaymentBooked(string Id, StaffId By, Payment Payment, bool FromBalance = false)
    : CollectionSignal(Id, By)
{
    /// <summary>Which placing of the payment it is, or which taking back; null for the first placing.</summary>
    public int? Move { get; init; }

    /// <summary>Why the placing before it is taken back, as it was typed; null when the money comes.</summary>
    public string? TakenBack { get; init; }

    /// <summary>The key of its row: what a bank writes is never taken for a use of the balance.</summary>
    [JsonIgnore]
    internal string Key => (FromBalance ? PaymentKey.OfOurs(Payment.Reference) : Payment.Key) + PaymentKey.Move(Move);
}

/// <summary>The buyer disputes a part, or all; only that part is not chased, and only until a day.</summary>
/// <param name="Until">Last day of the pause, in the buyer's zone; then it ends by itself.</param>
public sealed record Disputed(
    string Id, StaffId By, Money Amount, string Reason, DateOnly Until) : CollectionSignal(Id, By);

/// <summary>A dispute is settled: its part is chased again.</summary>
public sealed record DisputeResolved(string Id, StaffId By, string? Comment) : CollectionSignal(Id, By)
{
    /// <summary>Its number; null is the only one that is open.</summary>
    public int? Dispute { get; init; }
}

/// <summary>The buyer promised to pay by a day; reminders wait for it, once.</summary>
/// <param name="Date">In the buyer's zone.</param>
public sealed record Promised(string Id, StaffId By, DateOnly Date, string? Comment) : CollectionSignal(Id, By)
{
    /// <summary>What they promised; null is all that is open.</summary>
    public Money? Amount { get; init; }
}

/// <summary>A person asks to give up what is open.</summary>
public sealed record WriteOffRequested(string Id, StaffId By, string Reason) : CollectionSignal(Id, By);

/// <summary>How the approval of a write-off ended.</summary>
public sealed record WriteOffDecided(string Id, StaffId By, ApprovalId Approval, ApprovalOutcome Outcome)
    : CollectionSignal(Id, By);

/// <summary>Another salesperson looks after it.</summary>
public sealed record OwnerChanged(string Id, StaffId By, StaffId Owner) : CollectionSignal(Id, By);

/// <summary>The order was cancelled before it was paid.</summary>
public sealed record OrderCancelled(string Id, StaffId By, string Reason) : CollectionSignal(Id, By);
