using Workflows.Customers;
using Workflows.Trade;

namespace Workflows.Inquiries;

/// <summary>A buyer's question as it came in. Every text is from outside and hostile.</summary>
/// <param name="Platform">Where from: the webhook's source, or <c>fair</c>, <c>phone</c>, <c>mail</c>.</param>
/// <param name="PlatformInquiryId">The source's id of the inquiry; with the platform it names the deal.</param>
/// <param name="ReceivedAt">When it reached us, UTC.</param>
/// <param name="Buyer">Who asks.</param>
/// <param name="Products">What for; may be empty.</param>
/// <param name="Message">In the buyer's words; may be empty.</param>
/// <param name="Language">ISO 639-1; null is unknown.</param>
/// <param name="Delivery">The delivery term asked for.</param>
/// <param name="SpamFlag">The platform's own verdict.</param>
public sealed record Inquiry(
    string Platform,
    string PlatformInquiryId,
    DateTimeOffset ReceivedAt,
    Buyer Buyer,
    IReadOnlyList<RequestedProduct> Products,
    string Message,
    string? Language,
    DeliveryTerm? Delivery,
    bool SpamFlag);

/// <summary>One thing asked for.</summary>
/// <param name="Quantity">In <paramref name="Unit"/>; null is unsaid.</param>
/// <param name="TargetPrice">Per unit; null is unsaid.</param>
public sealed record RequestedProduct(string? Sku, string Name, decimal? Quantity, string? Unit, Money? TargetPrice);
