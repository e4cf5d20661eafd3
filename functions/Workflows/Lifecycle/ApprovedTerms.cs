using Workflows.Policies;
using Workflows.Quotations;

namespace Workflows.Lifecycle;

/// <summary>
/// What an approver has allowed: the quotation as they saw it. Another one needs no approval when it is no worse for us
/// in anything that they saw.
/// </summary>
internal sealed record ApprovedTerms(Quotation Approved)
{
    public static ApprovedTerms Of(Quotation quotation) => new(quotation);

    /// <summary>
    /// Whether a quotation is covered: the same goods, terms of payment and delivery, no lower price of any line, no
    /// higher discount, no lower margin, no longer validity. What is not known is never taken for better.
    /// </summary>
    public bool Covers(Quotation quotation) =>
        quotation.Draft.PaymentTerms == Approved.Draft.PaymentTerms
        && AreSame(quotation.Terms, Approved.Terms)
        && quotation.Draft.Delivery == Approved.Draft.Delivery
        && quotation.Total.Currency == Approved.Total.Currency
        && quotation.Total.Amount >= Approved.Total.Amount
        && quotation.Draft.DiscountPercent <= Approved.Draft.DiscountPercent
        && IsNoLower(quotation.MarginPercent, Approved.MarginPercent)
        && QuotationPricing.DaysOf(quotation) <= QuotationPricing.DaysOf(Approved)
        && quotation.Draft.Lines.Count == Approved.Draft.Lines.Count
        && quotation.Draft.Lines.Zip(Approved.Draft.Lines).All(
            lines => Covers(lines.First, quotation, lines.Second, Approved));

    /// <summary>
    /// How deals of the first revision compared, by figures of their own: their histories are replayed with it.
    /// </summary>
    public bool CoversAtFirst(Quotation quotation) =>
        quotation.Total.Currency == Approved.Total.Currency
        && quotation.Draft.DiscountPercent <= Approved.Draft.DiscountPercent
        && quotation.Total <= Approved.Total
        && (Approved.MarginPercent is null
            ? quotation.MarginPercent is null
            : quotation.MarginPercent >= Approved.MarginPercent);

    private static bool Covers(QuotationLine line, Quotation quotation, QuotationLine approved, Quotation before) =>
        line.Sku == approved.Sku
        && line.Quantity == approved.Quantity
        && line.Unit == approved.Unit
        && NetPrice(line, quotation) >= NetPrice(approved, before);

    private static decimal NetPrice(QuotationLine line, Quotation quotation) =>
        line.ListPrice * (100 - quotation.Draft.DiscountPercent);

    private static bool IsNoLower(decimal? margin, decimal? approved) =>
        approved is null ? margin is null : margin >= approved;

    // A policy may have given the code other instalments meanwhile.
    private static bool AreSame(PaymentTermsPolicy? terms, PaymentTermsPolicy? approved) =>
        terms is null ? approved is null
        : approved is not null && terms.Instalments.SequenceEqual(approved.Instalments);
}
