using System.Collections.Concurrent;
using System.Xml.Linq;
using Azure;
using Azure.Storage.Queues;

namespace Workflows.Azure.Tests.DurableHost;

/// <summary>
/// The messages that a process has received from queues and has not deleted: nobody else sees one until its visibility
/// timeout has passed. When the process is over, that time is made to pass at once.
/// </summary>
internal sealed class HeldMessages(string connection)
{
    private readonly ConcurrentDictionary<(string Queue, string Id), string> _receipts = new();

    /// <summary>Takes note of what an answered request did to messages.</summary>
    public async Task NoteAsync(HttpRequestMessage request, HttpResponseMessage response)
    {
        // /account/queue/messages, and /account/queue/messages/id.
        if (
            !response.IsSuccessStatusCode
                || request.RequestUri!.Segments is not [_, _, var queue, var messages, ..] segments
            || !messages.StartsWith("messages", StringComparison.Ordinal))
        {
            return;
        }

        queue = queue.TrimEnd('/');
        if (segments is [.., var id] && segments.Length == 5)
        {
            if (request.Method == HttpMethod.Delete)
            {
                _receipts.TryRemove((queue, id), out _);
            }
            else if (response.Headers.TryGetValues("x-ms-popreceipt", out var receipts))
            {
                _receipts[(queue, id)] = receipts.First();
            }
        }
        else if (request.Method == HttpMethod.Get)
        {
            await response.Content.LoadIntoBufferAsync();
            foreach (
                var message in XDocument.Parse(await response.Content.ReadAsStringAsync()).Descendants("QueueMessage"))
            {
                _receipts[(queue, message.Element("MessageId")!.Value)] = message.Element("PopReceipt")!.Value;
            }
        }
    }

    /// <summary>Makes them visible.</summary>
    public async Task GiveBackAsync()
    {
        var queues = new QueueServiceClient(connection);
        foreach (var ((queue, id), receipt) in _receipts)
        {
            try
            {
                await queues.GetQueueClient(queue).UpdateMessageAsync(id, receipt, visibilityTimeout: TimeSpan.Zero);
            }
            catch (RequestFailedException gone) when (gone.Status is 400 or 404)
            {
                // Another receiver has it by now, or has deleted it.
            }
        }

        _receipts.Clear();
    }
}
