using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Workflows.Embedded.Serving;

namespace Workflows.Embedded.Demo;

/// <summary>The two platforms that send inquiries, each signing in its own way.</summary>
internal static class Platforms
{
    /// <summary>Standard Webhooks: HMAC-SHA256 over id, time and body.</summary>
    public static HttpRequestMessage Standard(WebhookSettings source, string id, DateTimeOffset now, object inquiry)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(
            new { type = "inquiry.created", timestamp = now.UtcDateTime, data = inquiry });
        var seconds = now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        byte[] signed = [.. Encoding.ASCII.GetBytes($"{id}.{seconds}."), .. body];
        var secret = Convert.FromBase64String(source.Secrets[0].Replace("whsec_", "", StringComparison.Ordinal));
        var request = Post("/api/webhooks/standard", body);
        request.Headers.Add("webhook-id", id);
        request.Headers.Add("webhook-timestamp", seconds);
        request.Headers.Add("webhook-signature", "v1," + Convert.ToBase64String(HMACSHA256.HashData(secret, signed)));
        return request;
    }

    /// <summary>Alibaba's push: HMAC-SHA256 over application key and body, in hexadecimal.</summary>
    public static HttpRequestMessage Alibaba(WebhookSettings source, DateTimeOffset now, object data)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(new
        {
            seller_id = "1234567",
            message_type = 100,
            data,
            timestamp = now.ToUnixTimeMilliseconds(),
            site = "alibaba_com",
        });
        byte[] signed = [.. Encoding.UTF8.GetBytes(source.AppKey ?? ""), .. body];
        var request = Post("/api/webhooks/alibaba", body);
        request.Headers.TryAddWithoutValidation(
            "Authorization",
            Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(source.Secrets[0]), signed)));
        return request;
    }

    private static HttpRequestMessage Post(string path, byte[] body)
    {
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
    }
}
