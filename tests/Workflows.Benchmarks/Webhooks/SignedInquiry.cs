using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

namespace Workflows.Benchmarks.Webhooks;

/// <summary>One inquiry as a platform sends it, signed by Standard Webhooks at the moment it is sent.</summary>
internal static class SignedInquiry
{
    public static HttpRequestMessage Create(Uri address, string secret, int number)
    {
        var body = BodyOf(number);
        var id = IdOf(number);
        var seconds = Seconds();
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        var request = new HttpRequestMessage(
            HttpMethod.Post, new Uri(address, "api/webhooks/standard"))
        { Content = content };
        request.Headers.Add("webhook-id", id);
        request.Headers.Add("webhook-timestamp", seconds);
        request.Headers.Add("webhook-signature", Sign($"{id}.{seconds}.", body, secret));
        return request;
    }

    public static byte[] BodyOf(int number) => Encoding.UTF8.GetBytes(
        $$"""
        {"type":"inquiry.created","timestamp":"2027-01-04T08:00:00Z","data":{"platformInquiryId":"bench-{{number}}",
        "buyer":{"name":"Petra Lindqvist","email":"petra.{{number}}@buyer{{number % 500}}.example","company":"Lindqvist Pumpar {{number % 500}} AB",
        "countryISO2":"SE","memberYears":4,"verified":true},
        "products":[{"name":"Gear reducer R-40","qty":120,"unit":"pcs"}],"incoterm":"FOB","destPort":"Gothenburg",
        "message":"Please quote 120 pieces with delivery to Gothenburg in March.","language":"en"} }
        """);

    public static string IdOf(int number) => string.Create(CultureInfo.InvariantCulture, $"msg_bench_{number}");

    public static string Seconds() =>
        TimeProvider.System.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);

    public static string Sign(string prefix, byte[] body, string secret)
    {
        var key = Convert.FromBase64String(secret["whsec_".Length..]);
        byte[] content = [.. Encoding.ASCII.GetBytes(prefix), .. body];
        return "v1," + Convert.ToBase64String(HMACSHA256.HashData(key, content));
    }
}
