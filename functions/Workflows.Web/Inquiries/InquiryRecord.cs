using Workflows.Customers;
using Workflows.Inquiries;
using Workflows.Trade;
using Workflows.Web.Hosting.Requests;

namespace Workflows.Web.Inquiries;

/// <summary>An inquiry as our own webhooks and people send it.</summary>
/// <param name="PlatformInquiryId">The source's id of the inquiry; with the source it names the deal.</param>
/// <param name="Buyer">Who asks.</param>
/// <param name="PlatformMessageId">The source's id of the message; the same one again is not news.</param>
/// <param name="Products">What for.</param>
/// <param name="Incoterm">The delivery term asked for; needs a place.</param>
/// <param name="DestPort">The place or port of the delivery term.</param>
/// <param name="Message">In the buyer's words.</param>
/// <param name="Language">ISO 639-1.</param>
/// <param name="SpamFlag">The source's own verdict.</param>
internal sealed record InquiryRecord(
    [Line(128)] string PlatformInquiryId,
    BuyerRecord Buyer,
    [Id] string? PlatformMessageId = null,
    IReadOnlyList<ProductRecord>? Products = null,
    Incoterm? Incoterm = null,
    [Line(120)] string? DestPort = null,
    [Paragraph(200_000)] string? Message = null,
    [Language] string? Language = null,
    bool SpamFlag = false)
{
    /// <param name="unread">What its source sent and nobody could read.</param>
    public Inquiry ToInquiry(string platform, DateTimeOffset receivedAt, IReadOnlyList<UnreadValue> unread) =>
        new SentDelivery("incoterm", Incoterm, "destPort", DestPort).PutInto(
            new Inquiry(
                platform,
                PlatformInquiryId,
                receivedAt,
                Buyer.ToBuyer(),
                [.. (Products ?? []).Select(product => product.ToProduct())],
                Message ?? "",
                Language,
                Delivery: null,
                SpamFlag),
            unread);
}

/// <summary>Who asks.</summary>
/// <param name="CountryISO2">ISO 3166-1 alpha-2.</param>
/// <param name="PlatformBuyerId">The source's id of the buyer.</param>
/// <param name="MemberYears">Years on the platform.</param>
/// <param name="Verified">Checked by the platform.</param>
internal sealed record BuyerRecord(
    [Line(200), Otherwise("company", "email")] string Name,
    [Email] string Email,
    [Line(200)] string? Company = null,
    [Line(40)] string? Phone = null,
    [Country] string? CountryISO2 = null,
    [Line(128)] string? PlatformBuyerId = null,
    [Between(0, 100)] int MemberYears = 0,
    bool Verified = false)
{
    public Buyer ToBuyer() => new(
        Name, Company, EmailGrammar.ToAscii(Email)!, Phone, CountryISO2, PlatformBuyerId, MemberYears, Verified);
}

/// <summary>One thing asked for.</summary>
/// <param name="Sku">Our article number, when the buyer knows it.</param>
/// <param name="Name">What it is called; the article number when it is left out.</param>
/// <param name="Qty">In the unit.</param>
/// <param name="TargetPrice">Per unit.</param>
internal sealed record ProductRecord(
    [Line(64)] string? Sku = null,
    [Line(200)] string? Name = null,
    [Positive] decimal? Qty = null,
    [Line(20)] string? Unit = null,
    [Positive, PerUnit] Money? TargetPrice = null)
{
    public RequestedProduct ToProduct() => new(Sku, Name ?? Sku ?? "", Qty, Unit, TargetPrice);
}
