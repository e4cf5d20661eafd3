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
    bool SpamFlag)
{
    /// <summary>
    /// What its source sent and nobody could read, so that it was left out of the members above; null is nothing, and
    /// unknown in inquiries of before.
    /// </summary>
    public IReadOnlyList<UnreadValue>? Unread { get; init; }

    /// <summary>
    /// True when its source calls it a message on an inquiry, which has not come yet; null for an inquiry.
    /// </summary>
    public bool? IsMessage { get; init; }
}

/// <summary>A value of an inquiry that could not be read, kept for a person.</summary>
/// <param name="Field">Its name in the source's own format, such as <c>buyer.phone</c>.</param>
/// <param name="Text">As it was sent, shortened: hostile text.</param>
public sealed record UnreadValue(string Field, string Text)
{
    /// <summary>How many are kept of an inquiry.</summary>
    public const int Most = 20;

    /// <summary>As staff read it.</summary>
    public override string ToString() => $"{Field}: {Text}";
}

/// <summary>One thing asked for.</summary>
/// <param name="Quantity">In <paramref name="Unit"/>; null is unsaid.</param>
/// <param name="TargetPrice">Per unit; null is unsaid.</param>
public sealed record RequestedProduct(string? Sku, string Name, decimal? Quantity, string? Unit, Money? TargetPrice);
