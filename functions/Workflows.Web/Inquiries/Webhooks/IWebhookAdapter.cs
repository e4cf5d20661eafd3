using System.Buffers;
using Microsoft.AspNetCore.Http;
using Workflows.Inquiries;
using Workflows.Web.Hosting.Problems;

namespace Workflows.Web.Inquiries.Webhooks;

/// <summary>
/// One platform's way of sending webhooks: what it signs, how it names events, how it writes an inquiry. Another
/// platform is another class (and one that reads its payload), which is found by this interface; each home then makes a
/// secret for it at its next start. A scheme that signs no time is protected from replay by the message id alone.
/// </summary>
internal interface IWebhookAdapter
{
    /// <summary>Name of the scheme, by which settings choose it for a source.</summary>
    string Scheme { get; }

    /// <summary>The headers that authenticate a delivery, for <c>/openapi/v1.json</c>.</summary>
    IReadOnlyList<WebhookHeader> Headers { get; }

    /// <summary>
    /// Message types that are inquiries when the source's settings name none; empty where types have names.
    /// </summary>
    IReadOnlyList<string> InquiryTypes { get; }

    /// <summary>Makes a secret for a source whose settings have none.</summary>
    NewWebhookSecret MakeSecret();

    /// <summary>The bytes of a secret as the platform hands it out.</summary>
    /// <exception cref="FormatException">It is not one, or too weak.</exception>
    byte[] DecodeSecret(string secret);

    /// <summary>What its headers alone tell, before a byte of its body is read.</summary>
    WebhookVerdict Check(WebhookEnvelope envelope);

    /// <summary>
    /// Authenticates the raw bytes, before anything in them is believed. Its headers were found good. The bytes lie
    /// where they came in: what is not authentic is never copied.
    /// </summary>
    WebhookVerdict Verify(WebhookEnvelope envelope, ReadOnlySequence<byte> body);

    /// <summary>Reads an authenticated delivery. Whatever it says may still be nonsense.</summary>
    WebhookMessage Read(WebhookDelivery delivery);
}

/// <summary>A header of a delivery.</summary>
/// <param name="Description">For its sender.</param>
internal sealed record WebhookHeader(string Name, string Description);

/// <summary>A secret just made, as the sender is given it.</summary>
/// <param name="AppKey">The application's key, for schemes that sign it; else null.</param>
public sealed record NewWebhookSecret(string Secret, string? AppKey);

/// <summary>A delivery of which only the headers are read.</summary>
/// <param name="Source">The settings of where it says to come from.</param>
/// <param name="ReceivedAt">UTC.</param>
internal sealed record WebhookEnvelope(WebhookSource Source, IHeaderDictionary Headers, DateTimeOffset ReceivedAt);

/// <summary>A delivery as it came in.</summary>
/// <param name="Source">The settings of where it came from.</param>
/// <param name="Headers">As sent.</param>
/// <param name="Body">The raw bytes.</param>
/// <param name="ReceivedAt">UTC.</param>
internal sealed record WebhookDelivery(
    WebhookSource Source, IHeaderDictionary Headers, ReadOnlyMemory<byte> Body, DateTimeOffset ReceivedAt)
{
    /// <summary>The event's id when it was read before and is read again; its headers are gone then.</summary>
    public string? EventId { get; init; }
}

/// <summary>Whether a delivery is authentic.</summary>
/// <param name="Problem">Null when it is.</param>
/// <param name="Reason">For the log and the counter; callers never see it.</param>
internal sealed record WebhookVerdict(ProblemType? Problem, string Reason)
{
    public static WebhookVerdict Authentic { get; } = new(null, "authentic");

    public static WebhookVerdict BadHeader(string reason) => new(ProblemType.WebhookHeaderInvalid, reason);

    public static WebhookVerdict NotAuthentic(string reason) => new(ProblemType.WebhookSignatureInvalid, reason);
}

/// <summary>What an authentic delivery says.</summary>
/// <param name="EventId">Unique within its source, the same in every retry; a row key.</param>
/// <param name="Type">The platform's name of the event; empty when it cannot be read.</param>
internal abstract record WebhookMessage(string EventId, string Type)
{
    /// <summary>
    /// An inquiry that was read, its message cut to what can be kept; one that is too long without it makes no sense.
    /// </summary>
    /// <param name="pointer">Where its text stands in the body.</param>
    public static WebhookMessage Of(string eventId, string type, Inquiry inquiry, string messageId, string pointer) =>
        InquirySize.Shortened(inquiry) is var kept && InquirySize.Fits(kept)
            ? new NewInquiry(eventId, type, kept, messageId)
            : new Unreadable(
                eventId, type, InquirySize.ValidationError,
                [new(pointer, ProblemType.TextInvalid.Slug, InquirySize.ValidationError)]);

    /// <summary>A buyer asks, or writes again.</summary>
    /// <param name="MessageId">The platform's id of the message; the same one again is not news.</param>
    public sealed record NewInquiry(
        string EventId, string Type, Inquiry Inquiry, string MessageId) : WebhookMessage(EventId, Type);

    /// <summary>
    /// Something we do not act on: recorded, and answered as taken, or the sender would retry for days.
    /// </summary>
    public sealed record Other(string EventId, string Type) : WebhookMessage(EventId, Type);

    /// <summary>It should be an inquiry, but makes no sense.</summary>
    public sealed record Unreadable(string EventId, string Type, string Reason, IReadOnlyList<ProblemError> Errors)
        : WebhookMessage(EventId, Type);
}
