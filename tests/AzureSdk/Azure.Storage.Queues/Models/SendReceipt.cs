namespace Azure.Storage.Queues.Models;

/// <summary>A message was taken.</summary>
public class SendReceipt
{
    internal SendReceipt(string messageId, string popReceipt)
    {
        MessageId = messageId;
        PopReceipt = popReceipt;
    }

    public string MessageId { get; }

    public string PopReceipt { get; }
}
