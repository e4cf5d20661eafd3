using Azure.Storage.Queues;
using Workflows.Azure.Storage;
using Workflows.Web.Operations;

namespace Workflows.Azure.Mail;

/// <summary>The queue <c>mail</c>: one message per mail that is to be tried, holding its id and nothing else.</summary>
internal sealed class MailQueue(QueueServiceClient service) : IMessageQueue
{
    public const string Name = "mail";

    private readonly StorageQueue _queue = new(service, Name);

    string IMessageQueue.Name => Name;

    Task IMessageQueue.PutAsync(string message, CancellationToken cancellation) =>
        PutAsync(message, TimeSpan.Zero, cancellation);

    /// <summary>
    /// Durable when it returns. The longest wait of the schedule is far shorter than what a queue can hide.
    /// </summary>
    /// <exception cref="Platform.HomeUnavailableException">The storage does not answer.</exception>
    public Task PutAsync(string mailId, TimeSpan delay, CancellationToken cancellation) =>
        _queue.PutAsync(mailId, delay, cancellation);
}
