using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Primitives;

namespace Workflows.Web.Inquiries.Webhooks;

/// <summary>
/// Standard Webhooks 1.0.0, symmetric (<c>v1</c>): HMAC-SHA256 over id, time and raw body, joined by points.
/// </summary>
internal sealed class StandardWebhooks : IWebhookAdapter
{
    public const string IdHeader = "webhook-id";
    public const string TimestampHeader = "webhook-timestamp";
    public const string SignatureHeader = "webhook-signature";

    /// <summary>Both ways, as in the reference libraries.</summary>
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    /// <summary>
    /// How many signatures of a list are tried: one per secret of a sender that replaces its secret, and to spare. Each
    /// costs a stranger nothing and us a comparison for each of our own secrets.
    /// </summary>
    private const int MostSignatures = 5;

    public string Scheme => "standard";

    public IReadOnlyList<WebhookHeader> Headers { get; } =
    [
        new(IdHeader, "Scheme standard: names the event, the same in every retry."),
        new(TimestampHeader, "Scheme standard: seconds since 1970, within five minutes of now."),
        new(SignatureHeader,
            "Scheme standard: v1, and the base64 HMAC-SHA256 of id, timestamp and body joined by points."),
    ];

    public IReadOnlyList<string> InquiryTypes => [];

    public NewWebhookSecret MakeSecret() =>
        new("whsec_" + Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)), AppKey: null);

    /// <summary>Base64 after an optional <c>whsec_</c>, at least 24 bytes.</summary>
    public byte[] DecodeSecret(string secret)
    {
        var bytes = Convert.FromBase64String(
            secret.StartsWith("whsec_", StringComparison.Ordinal) ? secret[6..] : secret);
        return bytes.Length >= 24 ? bytes : throw new FormatException("A secret has at least 24 bytes.");
    }

    public WebhookVerdict Check(WebhookEnvelope envelope)
    {
        if (Single(envelope, IdHeader) is not { } id || !IsId(id))
        {
            return WebhookVerdict.BadHeader(IdHeader);
        }

        if (Single(envelope, TimestampHeader) is not { } timestamp || !TryParseSeconds(timestamp, out var seconds))
        {
            return WebhookVerdict.BadHeader(TimestampHeader);
        }

        if (Single(envelope, SignatureHeader) is not { } signatures)
        {
            return WebhookVerdict.BadHeader(SignatureHeader);
        }

        var age = envelope.ReceivedAt.ToUnixTimeSeconds() - seconds;
        if (age > (envelope.Source.MaxAge ?? Tolerance).TotalSeconds || -age > Tolerance.TotalSeconds)
        {
            return WebhookVerdict.NotAuthentic("stale");
        }

        return GivenIn(signatures).Count > 0 ? WebhookVerdict.Authentic : WebhookVerdict.NotAuthentic("signature");
    }

    public WebhookVerdict Verify(WebhookEnvelope envelope, ReadOnlySequence<byte> body)
    {
        var headers = envelope.Headers;
        var prefix = Encoding.ASCII.GetBytes($"{headers[IdHeader]}.{headers[TimestampHeader]}.");
        return IsSigned(envelope.Source, prefix, body, GivenIn(headers[SignatureHeader].ToString()))
            ? WebhookVerdict.Authentic
            : WebhookVerdict.NotAuthentic("signature");
    }

    public WebhookMessage Read(WebhookDelivery delivery) =>
        InquiryEvents.Read(delivery.EventId ?? delivery.Headers[IdHeader].ToString(), delivery);

    private static bool IsSigned(
        WebhookSource source, byte[] prefix, ReadOnlySequence<byte> body, IReadOnlyList<byte[]> given)
    {
        var found = false;
        foreach (var secret in source.Secrets)
        {
            var expected = RawHmac.Of(secret, prefix, body);
            foreach (var signature in given)
            {
                found |= CryptographicOperations.FixedTimeEquals(signature, expected);
            }
        }

        return found;
    }

    // Other versions in the list are for other receivers; none of them is trusted here.
    private static List<byte[]> GivenIn(string signatures) =>
        [
            .. signatures.Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .Where(part => part.StartsWith("v1,", StringComparison.Ordinal))
                .Take(MostSignatures)
                .Select(part => Decode(part[3..]))
                .OfType<byte[]>(),
        ];

    /// <summary>
    /// Decoders differ in what stray bits they forgive: only the one canonical text of a signature counts.
    /// </summary>
    private static byte[]? Decode(string signature)
    {
        var bytes = new byte[HMACSHA256.HashSizeInBytes];
        return signature.Length == 44
            && Convert.TryFromBase64String(signature, bytes, out var length) && length == bytes.Length
            && Convert.ToBase64String(bytes) == signature
                ? bytes
                : null;
    }

    private static string? Single(WebhookEnvelope envelope, string header)
    {
        var values = envelope.Headers[header];
        return values.Count == 1 && !StringValues.IsNullOrEmpty(values) ? values[0] : null;
    }

    private static bool IsId(string id) =>
        id.Length <= 64 && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-');

    private static bool TryParseSeconds(string text, out long seconds)
    {
        seconds = 0;
        return text.Length is > 0 and <= 18 && text.All(char.IsAsciiDigit)
            && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out seconds);
    }
}
