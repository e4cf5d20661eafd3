using Workflows.Trade;

namespace Workflows.Lifecycle.Timeline;

/// <summary>The owner was reminded of the first response.</summary>
public sealed record ResponseReminded : DealEvent;

/// <summary>The manager was notified that the first response is late.</summary>
/// <param name="DueAt">When it was due, UTC.</param>
public sealed record ResponseEscalated(DateTimeOffset DueAt) : DealEvent;

/// <summary>The deal was taken from an owner who did not respond in time.</summary>
public sealed record OwnerRelieved(StaffId Owner) : DealEvent;

/// <summary>The deal stays with a late owner, because nobody else can take it.</summary>
/// <param name="Reason">As the assignment rule gave it.</param>
public sealed record OwnerKept(StaffId Owner, string? Reason) : DealEvent;

/// <summary>A quotation was put in and priced.</summary>
/// <param name="DiscountPercent">Off the list total, 0 to 100.</param>
/// <param name="Reasons">What the discount rule said.</param>
public sealed record QuotationPriced(
    string Number, Money Total, decimal DiscountPercent, IReadOnlyList<string> Reasons) : DealEvent;

/// <summary>The delivery term does not suit the rest of the offer.</summary>
/// <param name="Warnings">As the rule gave them.</param>
public sealed record DeliveryQuestioned(IReadOnlyList<string> Warnings) : DealEvent;

/// <summary>The discount needs an approval, which was asked for.</summary>
public sealed record DiscountApprovalRequested(
    ApprovalId Approval, string Quotation, decimal DiscountPercent) : DealEvent;

/// <summary>The discount was approved.</summary>
/// <param name="Comment">The approver's; null if none.</param>
public sealed record DiscountApproved(ApprovalId Approval, string? Comment) : DealEvent;

/// <summary>The terms are no worse than those that were approved before.</summary>
public sealed record ApprovalNotNeeded(string Quotation) : DealEvent;

/// <summary>What an approval was asked for no longer stands.</summary>
public sealed record ApprovalSuperseded(ApprovalId Approval) : DealEvent;

/// <summary>The quotation may not go out.</summary>
/// <param name="Reason">The approver's or the rule's; null if none was given.</param>
public sealed record QuotationRefused(string Number, string? Reason) : DealEvent;

/// <summary>The quotation went to the buyer.</summary>
/// <param name="ValidUntil">The last moment of its validity, UTC.</param>
public sealed record QuotationSent(string Number, DateTimeOffset ValidUntil) : DealEvent
{
    /// <summary>The last day of its validity where the buyer is; null in entries from before it was kept.</summary>
    public DateOnly? ValidOn { get; init; }
}

/// <summary>The buyer was reminded that the quotation ends soon.</summary>
public sealed record BuyerReminded(string Quotation) : DealEvent;

/// <summary>The quotation's validity ran out without an answer.</summary>
public sealed record QuotationLapsed(string Number) : DealEvent;

/// <summary>The buyer accepted the quotation.</summary>
/// <param name="Comment">The buyer's, hostile; null if none.</param>
public sealed record QuotationAccepted(string Number, string? Comment) : DealEvent;

/// <summary>The buyer declined: the deal is lost.</summary>
/// <param name="Comment">The buyer's, hostile; null if none.</param>
public sealed record QuotationDeclined(string Number, string? Comment) : DealEvent;

/// <summary>The buyer wants another offer.</summary>
/// <param name="Price">The total that the buyer offers; null if none was named.</param>
/// <param name="Comment">The buyer's, hostile; null if none.</param>
public sealed record CounterOffered(string Quotation, Money? Price, string? Comment) : DealEvent;

/// <summary>The manager was notified that offers and counter-offers go on.</summary>
/// <param name="Rounds">Counter-offers so far.</param>
public sealed record RoundsEscalated(int Rounds) : DealEvent;

/// <summary>
/// The buyer's acceptance could not be confirmed: the policy has the offered payment terms no more, and the offer is of
/// before they were kept in it.
/// </summary>
/// <param name="PaymentTerms">Their code.</param>
public sealed record OfferedTermsMissing(string PaymentTerms) : DealEvent;

/// <summary>The buyer's acceptance could not be confirmed: other terms are wanted.</summary>
/// <param name="Reason">The approver's; null when no reason was given for refusing credit.</param>
public sealed record NegotiationReopened(string? Reason) : DealEvent;
