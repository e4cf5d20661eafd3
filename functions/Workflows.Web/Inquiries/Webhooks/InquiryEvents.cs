using System.Text.Json;
using Workflows.Web.Hosting.Problems;
using Workflows.Web.Hosting.Requests;

namespace Workflows.Web.Inquiries.Webhooks;

/// <summary>
/// The events of our own JSON shape: <c>{"type":"inquiry.created","timestamp":"…","data":{…}}</c>, with an
/// <see cref="InquiryRecord"/> as data. <c>inquiry.message</c> has the same data: the buyer wrote again.
/// </summary>
internal static class InquiryEvents
{
    public const string Created = "inquiry.created";
    public const string Message = "inquiry.message";

    public static WebhookMessage Read(string eventId, WebhookDelivery delivery)
    {
        using var document = StrictJson.Parse(delivery.Body);
        if (document is null)
        {
            return new WebhookMessage.Unreadable(eventId, "", "The body is not one JSON object.", []);
        }

        var root = document.RootElement;
        if (!root.TryGetProperty("type", out var type) || type.ValueKind != JsonValueKind.String)
        {
            return new WebhookMessage.Unreadable(eventId, "", "It has no type.",
                [new("/type", ProblemType.MissingMember.Slug, "Must be a text.")]);
        }

        var name = NameOf(type.GetString()!);
        if (name is not (Created or Message))
        {
            return new WebhookMessage.Other(eventId, name);
        }

        if (!root.TryGetProperty("data", out var data))
        {
            return new WebhookMessage.Unreadable(eventId, name, "It has no data.",
                [new("/data", ProblemType.MissingMember.Slug, "Is missing.")]);
        }

        var (inquiry, unread, errors) = GenerousJson.Read<InquiryRecord>(data, "/data");
        return inquiry is null
            ? new WebhookMessage.Unreadable(eventId, name, "The inquiry makes no sense.", errors)
            : WebhookMessage.Of(
                eventId, name,
                inquiry.ToInquiry(delivery.Source.Name, delivery.ReceivedAt, unread) with
                {
                    IsMessage = name == Message ? true : null,
                },
                inquiry.PlatformMessageId ?? eventId, "/data/message");
    }

    /// <summary>
    /// Type names are words of letters, digits and underscores joined by points; anything else is not repeated
    /// anywhere.
    /// </summary>
    private static string NameOf(string type) =>
        type.Length is > 0 and <= 100 && type.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.')
            ? type
            : "unknown";
}
