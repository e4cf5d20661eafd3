namespace Azure.Storage.Queues.Models;

/// <summary>A message that was given out; it comes back when it is not deleted in time.</summary>
public class QueueMessage
{
    internal QueueMessage(string messageId, string popReceipt, string messageText, long dequeueCount)
    {
        MessageId = messageId;
        PopReceipt = popReceipt;
        MessageText = messageText;
        DequeueCount = dequeueCount;
    }

    public string MessageId { get; }

    public string PopReceipt { get; }

    public string MessageText { get; }

    public long DequeueCount { get; }
}
