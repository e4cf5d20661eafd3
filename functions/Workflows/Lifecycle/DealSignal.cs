using System.Text.Json.Serialization;
using Workflows.Inquiries;
using Workflows.Orders;
using Workflows.Platform;
using Workflows.Quotations;
using Workflows.Trade;

namespace Workflows.Lifecycle;

/// <summary>
/// What people tell a running deal. All signals share one event, so that they are taken strictly in order of arrival
/// and a deal keeps one wait open.
/// </summary>
/// <param name="By">Who.</param>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(BuyerWrote), "buyer-wrote")]
[JsonDerivedType(typeof(Replied), "replied")]
[JsonDerivedType(typeof(QuotationOffered), "quotation-offered")]
[JsonDerivedType(typeof(BuyerAnswered), "buyer-answered")]
[JsonDerivedType(typeof(MilestoneReached), "milestone-reached")]
[JsonDerivedType(typeof(HandedOver), "handed-over")]
[JsonDerivedType(typeof(GivenUp), "given-up")]
public abstract record DealSignal(StaffId By)
{
    /// <summary>The event that carries every signal.</summary>
    public static ExternalEvent<DealSignal> Event { get; } = new("deal-signal");
}

/// <summary>The buyer sent another message on the same inquiry.</summary>
public sealed record BuyerWrote(StaffId By, Inquiry Message) : DealSignal(By);

/// <summary>A human answered the buyer. Robots do not count.</summary>
public sealed record Replied(StaffId By, string Channel) : DealSignal(By);

/// <summary>A quotation was put in.</summary>
public sealed record QuotationOffered(StaffId By, QuotationDraft Draft) : DealSignal(By);

/// <summary>The buyer answered a quotation.</summary>
public sealed record BuyerAnswered(StaffId By, BuyerAnswer Answer) : DealSignal(By);

/// <summary>The order moved.</summary>
public sealed record MilestoneReached(StaffId By, Milestone Milestone) : DealSignal(By);

/// <summary>Another owner.</summary>
public sealed record HandedOver(StaffId By, StaffId To, string Reason) : DealSignal(By);

/// <summary>We stop: lost before the order, cancelled after it.</summary>
public sealed record GivenUp(StaffId By, string Reason) : DealSignal(By);
