using Workflows.Mails;
using Workflows.Trade;

namespace Workflows.Quotations;

/// <summary>An offer as mails show it.</summary>
/// <param name="PaymentTerms">Their name for people.</param>
/// <param name="Schedule">One line per instalment.</param>
/// <param name="ValidUntilText">The last day where the buyer is.</param>
/// <param name="Note">Ours to the buyer; null if none.</param>
/// <param name="SellerName">Who looks after it.</param>
public sealed record QuotationSheet(
    string Number,
    int Version,
    string Company,
    string CompanyAddress,
    string Buyer,
    string? BuyerCompany,
    IReadOnlyList<QuotationSheetLine> Lines,
    Money ListTotal,
    decimal DiscountPercent,
    Money Discount,
    Money Total,
    string Delivery,
    string PaymentTerms,
    IReadOnlyList<string> Schedule,
    DateTimeOffset ValidUntil,
    string ValidUntilText,
    string? Note,
    string SellerName,
    string SellerEmail);

/// <summary>One line of it.</summary>
public sealed record QuotationSheetLine(
    string Sku, string Description, string Quantity, string Unit, string UnitPrice, Money Total);

/// <summary>To the buyer: our offer.</summary>
public sealed record QuotationOffer(QuotationSheet Sheet) : IBuyerMail
{
    /// <inheritdoc/>
    public string Kind => "quotation-offer";

    /// <inheritdoc/>
    public string Subject => Sheet.Version == 1
        ? $"Our quotation {Sheet.Number}: {Sheet.Total}"
        : $"Our revised quotation {Sheet.Number}: {Sheet.Total}";
}

/// <summary>To the buyer: the offer ends soon.</summary>
public sealed record QuotationExpiryReminder(QuotationSheet Sheet) : IBuyerMail
{
    /// <inheritdoc/>
    public string Kind => "quotation-expiry-reminder";

    /// <inheritdoc/>
    public string Subject => $"Our quotation {Sheet.Number} is open until {Sheet.ValidUntilText}";
}

/// <summary>To the owner: the offer ended without an answer.</summary>
/// <param name="Reader">The owner's name.</param>
public sealed record QuotationExpired(string Reader, QuotationSheet Sheet, string DealLink) : IMail
{
    /// <inheritdoc/>
    public string Kind => "quotation-expired";

    /// <inheritdoc/>
    public string Subject => $"Quotation {Sheet.Number} to {Sheet.BuyerCompany ?? Sheet.Buyer} has expired";
}

/// <summary>To the owner: the discount is not given, so the offer did not go out.</summary>
/// <param name="Reason">Why, in the words of the policy or of who refused.</param>
public sealed record DiscountRefused(string Reader, QuotationSheet Sheet, string Reason, string DealLink) : IMail
{
    /// <inheritdoc/>
    public string Kind => "discount-refused";

    /// <inheritdoc/>
    public string Subject => $"Discount refused: quotation {Sheet.Number} has not gone out";
}
