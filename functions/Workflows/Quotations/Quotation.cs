using System.Text.Json.Serialization;
using Workflows.Policies;
using Workflows.Trade;

namespace Workflows.Quotations;

/// <summary>What a salesperson puts in.</summary>
/// <param name="DiscountPercent">Off the list total, 0 to 100.</param>
/// <param name="PaymentTerms">Code of the policy's payment terms.</param>
/// <param name="ValidityDays">
/// Calendar days from the day it goes out, where the buyer is; null is the policy's.
/// </param>
public sealed record QuotationDraft(
    Currency Currency,
    IReadOnlyList<QuotationLine> Lines,
    decimal DiscountPercent,
    DeliveryTerm Delivery,
    string PaymentTerms,
    int? ValidityDays,
    string? Note);

/// <summary>One line of a quotation.</summary>
/// <param name="ListPrice">Per unit, before discount, in the quotation's currency units.</param>
/// <param name="UnitCost">Per unit; null is unknown, then the margin is unknown too.</param>
public sealed record QuotationLine(
    string Sku, string Description, decimal Quantity, string Unit, decimal ListPrice, decimal? UnitCost);

/// <summary>A priced version of an offer.</summary>
/// <param name="Number">Deal and version, such as <c>D-7K2M-Q2</c>.</param>
/// <param name="ListTotal">Before discount.</param>
/// <param name="Total">After discount, rounded to the minor unit.</param>
/// <param name="MarginPercent">Of the total; null when a cost is unknown.</param>
/// <param name="OfferedAt">When it went out, UTC; before that, when it was put in.</param>
/// <param name="ValidUntil">
/// The last moment of the last day of validity where the buyer is, UTC; counted from <paramref name="OfferedAt"/>.
/// </param>
/// <param name="OfferedBy">Who put it in.</param>
public sealed record Quotation(
    string Number,
    int Version,
    QuotationDraft Draft,
    Money ListTotal,
    Money Discount,
    Money Total,
    decimal? MarginPercent,
    DateTimeOffset OfferedAt,
    DateTimeOffset ValidUntil,
    StaffId OfferedBy)
{
    /// <summary>
    /// The payment terms as they were offered, whatever the policy says of their code later; null in offers of before
    /// they were kept, which follow the policy.
    /// </summary>
    public PaymentTermsPolicy? Terms { get; init; }

    /// <summary>
    /// The last day of validity where the buyer is; null in offers of before it was kept, which end with a day of the
    /// company's zone.
    /// </summary>
    public DateOnly? ValidOn { get; init; }

    /// <summary>SKUs of the lines whose cost is unknown; null when none is.</summary>
    public IReadOnlyList<string>? UnknownCosts { get; init; }

    /// <summary>
    /// The discount against the list prices that the same items had in offers before, 0 to 100; null when the list
    /// prices are no lower.
    /// </summary>
    public decimal? EffectiveDiscountPercent { get; init; }

    /// <summary>The discount that is judged: a lower list price hides none.</summary>
    [JsonIgnore]
    public decimal JudgedDiscountPercent => EffectiveDiscountPercent ?? Draft.DiscountPercent;

    /// <summary>The last day of validity, as the buyer reads it.</summary>
    public DateOnly LastDay(Policy policy) => ValidOn ?? policy.Company.DayOf(ValidUntil);

    /// <summary>The payment terms that hold: as offered, else as the policy has them; null when it has none.</summary>
    public PaymentTermsPolicy? TermsBy(Policy policy) => Terms ?? policy.FindTerms(Draft.PaymentTerms);
}

/// <summary>Whether a discount may be given.</summary>
/// <param name="Outcome">Free, to be approved, or out of reach.</param>
/// <param name="Reasons">For people: each rule that spoke.</param>
public sealed record DiscountDecision(DiscountOutcome Outcome, IReadOnlyList<string> Reasons);

/// <summary>What the policy says of a discount.</summary>
public enum DiscountOutcome
{
    /// <summary>Within the salesperson's own limit.</summary>
    Free,

    /// <summary>An approver must decide.</summary>
    NeedsApproval,

    /// <summary>Beyond every level: refused.</summary>
    Refused,
}

/// <summary>What the buyer said to a quotation.</summary>
/// <param name="Quotation">Number of the quotation it answers.</param>
/// <param name="CounterPrice">The total the buyer offers instead, with a counter.</param>
/// <param name="PurchaseOrder">The buyer's order number, with an acceptance; null if none.</param>
public sealed record BuyerAnswer(
    BuyerAnswerKind Kind, string Quotation, Money? CounterPrice, string? PurchaseOrder, string? Comment);

/// <summary>Kinds of answer.</summary>
public enum BuyerAnswerKind
{
    /// <summary>Yes.</summary>
    Accepted,

    /// <summary>No.</summary>
    Rejected,

    /// <summary>Yes, but.</summary>
    Counter,
}
