using Workflows.Policies;
using Workflows.Trade;

namespace Workflows.Orders;

/// <summary>A confirmed order: an accepted quotation that passed the credit check.</summary>
/// <param name="Number">Ours, on every invoice.</param>
/// <param name="PurchaseOrder">The buyer's number; null if none.</param>
/// <param name="Instalments">By the payment terms; their amounts sum to the total.</param>
public sealed record Order(
    string Number,
    string Quotation,
    string? PurchaseOrder,
    Money Total,
    DeliveryTerm Delivery,
    string PaymentTerms,
    IReadOnlyList<Instalment> Instalments,
    DateTimeOffset ConfirmedAt);

/// <summary>One part of an order's price.</summary>
/// <param name="Basis">What its due date hangs on; it is not due before that happened.</param>
/// <param name="OffsetDays">Calendar days after the basis.</param>
public sealed record Instalment(
    int Number, string Name, Money Amount, DueBasis Basis, int OffsetDays, Prerequisite? Gates);

/// <summary>Something that happened to an order on its way.</summary>
/// <param name="Date">In the company's zone.</param>
/// <param name="Reference">Bill of lading number, courier number and the like.</param>
public sealed record Milestone(MilestoneKind Kind, DateOnly Date, string? Reference);

/// <summary>The milestones that move an order.</summary>
public enum MilestoneKind
{
    /// <summary>Production has ended.</summary>
    Produced,

    /// <summary>On board; the date is the bill of lading's.</summary>
    Shipped,

    /// <summary>The originals, or the telex release, are on their way.</summary>
    DocumentsSent,

    /// <summary>The buyer has the goods.</summary>
    Delivered,
}
