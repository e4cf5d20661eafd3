using Workflows.Engine.Instances.Scheduling;

namespace Workflows.Engine.Instances.Messages;

/// <summary>A message in an instance's mailbox.</summary>
internal abstract class InstanceMessage
{
    /// <summary>Whether a caller waits for the answer. When the storage fails, such a message fails at once.</summary>
    public virtual bool IsRequest => false;

    public virtual Urgency Urgency => Urgency.Asked;

    /// <summary>Its number in the inbox table; 0 when it is only in memory.</summary>
    public long InboxSeq { get; init; }

    /// <summary>Whether it was read from the inbox table together with the instance.</summary>
    public bool IsLoaded { get; init; }

    /// <summary>Gives the exception to the caller who waits, if there is one.</summary>
    public virtual void Fail(Exception exception)
    {
    }

    /// <summary>Fails the requests of a list and removes them from it.</summary>
    public static void FailRequests(List<InstanceMessage> messages, Exception exception)
    {
        foreach (var request in messages.Where(message => message.IsRequest))
        {
            request.Fail(exception);
        }

        messages.RemoveAll(message => message.IsRequest);
    }
}
