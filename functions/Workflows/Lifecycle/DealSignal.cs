using System.Text.Json.Serialization;
using Workflows.Inquiries;
using Workflows.Orders;
using Workflows.Platform;
using Workflows.Quotations;
using Workflows.Trade;

namespace Workflows.Lifecycle;

/// <summary>
/// What people report to a running deal. All signals share one event, so that they are taken strictly in order of
/// arrival and a deal keeps one wait open.
/// </summary>
/// <param name="Id">Id of the event that carries it; the deal remembers the last ones it took.</param>
/// <param name="By">Who.</param>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(BuyerWrote), "buyer-wrote")]
[JsonDerivedType(typeof(Replied), "replied")]
[JsonDerivedType(typeof(QuotationOffered), "quotation-offered")]
[JsonDerivedType(typeof(BuyerAnswered), "buyer-answered")]
[JsonDerivedType(typeof(MilestoneReached), "milestone-reached")]
[JsonDerivedType(typeof(HandedOver), "handed-over")]
[JsonDerivedType(typeof(GivenUp), "given-up")]
[JsonDerivedType(typeof(InvoiceReopened), "invoice-reopened")]
[JsonDerivedType(typeof(Discarded), "discarded")]
[JsonDerivedType(typeof(Reinstated), "reinstated")]
public abstract record DealSignal(string Id, StaffId By)
{
    /// <summary>The event that carries every signal.</summary>
    public static ExternalEvent<DealSignal> Event { get; } = new("deal-signal");
}

/// <summary>The buyer sent another message on the same inquiry.</summary>
public sealed record BuyerWrote(string Id, StaffId By, string MessageId, Inquiry Message) : DealSignal(Id, By);

/// <summary>A human answered the buyer. Robots do not count.</summary>
public sealed record Replied(string Id, StaffId By, string Channel) : DealSignal(Id, By);

/// <summary>A quotation was put in.</summary>
public sealed record QuotationOffered(string Id, StaffId By, QuotationDraft Draft) : DealSignal(Id, By);

/// <summary>The buyer answered a quotation.</summary>
public sealed record BuyerAnswered(string Id, StaffId By, BuyerAnswer Answer) : DealSignal(Id, By);

/// <summary>The order moved.</summary>
public sealed record MilestoneReached(string Id, StaffId By, Milestone Milestone) : DealSignal(Id, By);

/// <summary>Another owner.</summary>
public sealed record HandedOver(string Id, StaffId By, StaffId To, string Reason) : DealSignal(Id, By);

/// <summary>A payment of an invoice was taken back after it was settled: the invoice is collected again.</summary>
/// <param name="Number">The how manieth time.</param>
/// <param name="Reason">As it was typed.</param>
public sealed record InvoiceReopened(string Id, StaffId By, InvoiceId Invoice, int Number, string Reason)
    : DealSignal(Id, By);

/// <summary>We stop: lost before the order, cancelled after it.</summary>
public sealed record GivenUp(string Id, StaffId By, string Reason) : DealSignal(Id, By);

/// <summary>A person says that the inquiry is spam: it is no loss, and leaves the numbers.</summary>
public sealed record Discarded(string Id, StaffId By, string Reason) : DealSignal(Id, By);

/// <summary>A person says that a rejected inquiry is serious: the deal goes on.</summary>
public sealed record Reinstated(string Id, StaffId By, string Reason) : DealSignal(Id, By);
