using System.Globalization;
using System.Xml.Linq;
using Azure.Storage.Queues.Models;

namespace Azure.Storage.Queues;

public class QueueClient
{
    private readonly QueueRequests _requests;

    internal QueueClient(QueueRequests requests, string queueName)
    {
        _requests = requests;
        Name = queueName;
    }

    protected QueueClient()
    {
    }

    public virtual string Name { get; }

    /// <returns>Null when it is there.</returns>
    public virtual async Task<Response> CreateIfNotExistsAsync(
        IDictionary<string, string> metadata = null, CancellationToken cancellationToken = default)
    {
        if (metadata is { Count: > 0 })
        {
            throw new NotSupportedException("This stand-in makes queues without metadata.");
        }

        var response = await _requests.CreateAsync(Name, cancellationToken);
        return response.Status switch
        {
            201 => response,
            409 when new RequestFailedException(response) is { ErrorCode: not "QueueAlreadyExists" } other => throw other,
            _ => null,
        };
    }

    public virtual async Task<Response<SendReceipt>> SendMessageAsync(
        string messageText,
        TimeSpan? visibilityTimeout = null,
        TimeSpan? timeToLive = null,
        CancellationToken cancellationToken = default)
    {
        var (sent, response) = await _requests.SendMessageAsync(Name, messageText, visibilityTimeout, timeToLive, cancellationToken);
        return Response.FromValue(new SendReceipt(Text(sent, "MessageId"), Text(sent, "PopReceipt")), response);
    }

    public virtual async Task<Response<QueueMessage[]>> ReceiveMessagesAsync(
        int? maxMessages = null, TimeSpan? visibilityTimeout = null, CancellationToken cancellationToken = default)
    {
        var (received, response) = await _requests.ReceiveMessagesAsync(Name, maxMessages, visibilityTimeout, cancellationToken);
        return Response.FromValue(received.Select(ToMessage).ToArray(), response);
    }

    public virtual Task<Response> DeleteMessageAsync(
        string messageId, string popReceipt, CancellationToken cancellationToken = default) =>
        _requests.DeleteMessageAsync(Name, messageId, popReceipt, cancellationToken);

    private QueueMessage ToMessage(XElement message) => new(
        Text(message, "MessageId"),
        Text(message, "PopReceipt"),
        _requests.Decode(Text(message, "MessageText")),
        long.Parse(Text(message, "DequeueCount"), CultureInfo.InvariantCulture));

    private static string Text(XElement message, string name) => message.Element(name)?.Value;
}
