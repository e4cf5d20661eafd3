using System.Text.Json.Serialization;
using Workflows.Receivables.History;
using Workflows.Signals;
using Workflows.Trade;

namespace Workflows.Receivables;

/// <summary>Why an invoice does not take a signal.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Settled), "settled")]
[JsonDerivedType(typeof(NothingOpen), "nothing-open")]
[JsonDerivedType(typeof(NotStarted), "not-started")]
[JsonDerivedType(typeof(NothingDisputed), "nothing-disputed")]
[JsonDerivedType(typeof(ReasonMissing), "reason-missing")]
[JsonDerivedType(typeof(WriteOffPending), "write-off-pending")]
[JsonDerivedType(typeof(OtherCurrency), "other-currency")]
[JsonDerivedType(typeof(AmountNotWhole), "amount-not-whole")]
[JsonDerivedType(typeof(MoreThanOpen), "more-than-open")]
[JsonDerivedType(typeof(MoreThanUndisputed), "more-than-undisputed")]
[JsonDerivedType(typeof(WhichDispute), "which-dispute")]
[JsonDerivedType(typeof(PauseEndsTooSoon), "pause-ends-too-soon")]
[JsonDerivedType(typeof(PauseTooLong), "pause-too-long")]
[JsonDerivedType(typeof(NotDue), "not-due")]
[JsonDerivedType(typeof(PromisedBefore), "promised-before")]
[JsonDerivedType(typeof(PromisePast), "promise-past")]
[JsonDerivedType(typeof(PromiseTooLate), "promise-too-late")]
[JsonDerivedType(typeof(NoBalance), "no-balance")]
[JsonDerivedType(typeof(OpenChanged), "open-changed")]
[JsonDerivedType(typeof(NotCollected), "not-collected")]
public abstract record InvoiceRefusal : Refusal
{
    /// <summary>The invoice is paid, written off or cancelled.</summary>
    public sealed record Settled(InvoiceStatus Status) : InvoiceRefusal;

    /// <summary>Nothing of it is open any more.</summary>
    public sealed record NothingOpen : InvoiceRefusal;

    /// <summary>It is only just being issued.</summary>
    public sealed record NotStarted : InvoiceRefusal;

    /// <summary>Nothing of it is in dispute.</summary>
    public sealed record NothingDisputed : InvoiceRefusal;

    /// <summary>A dispute, or a write-off, was asked for without a reason.</summary>
    public sealed record ReasonMissing(InvoiceRequest Request) : InvoiceRefusal;

    /// <summary>A write-off is being decided.</summary>
    public sealed record WriteOffPending(ApprovalId Approval) : InvoiceRefusal;

    /// <summary>The amount is in another currency than the invoice.</summary>
    public sealed record OtherCurrency(Currency Currency) : InvoiceRefusal;

    /// <summary>The amount is not above zero, or has parts of a minor unit.</summary>
    public sealed record AmountNotWhole : InvoiceRefusal;

    /// <summary>The amount is more than what is open.</summary>
    public sealed record MoreThanOpen(Money Open) : InvoiceRefusal;

    /// <summary>The amount is more than what is open and not in dispute already.</summary>
    public sealed record MoreThanUndisputed(Money Undisputed) : InvoiceRefusal;

    /// <summary>Several disputes are open, or not the one that was named.</summary>
    /// <param name="Open">The numbers of those that are, such as <c>1, 3</c>.</param>
    public sealed record WhichDispute(string Open) : InvoiceRefusal;

    /// <summary>The pause of a dispute does not end after today.</summary>
    public sealed record PauseEndsTooSoon : InvoiceRefusal;

    /// <summary>The pause of a dispute is longer than may be.</summary>
    public sealed record PauseTooLong(int Days) : InvoiceRefusal;

    /// <summary>The invoice is not due yet, and is not chased before.</summary>
    public sealed record NotDue : InvoiceRefusal;

    /// <summary>Payment is promised already, for that day.</summary>
    public sealed record PromisedBefore(DateOnly Date) : InvoiceRefusal;

    /// <summary>The promised day is past.</summary>
    public sealed record PromisePast : InvoiceRefusal;

    /// <summary>The promised day is further off than reminders wait.</summary>
    public sealed record PromiseTooLate(int Days) : InvoiceRefusal;

    /// <summary>The customer has no balance in the invoice's currency, or nothing is open.</summary>
    public sealed record NoBalance : InvoiceRefusal;

    /// <summary>A payment has changed what is open since it was asked.</summary>
    public sealed record OpenChanged(Money Open) : InvoiceRefusal;

    /// <summary>Its collection failed or was ended by an admin.</summary>
    public sealed record NotCollected : InvoiceRefusal;
}
