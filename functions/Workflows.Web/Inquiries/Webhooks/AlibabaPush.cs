using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Workflows.Platform;
using Workflows.Web.Hosting.Problems;
using Workflows.Web.Hosting.Requests;

namespace Workflows.Web.Inquiries.Webhooks;

/// <summary>
/// Push messages of Alibaba's open platform: <c>Authorization</c> is the HMAC-SHA256 of application key and raw body,
/// in lower-case hexadecimal. Nothing but the body is signed, so its own timestamp is checked, and deliveries are known
/// apart by the message id in the data or else by the body's hash.
/// </summary>
internal sealed class AlibabaPush : IWebhookAdapter
{
    /// <summary>The platform repeats an unanswered push 12 times, half an hour apart, with the same body.</summary>
    private static readonly TimeSpan RetrySpan = TimeSpan.FromHours(7);

    private static readonly TimeSpan Ahead = TimeSpan.FromMinutes(5);

    public string Scheme => "alibaba";

    public IReadOnlyList<WebhookHeader> Headers { get; } =
    [
        new("Authorization", "Scheme alibaba: lower-case hexadecimal HMAC-SHA256 of application key and body."),
    ];

    /// <summary>No published text names the type of an inquiry: this one is our assumption.</summary>
    public IReadOnlyList<string> InquiryTypes => ["100"];

    public NewWebhookSecret MakeSecret() =>
        new(Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32)), AppKey: "workflows");

    /// <summary>The application's secret, as text.</summary>
    public byte[] DecodeSecret(string secret) =>
        secret.Length >= 8
            ? Encoding.UTF8.GetBytes(secret)
            : throw new FormatException("An application secret has at least 8 characters.");

    public WebhookVerdict Check(WebhookEnvelope envelope) =>
        SignatureOf(envelope.Headers) is null
            ? WebhookVerdict.BadHeader("Authorization")
            : WebhookVerdict.Authentic;

    public WebhookVerdict Verify(WebhookEnvelope envelope, ReadOnlySequence<byte> body)
    {
        if (SignatureOf(envelope.Headers) is not { } given || !IsSigned(envelope.Source, body, given))
        {
            return WebhookVerdict.NotAuthentic("signature");
        }

        // Authentic but unreadable bodies go on, to be kept for a person.
        var (now, maxAge) = (envelope.ReceivedAt, envelope.Source.MaxAge ?? RetrySpan);
        return SentAt(body.ToArray()) is { } sent && (now - sent > maxAge || sent - now > Ahead)
            ? WebhookVerdict.NotAuthentic("stale")
            : WebhookVerdict.Authentic;
    }

    public WebhookMessage Read(WebhookDelivery delivery)
    {
        var hash = Sha256Hex.Lower(delivery.Body.Span);
        using var document = StrictJson.Parse(delivery.Body);
        if (document is null)
        {
            return new WebhookMessage.Unreadable(hash, "", "The body is not one JSON object.", []);
        }

        var root = document.RootElement;
        if (!root.TryGetProperty("message_type", out var type) || type.ValueKind != JsonValueKind.Number
            || !root.TryGetProperty("data", out var data) || data.ValueKind != JsonValueKind.Object)
        {
            return new WebhookMessage.Unreadable(hash, "", "It has no message_type and data.",
                [new("/message_type", ProblemType.WrongType.Slug, "Must be a number, beside an object data.")]);
        }

        var name = type.GetRawText();
        var eventId = MessageId(data) is { } id ? $"m-{id}" : hash;
        if (!delivery.Source.InquiryTypes.Contains(name))
        {
            return new WebhookMessage.Other(eventId, name);
        }

        var (inquiry, unread, errors) = GenerousJson.Read<AlibabaInquiry>(data, "/data");
        return inquiry is null
            ? new WebhookMessage.Unreadable(eventId, name, "The inquiry makes no sense.", errors)
            : WebhookMessage.Of(
                eventId, name, inquiry.ToInquiry(delivery.Source.Name, delivery.ReceivedAt, unread), eventId,
                "/data/content");
    }

    private static byte[]? SignatureOf(IHeaderDictionary headers) =>
        headers.Authorization is [{ Length: 64 } given] && given.All(char.IsAsciiHexDigitLower)
            ? Convert.FromHexString(given)
            : null;

    private static bool IsSigned(WebhookSource source, ReadOnlySequence<byte> body, byte[] given)
    {
        var key = Encoding.UTF8.GetBytes(source.AppKey);
        var found = false;
        foreach (var secret in source.Secrets)
        {
            found |= CryptographicOperations.FixedTimeEquals(RawHmac.Of(secret, key, body), given);
        }

        return found;
    }

    /// <summary>
    /// The body's time. Some message types write milliseconds, others seconds: by size they cannot be mistaken.
    /// </summary>
    private static DateTimeOffset? SentAt(ReadOnlyMemory<byte> body)
    {
        const long firstMilliseconds = 100_000_000_000;
        const long last = 253_402_300_799_000;
        using var document = StrictJson.Parse(body);
        if (document is null || !document.RootElement.TryGetProperty("timestamp", out var timestamp)
            || timestamp.ValueKind != JsonValueKind.Number || !timestamp.TryGetInt64(
                out var value) || value is < 0 or > last)
        {
            return null;
        }

        return value < firstMilliseconds
            ? DateTimeOffset.FromUnixTimeSeconds(value)
            : DateTimeOffset.FromUnixTimeMilliseconds(value);
    }

    private static string? MessageId(JsonElement data)
    {
        if (!data.TryGetProperty("message_id", out var id))
        {
            return null;
        }

        var text = id.ValueKind switch
        {
            JsonValueKind.String => id.GetString()!,
            JsonValueKind.Number => id.GetRawText(),
            _ => "",
        };
        return text.Length is > 0 and <= 64 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-')
            ? text
            : null;
    }
}
