using Azure;
using Azure.Storage.Queues;
using Workflows.Azure.Storage;
using Workflows.Web.Messages;

namespace Workflows.Azure.Mail;

/// <summary>The queue <c>mail</c>: one message per mail that is to be tried, holding its id and nothing else.</summary>
internal sealed class MailQueue(QueueServiceClient service) : IMessageQueue
{
    public const string Name = "mail";

    // The service hides a message for at most 7 days; the longest wait of the schedule is far shorter.
    private static readonly TimeSpan LongestDelay = TimeSpan.FromDays(7);
    private static readonly TimeSpan Forever = TimeSpan.FromSeconds(-1);

    private readonly QueueClient _queue = service.GetQueueClient(Name);

    string IMessageQueue.Name => Name;

    Task IMessageQueue.PutAsync(string message, CancellationToken cancellation) => PutAsync(message, TimeSpan.Zero, cancellation);

    /// <summary>Durable when it returns.</summary>
    /// <exception cref="Platform.HomeUnavailableException">The storage does not answer.</exception>
    public async Task PutAsync(string mailId, TimeSpan delay, CancellationToken cancellation)
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
        catch (Exception exception) when (StorageTrouble.IsPassing(exception, cancellation))
        {
            throw StorageTrouble.Unavailable(exception);
        }

        Task SendAsync() => _queue.SendMessageAsync(mailId, hidden, Forever, cancellation);
    }
}
