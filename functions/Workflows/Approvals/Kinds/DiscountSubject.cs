using Workflows.Policies;
using Workflows.Trade;

namespace Workflows.Approvals.Kinds;

/// <summary>A discount that sales may not give by themselves.</summary>
/// <param name="Quotation">Its number.</param>
/// <param name="DiscountPercent">Off the list total.</param>
/// <param name="MarginPercent">Of the total; null when a cost is unknown.</param>
/// <param name="PaymentTerms">Code of the policy's payment terms.</param>
/// <param name="Reasons">As the discount rule gave them.</param>
/// <param name="Note">The salesperson's; null if none.</param>
internal sealed record DiscountSubject(
    ApprovalBuyer Buyer,
    string Quotation,
    DeliveryTerm Delivery,
    Money ListTotal,
    decimal DiscountPercent,
    Money Discount,
    Money Total,
    decimal? MarginPercent,
    string PaymentTerms,
    IReadOnlyList<string> Reasons,
    string? Note)
    : ApprovalSubject(ApprovalKind.Discount)
{
    /// <summary>The payment terms as they are offered; null in requests of before they were kept.</summary>
    public PaymentTermsPolicy? Terms { get; init; }

    /// <summary>The discount against earlier list prices; null when the list prices are no lower.</summary>
    public decimal? EffectiveDiscountPercent { get; init; }

    /// <summary>
    /// Who may allow a discount. Below the floor margin that is only the highest level, and so it is when earlier list
    /// prices make more of the discount than anybody may allow: an earlier price may have been wrong.
    /// </summary>
    /// <param name="effectivePercent">Against earlier list prices; null when the list prices are no lower.</param>
    /// <param name="marginPercent">Null when a cost is unknown: then an approver decides as for the discount.</param>
    public static IReadOnlyList<ApprovalLevel> LevelsFor(
        decimal discountPercent, decimal? effectivePercent, decimal? marginPercent, Policy policy)
    {
        var given = policy.LevelsFor(ApprovalKind.Discount, discountPercent);
        var levels = policy.LevelsFor(ApprovalKind.Discount, effectivePercent ?? discountPercent);
        return marginPercent < policy.Quotations.FloorMarginPercent || levels.Count == 0
            ? [.. given.TakeLast(1)]
            : levels;
    }

    internal override IReadOnlyList<ApprovalLevel> LevelsBy(Policy policy) =>
        LevelsFor(DiscountPercent, EffectiveDiscountPercent, MarginPercent, policy);

    internal override string Heading() => Text(
        MarginPercent is null ? "Heading.Unknown" : "Heading", EffectiveDiscountPercent ?? DiscountPercent, Quotation,
        Buyer.ShortText());

    internal override IReadOnlyList<ApprovalFact> Facts(SubjectContext context) =>
    [
        Fact("Buyer", Buyer.FullText()),
        Fact("Quotation", $"{Quotation}, {Delivery}"),
        Fact("ListTotal", ListTotal),
        Fact("Discount", EffectiveDiscountPercent is { } effective
            ? Text("Discount.Effective", DiscountPercent, Discount, effective)
            : Text("Discount.Value", DiscountPercent, Discount)),
        Fact("Total", Total),
        Fact("Margin", MarginPercent is { } margin ? Text("Margin.Value", margin) : Text("Margin.Unknown")),
        Fact("PaymentTerms", Terms is { Name: var name } ? $"{PaymentTerms}: {name}" : PaymentTerms),
        Fact("Reasons", string.Join(" ", Reasons)),
        Fact("Note", Note ?? Text("Note.None")),
    ];
}
