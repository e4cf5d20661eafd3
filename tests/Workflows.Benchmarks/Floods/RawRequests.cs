using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Workflows.Benchmarks.Webhooks;

namespace Workflows.Benchmarks.Floods;

/// <summary>Requests as bytes.</summary>
internal static class RawRequests
{
    public static byte[] Probe { get; } = "GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n"u8.ToArray();

    /// <summary>A signed inquiry.</summary>
    public static byte[] Inquiry(string source, string secret, int number)
    {
        var body = SignedInquiry.BodyOf(number);
        var id = SignedInquiry.IdOf(number);
        var seconds = SignedInquiry.Seconds();
        var head = Head(source, id, seconds, SignedInquiry.Sign($"{id}.{seconds}.", body, secret), body.Length);
        return [.. head, .. body];
    }

    /// <summary>The head of a delivery whose signature is well formed and wrong.</summary>
    public static byte[] Unauthentic(string source, int number, int bodyLength) => Head(
        source, SignedInquiry.IdOf(number), SignedInquiry.Seconds(),
        "v1," + Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)), bodyLength);

    private static byte[] Head(string source, string id, string seconds, string signature, int bodyLength) =>
        Encoding.ASCII.GetBytes(string.Create(
            CultureInfo.InvariantCulture,
            $"""
            POST /api/webhooks/{source} HTTP/1.1
            Host: localhost
            Content-Type: application/json
            webhook-id: {id}
            webhook-timestamp: {seconds}
            webhook-signature: {signature}
            Content-Length: {bodyLength}


            """).ReplaceLineEndings("\r\n"));
}
