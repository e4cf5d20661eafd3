using System.Text;
using System.Text.Json;
using Workflows.Azure.Storage;
using Workflows.Inquiries;
using Workflows.Platform;
using Workflows.Web.Operations;

namespace Workflows.Azure.Inbound;

/// <summary>An inquiry that was taken from a webhook and not acted on yet.</summary>
/// <param name="MessageId">The source's id of the message: the same one again has no effect.</param>
public sealed record InboundInquiry(Inquiry Inquiry, string MessageId);

/// <summary>The queue <c>inbound</c>: one message per webhook that is to be acted on.</summary>
internal sealed class InboundQueue(StorageAccount account) : IMessageQueue
{
    public const string Name = "inbound";

    /// <summary>Base64 makes a third more of it, and the service takes 64 KiB.</summary>
    private const int LongestMessage = 48 * 1024;

    private readonly StorageQueue _queue = new(account.Queues, Name);

    string IMessageQueue.Name => Name;

    /// <summary>Puts an inquiry in line. Durable when it returns.</summary>
    /// <returns>False when it is too large for a message.</returns>
    /// <exception cref="HomeUnavailableException">The storage does not answer.</exception>
    public async Task<bool> TryPutAsync(InboundInquiry inquiry, CancellationToken cancellation)
    {
        var message = JsonSerializer.Serialize(inquiry, DurableJson.Options);
        if (Encoding.UTF8.GetByteCount(message) > LongestMessage)
        {
            return false;
        }

        await PutAsync(message, cancellation);
        return true;
    }

    /// <inheritdoc/>
    public Task PutAsync(string message, CancellationToken cancellation) =>
        _queue.PutAsync(message, TimeSpan.Zero, cancellation);
}
