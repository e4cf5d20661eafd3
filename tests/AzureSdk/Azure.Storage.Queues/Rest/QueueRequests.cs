using System.Globalization;
using System.Text;
using System.Xml.Linq;
using Azure.Core;
using Azure.Core.Pipeline;

namespace Azure.Storage.Queues;

/// <summary>The requests of the queue service: https://learn.microsoft.com/rest/api/storageservices/queue-service-rest-api.</summary>
internal sealed class QueueRequests(HttpPipeline pipeline, Uri endpoint, QueueClientOptions options)
{
    public Task<Response> CreateAsync(string queue, CancellationToken cancellation) =>
        SendAsync(RequestMethod.Put, queue, [201, 204, 409], cancellation: cancellation);

    public Task<Response> DeleteMessageAsync(string queue, string messageId, string popReceipt, CancellationToken cancellation) =>
        SendAsync(RequestMethod.Delete, $"{queue}/messages/{messageId}", [204], [("popreceipt", popReceipt)], cancellation: cancellation);

    public async Task<(XElement Sent, Response Response)> SendMessageAsync(
        string queue, string text, TimeSpan? visibility, TimeSpan? life, CancellationToken cancellation)
    {
        var body = new XElement("QueueMessage", new XElement("MessageText", Encode(text)));
        var response = await SendAsync(
            RequestMethod.Post,
            $"{queue}/messages",
            [201],
            [("visibilitytimeout", Seconds(visibility)), ("messagettl", Seconds(life))],
            body,
            cancellation);
        return (Parse(response).Single(), response);
    }

    public async Task<(IReadOnlyList<XElement> Received, Response Response)> ReceiveMessagesAsync(
        string queue, int? most, TimeSpan? visibility, CancellationToken cancellation)
    {
        var response = await SendAsync(
            RequestMethod.Get,
            $"{queue}/messages",
            [200],
            [("numofmessages", most?.ToString(CultureInfo.InvariantCulture)), ("visibilitytimeout", Seconds(visibility))],
            cancellation: cancellation);
        return (Parse(response), response);
    }

    public string Decode(string text) => options.MessageEncoding == QueueMessageEncoding.Base64
        ? Encoding.UTF8.GetString(Convert.FromBase64String(text))
        : text;

    private string Encode(string text) => options.MessageEncoding == QueueMessageEncoding.Base64
        ? Convert.ToBase64String(Encoding.UTF8.GetBytes(text))
        : text;

    private static string Seconds(TimeSpan? time) => time is { } known ? ((long)known.TotalSeconds).ToString(CultureInfo.InvariantCulture) : null;

    private static List<XElement> Parse(Response response) =>
        [.. XElement.Parse(response.Content.ToString().TrimStart('\uFEFF')).Elements("QueueMessage")];

    private async Task<Response> SendAsync(
        RequestMethod method,
        string path,
        int[] expected,
        (string Name, string Value)[] query = null,
        XElement body = null,
        CancellationToken cancellation = default)
    {
        var message = pipeline.CreateMessage();
        var request = message.Request;
        request.Method = method;
        request.Uri.Reset(new Uri($"{endpoint.AbsoluteUri.TrimEnd('/')}/{path}"));
        foreach (var (name, value) in (query ?? []).Where(parameter => parameter.Value is not null))
        {
            request.Uri.AppendQuery(name, value);
        }

        request.Headers.Add("x-ms-version", options.VersionString);
        request.Headers.Add("Accept", "application/xml");
        if (body is not null)
        {
            request.Headers.Add("Content-Type", "application/xml");
            request.Content = RequestContent.Create(Encoding.UTF8.GetBytes(body.ToString(SaveOptions.DisableFormatting)));
        }

        await pipeline.SendAsync(message, cancellation);
        return expected.Contains(message.Response.Status) ? message.Response : throw new RequestFailedException(message.Response);
    }
}
