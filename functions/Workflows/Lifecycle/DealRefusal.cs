using System.Text.Json.Serialization;
using Workflows.Orders;
using Workflows.Signals;
using Workflows.Trade;

namespace Workflows.Lifecycle;

/// <summary>Why a deal does not take a signal.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Ended), "ended")]
[JsonDerivedType(typeof(AlreadyAccepted), "already-accepted")]
[JsonDerivedType(typeof(NoOwner), "no-owner")]
[JsonDerivedType(typeof(NoQuotation), "no-quotation")]
[JsonDerivedType(typeof(OtherQuotation), "other-quotation")]
[JsonDerivedType(typeof(QuotationNotOpen), "quotation-not-open")]
[JsonDerivedType(typeof(NoOrder), "no-order")]
[JsonDerivedType(typeof(MilestoneAlreadyReached), "milestone-already-reached")]
[JsonDerivedType(typeof(MilestoneMissing), "milestone-missing")]
[JsonDerivedType(typeof(MilestoneHeld), "milestone-held")]
[JsonDerivedType(typeof(AlreadyOwner), "already-owner")]
[JsonDerivedType(typeof(AlreadyShipped), "already-shipped")]
[JsonDerivedType(typeof(NotRejected), "not-rejected")]
public abstract record DealRefusal : Refusal
{
    /// <summary>The deal has ended.</summary>
    /// <param name="Stage">Null when that is not known yet.</param>
    public sealed record Ended(Stage? Stage) : DealRefusal;

    /// <summary>The buyer has accepted a quotation.</summary>
    public sealed record AlreadyAccepted : DealRefusal;

    /// <summary>The inquiry has no owner yet.</summary>
    public sealed record NoOwner : DealRefusal;

    /// <summary>No quotation was sent yet.</summary>
    public sealed record NoQuotation : DealRefusal;

    /// <summary>The answer is to another quotation than the present one.</summary>
    public sealed record OtherQuotation(string Answered, string Present) : DealRefusal;

    /// <summary>The buyer cannot answer the quotation: it waits for approval, was answered, or has ended.</summary>
    public sealed record QuotationNotOpen(QuotationStatus Status) : DealRefusal;

    /// <summary>There is no confirmed order.</summary>
    public sealed record NoOrder : DealRefusal;

    /// <summary>The milestone is recorded.</summary>
    public sealed record MilestoneAlreadyReached(MilestoneKind Milestone) : DealRefusal;

    /// <summary>Another milestone comes first.</summary>
    public sealed record MilestoneMissing(MilestoneKind First, MilestoneKind Milestone) : DealRefusal;

    /// <summary>The milestone is held: see <see cref="Hold"/>.</summary>
    public sealed record MilestoneHeld(MilestoneKind Milestone) : DealRefusal;

    /// <summary>The person owns the deal.</summary>
    public sealed record AlreadyOwner(StaffId Owner) : DealRefusal;

    /// <summary>The inquiry was not rejected.</summary>
    public sealed record NotRejected : DealRefusal;

    /// <summary>The goods are shipped: what is not paid can only be written off.</summary>
    public sealed record AlreadyShipped : DealRefusal;
}
