using Azure;
using Azure.Storage.Queues;
using Workflows.Platform;

namespace Workflows.Azure.Storage;

/// <summary>A queue of the storage account.</summary>
internal sealed class StorageQueue(QueueServiceClient service, string name)
{
    /// <summary>What the host adds to a queue's name for the messages that it gives up on.</summary>
    public const string Poison = "-poison";

    // The service hides a message for at most 7 days.
    private static readonly TimeSpan LongestDelay = TimeSpan.FromDays(7);
    private static readonly TimeSpan Forever = TimeSpan.FromSeconds(-1);

    private readonly QueueClient _queue = service.GetQueueClient(name);

    /// <summary>
    /// Makes a queue and its poison queue, if they are not there. The host polls the queues of its triggers from the
    /// start, and warns at each poll of one that is missing. Safe in several processes at once.
    /// </summary>
    /// <exception cref="HomeUnavailableException">The storage does not answer.</exception>
    public static async Task EnsureAsync(QueueServiceClient service, string name, CancellationToken cancellation)
    {
        try
        {
            await service.GetQueueClient(name).CreateIfNotExistsAsync(cancellationToken: cancellation);
            await service.GetQueueClient(name + Poison).CreateIfNotExistsAsync(cancellationToken: cancellation);
        }
        catch (Exception exception) when (StorageFailure.IsPassing(exception, cancellation))
        {
            throw StorageFailure.Unavailable(exception);
        }
    }

    /// <summary>
    /// Puts a message in line, to be seen after a delay of 7 days at most. Durable when it returns. A queue that was
    /// deleted comes again.
    /// </summary>
    /// <exception cref="HomeUnavailableException">The storage does not answer.</exception>
    public async Task PutAsync(string message, TimeSpan delay, CancellationToken cancellation)
    {
        var hidden = delay < TimeSpan.Zero ? TimeSpan.Zero : delay > LongestDelay ? LongestDelay : delay;
        try
        {
            try
            {
                await SendAsync();
            }
            catch (RequestFailedException missing) when (missing.Status == 404)
            {
                await _queue.CreateIfNotExistsAsync(cancellationToken: cancellation);
                await SendAsync();
            }
        }
        catch (Exception exception) when (StorageFailure.IsPassing(exception, cancellation))
        {
            throw StorageFailure.Unavailable(exception);
        }

        Task SendAsync() => _queue.SendMessageAsync(message, hidden, Forever, cancellation);
    }
}
