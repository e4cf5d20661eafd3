using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Azure.Core;
using Azure.Core.Pipeline;

namespace Azure.Data.Tables;

/// <summary>Signs with SharedKeyLite, the short form of the table service: date and resource.</summary>
internal sealed class TableSharedKeyPolicy(string account, string key) : HttpPipelineSynchronousPolicy
{
    public override void OnSendingRequest(HttpMessage message)
    {
        var date = TimeProvider.System.GetUtcNow().ToString("r", CultureInfo.InvariantCulture);
        var resource = $"/{account}{message.Request.Uri.ToUri().AbsolutePath}";
        var signature = HMACSHA256.HashData(Convert.FromBase64String(key), Encoding.UTF8.GetBytes($"{date}\n{resource}"));
        message.Request.Headers.SetValue("x-ms-date", date);
        message.Request.Headers.SetValue("Authorization", $"SharedKeyLite {account}:{Convert.ToBase64String(signature)}");
    }
}
