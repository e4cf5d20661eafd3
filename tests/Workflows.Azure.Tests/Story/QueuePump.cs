using System.Collections.Concurrent;
using System.Reflection;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using Microsoft.Azure.Functions.Worker;
using Workflows.Azure.Tests.Hosting;

namespace Workflows.Azure.Tests.Story;

/// <summary>What the Functions host does with queues: brings each message to its function, up to five times, then gives it up.</summary>
internal sealed class QueuePump(QueueServiceClient queues, FunctionsHost functions)
{
    private const int MaxTries = 5;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, bool> _made = new();

    private readonly Dictionary<string, string> _functions = functions.NamesOf<QueueTriggerAttribute>().ToDictionary(
        name => functions.Functions[name].GetParameters()[0].GetCustomAttribute<QueueTriggerAttribute>()!.QueueName);

    /// <summary>Handles every message that is visible now.</summary>
    /// <returns>How many there were.</returns>
    public async Task<int> PumpAsync()
    {
        return (await Task.WhenAll(_functions.Select(each => PumpAsync(each.Key, each.Value)))).Sum();
    }

    /// <summary>Puts a message into a queue, as it is.</summary>
    public async Task PutAsync(string queue, string message)
    {
        var client = queues.GetQueueClient(queue);
        await client.CreateIfNotExistsAsync();
        await client.SendMessageAsync(message, TimeSpan.Zero, TimeSpan.FromSeconds(-1), CancellationToken.None);
    }

    /// <summary>Takes every message that is visible now out of a queue, so that nobody handles it.</summary>
    public async Task<IReadOnlyList<string>> TakeAsync(string queue)
    {
        var client = queues.GetQueueClient(queue);
        QueueMessage[] messages = (await client.ReceiveMessagesAsync(maxMessages: 32, visibilityTimeout: Pause)).Value;
        foreach (var message in messages)
        {
            await client.DeleteMessageAsync(message.MessageId, message.PopReceipt);
        }

        return [.. messages.Select(message => message.MessageText)];
    }

    private async Task<int> PumpAsync(string queue, string function)
    {
        var client = queues.GetQueueClient(queue);
        if (_made.TryAdd(queue, true))
        {
            await client.CreateIfNotExistsAsync();
        }

        QueueMessage[] messages = (await client.ReceiveMessagesAsync(maxMessages: 16, visibilityTimeout: Pause)).Value;
        foreach (var message in messages)
        {
            try
            {
                await functions.CallAsync(function, message.MessageText, CancellationToken.None);
            }
            catch (Exception) when (message.DequeueCount < MaxTries)
            {
                continue;
            }
            catch (Exception)
            {
                await PutAsync(queue + "-poison", message.MessageText);
            }

            await client.DeleteMessageAsync(message.MessageId, message.PopReceipt);
        }

        return messages.Length;
    }
}
