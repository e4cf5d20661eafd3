using System.Text.Json.Serialization;
using Workflows.Customers;
using Workflows.Inquiries;
using Workflows.Trade;
using Workflows.Web.Hosting.Requests;

namespace Workflows.Web.Inquiries.Webhooks;

/// <summary>
/// An inquiry in the naming of Alibaba's platform. No published text describes the push of an inquiry; this shape and
/// its message type are our assumption, and the type is a setting (<see cref="WebhookSourceOptions.InquiryTypes"/>).
/// </summary>
internal sealed record AlibabaInquiry(
    [property: JsonPropertyName("inquiry_id"), Line(128)] string InquiryId,
    [property: JsonPropertyName("buyer")] AlibabaBuyer Buyer,
    [property: JsonPropertyName("products")] IReadOnlyList<AlibabaProduct>? Products = null,
    [property: JsonPropertyName("trade_term")] Incoterm? TradeTerm = null,
    [property: JsonPropertyName("destination_port"), Line(120)] string? DestinationPort = null,
    [property: JsonPropertyName("content"), Paragraph(200_000)] string? Content = null,
    [property: JsonPropertyName("language"), Language] string? Language = null,
    [property: JsonPropertyName("spam")] bool Spam = false)
{
    public Inquiry ToInquiry(string platform, DateTimeOffset receivedAt, IReadOnlyList<UnreadValue> unread) =>
        new SentDelivery("trade_term", TradeTerm, "destination_port", DestinationPort).PutInto(
            new Inquiry(
                platform,
                InquiryId,
                receivedAt,
                new Buyer(
                    Buyer.Name, Buyer.Company, EmailGrammar.ToAscii(Buyer.Email)!, Buyer.Phone, Buyer.Country,
                    Buyer.BuyerId, Buyer.MemberYears, Buyer.Verified),
                [.. (Products ?? []).Select(product => new RequestedProduct(
                    product.Sku, product.Name ?? product.Sku ?? "", product.Quantity, product.Unit,
                    product.TargetPrice))],
                Content ?? "",
                Language,
                Delivery: null,
                Spam),
            unread);
}

/// <summary>Its buyer.</summary>
internal sealed record AlibabaBuyer(
    [property: JsonPropertyName("name"), Line(200), Otherwise("company", "email")] string Name,
    [property: JsonPropertyName("email"), Email] string Email,
    [property: JsonPropertyName("company"), Line(200)] string? Company = null,
    [property: JsonPropertyName("phone"), Line(40)] string? Phone = null,
    [property: JsonPropertyName("country"), Country] string? Country = null,
    [property: JsonPropertyName("buyer_id"), Line(128)] string? BuyerId = null,
    [property: JsonPropertyName("member_years"), Between(0, 100)] int MemberYears = 0,
    [property: JsonPropertyName("verified")] bool Verified = false);

/// <summary>One of its products.</summary>
internal sealed record AlibabaProduct(
    [property: JsonPropertyName("sku"), Line(64)] string? Sku = null,
    [property: JsonPropertyName("name"), Line(200)] string? Name = null,
    [property: JsonPropertyName("quantity"), Positive] decimal? Quantity = null,
    [property: JsonPropertyName("unit"), Line(20)] string? Unit = null,
    [property: JsonPropertyName("target_price"), Positive, PerUnit] Money? TargetPrice = null);
