using System.Text.Json;
using Azure.Core;

namespace Azure.Data.Tables;

/// <summary>Reads the table service's errors: <c>{"odata.error":{"code":"…","message":{"value":"…"}}}</c>.</summary>
internal sealed class TableErrorParser : RequestFailedDetailsParser
{
    public override bool TryParse(Response response, out ResponseError error, out IDictionary<string, string> data)
    {
        data = null;
        error = Parse(response.Content.ToMemory().Span);
        return error is not null;
    }

    /// <summary>Null when it is no error of the service's form.</summary>
    public static ResponseError Parse(ReadOnlySpan<byte> body)
    {
        var reader = new Utf8JsonReader(body);
        try
        {
            using var json = JsonDocument.ParseValue(ref reader);
            var error = json.RootElement.GetProperty("odata.error");
            return new ResponseError(error.GetProperty("code").GetString(), error.GetProperty("message").GetProperty("value").GetString());
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return null;
        }
    }
}
