using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Azure.Core;
using Azure.Core.Pipeline;

namespace Azure.Storage.Queues;

/// <summary>Signs with SharedKey: the verb, the standard headers, the service's own headers, and the resource with its query.</summary>
internal sealed class QueueSharedKeyPolicy(string account, string key) : HttpPipelineSynchronousPolicy
{
    private static readonly string[] StandardHeaders =
    [
        "Content-Encoding", "Content-Language", "Content-Length", "Content-MD5", "Content-Type", "Date",
        "If-Modified-Since", "If-Match", "If-None-Match", "If-Unmodified-Since", "Range",
    ];

    public override void OnSendingRequest(HttpMessage message)
    {
        var request = message.Request;
        request.Headers.SetValue("x-ms-date", TimeProvider.System.GetUtcNow().ToString("r", CultureInfo.InvariantCulture));
        var signature = HMACSHA256.HashData(Convert.FromBase64String(key), Encoding.UTF8.GetBytes(Describe(request)));
        request.Headers.SetValue("Authorization", $"SharedKey {account}:{Convert.ToBase64String(signature)}");
    }

    private string Describe(Request request)
    {
        var text = new StringBuilder(request.Method.ToString());
        foreach (var header in StandardHeaders)
        {
            text.Append('\n').Append(ValueOf(request, header));
        }

        var own = request.Headers
            .Where(header => header.Name.StartsWith("x-ms-", StringComparison.OrdinalIgnoreCase))
            .OrderBy(header => header.Name, StringComparer.OrdinalIgnoreCase);
        foreach (var header in own)
        {
            text.Append('\n').Append(header.Name.ToLowerInvariant()).Append(':').Append(header.Value);
        }

        var address = request.Uri.ToUri();
        text.Append("\n/").Append(account).Append(address.AbsolutePath);
        var parameters = address.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Select(parameter => parameter.Split('=', 2))
            .OrderBy(pair => pair[0], StringComparer.OrdinalIgnoreCase);
        foreach (var pair in parameters)
        {
            text.Append('\n').Append(pair[0].ToLowerInvariant()).Append(':').Append(Uri.UnescapeDataString(pair[1]));
        }

        return text.ToString();
    }

    private static string ValueOf(Request request, string header) => header switch
    {
        // Of an empty body the length is left out; of another, the transport sets it later.
        "Content-Length" => request.Content is not null && request.Content.TryComputeLength(out var length) && length > 0
            ? length.ToString(CultureInfo.InvariantCulture)
            : "",
        _ => request.Headers.TryGetValue(header, out var value) ? value : "",
    };
}
