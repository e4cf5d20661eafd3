using System.Collections.Concurrent;
using System.Reflection;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using Microsoft.Azure.Functions.Worker;
using Workflows.Azure.Tests.Hosting;

namespace Workflows.Azure.Tests.Story;

/// <summary>
/// What the Functions host does with queues: brings each message to its function, up to five times, then gives it up.
/// </summary>
internal sealed class QueuePump(QueueServiceClient queues, FunctionsHost functions)
{
    private const int MaxTries = 5;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(100);

    private readonly ConcurrentDictionary<string, bool> _made = new();

    private readonly Dictionary<string, string> _functions = functions.NamesOf<QueueTriggerAttribute>().ToDictionary(
        name => functions.Functions[name].GetParameters()[0].GetCustomAttribute<QueueTriggerAttribute>()!.QueueName);

    /// <summary>Handles every message that is visible now.</summary>
    /// <returns>How many there were.</returns>
    public async Task<int> PumpAsync()
    {
        return (await Task.WhenAll(_functions.Select(each => PumpAsync(each.Key, each.Value)))).Sum();
    }

    /// <summary>Handles messages as they come, as many at once as host.json says, until it is stopped.</summary>
    /// <param name="longestPause">Between two looks into a queue that was empty.</param>
    public Task ListenAsync(TimeSpan longestPause, CancellationToken end) =>
        Task.WhenAll(_functions.Select(each => ListenAsync(each.Key, each.Value, longestPause, end)));

    private async Task ListenAsync(string queue, string function, TimeSpan longestPause, CancellationToken end)
    {
        const int MostAtOnce = 24;
        const int Batch = 16;
        var client = queues.GetQueueClient(queue);
        await client.CreateIfNotExistsAsync(cancellationToken: end);
        using var free = new SemaphoreSlim(MostAtOnce);
        for (var pause = ShortestPause; !end.IsCancellationRequested;)
        {
            QueueMessage[] messages = free.CurrentCount < Batch ? []
                : (await client.ReceiveMessagesAsync(Batch, visibilityTimeout: TimeSpan.FromMinutes(1), end)).Value;
            foreach (var message in messages)
            {
                await free.WaitAsync(end);
                _ = HandleAsync(client, function, message).ContinueWith(_ => free.Release(), TaskScheduler.Default);
            }

            pause = messages.Length > 0
                || free.CurrentCount < Batch ? ShortestPause : pause * 2 < longestPause ? pause * 2 : longestPause;
            await Task.Delay(pause, TimeProvider.System, end).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
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
            await HandleAsync(client, function, message);
        }

        return messages.Length;
    }

    private async Task HandleAsync(QueueClient queue, string function, QueueMessage message)
    {
        try
        {
            await functions.CallAsync(function, message.MessageText, CancellationToken.None);
        }
        catch (Exception) when (message.DequeueCount < MaxTries)
        {
            return;
        }
        catch (Exception)
        {
            await PutAsync(queue.Name + "-poison", message.MessageText);
        }

        await queue.DeleteMessageAsync(message.MessageId, message.PopReceipt);
    }
}
