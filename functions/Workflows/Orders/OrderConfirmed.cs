using Workflows.Mails;
using Workflows.Quotations;
using Workflows.Trade;

namespace Workflows.Orders;

/// <summary>To the buyer: we confirm your order (proforma invoice), and this is how it is paid.</summary>
/// <param name="Seller">The company's name.</param>
/// <param name="Buyer">Name of the person written to.</param>
/// <param name="PaymentTerms">By name, for readers.</param>
/// <param name="ConfirmedOn">In the company's zone.</param>
/// <param name="BankDetails">Line by line.</param>
/// <param name="OwnerName">Who signs.</param>
public sealed record OrderConfirmed(
    string Seller,
    string SellerAddress,
    string Buyer,
    string? Company,
    string OrderNumber,
    string Quotation,
    string? PurchaseOrder,
    IReadOnlyList<QuotationLine> Lines,
    Money ListTotal,
    Money Discount,
    Money Total,
    string Delivery,
    string PaymentTerms,
    IReadOnlyList<Instalment> Instalments,
    DateOnly ConfirmedOn,
    IReadOnlyList<string> BankDetails,
    string OwnerName) : IBuyerMail
{
    /// <inheritdoc/>
    public string Kind => "order-confirmed";

    /// <inheritdoc/>
    public string Subject => $"Order confirmation {OrderNumber}: {Total}";
}
