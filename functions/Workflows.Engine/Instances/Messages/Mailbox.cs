using Workflows.Engine.Instances.Scheduling;

namespace Workflows.Engine.Instances.Messages;

internal enum PostOutcome
{
    /// <summary>The instance has left the memory and takes no message any more.</summary>
    Refused,

    /// <summary>A thread handles the instance, or it stands in the queue, far enough ahead.</summary>
    Waits,

    /// <summary>The instance stands in the queue, and the message is more urgent than its place.</summary>
    MovesAhead,

    /// <summary>No thread handled the instance; one must do so now.</summary>
    Activates,
}

/// <summary>
/// Where messages for one instance arrive, from any thread. An instance with messages is active: one thread has its
/// turn, or it stands in the scheduler's queue for one, or a write of it is on its way. So nothing of it runs twice at
/// a time.
/// </summary>
internal sealed class Mailbox(InstanceRegistry registry)
{
    private readonly Lock _gate = new();
    private readonly List<InstanceMessage> _arrived = [];
    private bool _active;
    private bool _queued;
    private Urgency _urgency;
    private volatile bool _closed;

    /// <summary>Whether the instance has left the memory.</summary>
    public bool IsClosed => _closed;

    /// <summary>Adds a message.</summary>
    /// <param name="message">The message.</param>
    /// <param name="runHere">Whether the caller handles the instance itself when this activates it.</param>
    public PostOutcome Post(InstanceMessage message, bool runHere)
    {
        lock (_gate)
        {
            if (_closed)
            {
                return PostOutcome.Refused;
            }

            _arrived.Add(message);
            if (_active && !(_queued && message.Urgency < _urgency))
            {
                return PostOutcome.Waits;
            }

            var wasActive = _active;
            _active = true;
            _queued = !runHere || wasActive;
            _urgency = message.Urgency;
            if (wasActive)
            {
                return PostOutcome.MovesAhead;
            }

            registry.Begin();
            return PostOutcome.Activates;
        }
    }

    /// <summary>Notes that an active instance stands in the scheduler's queue again.</summary>
    public void Queue(Urgency urgency)
    {
        lock (_gate)
        {
            _queued = true;
            _urgency = urgency;
        }
    }

    /// <summary>
    /// Takes the instance out of the queue. False when it was taken out before, at another place of the queue.
    /// </summary>
    public bool TryLeaveQueue()
    {
        lock (_gate)
        {
            var wasQueued = _queued;
            _queued = false;
            return wasQueued;
        }
    }

    public void MoveTo(PendingMessages pending)
    {
        lock (_gate)
        {
            pending.MoveFrom(_arrived);
        }
    }

    /// <summary>Ends the activation. False when there are messages, or the mailbox is closed.</summary>
    /// <param name="leaves">
    /// Whether the instance leaves the memory, so that the mailbox takes no message any more.
    /// </param>
    public bool TryRest(bool leaves)
    {
        lock (_gate)
        {
            if (_closed || _arrived.Count > 0)
            {
                return false;
            }

            _active = false;
            _closed = leaves;
            registry.End();
            return true;
        }
    }

    public void FailRequests(Exception exception)
    {
        lock (_gate)
        {
            InstanceMessage.FailRequests(_arrived, exception);
        }
    }

    public void Close() => _closed = true;
}
