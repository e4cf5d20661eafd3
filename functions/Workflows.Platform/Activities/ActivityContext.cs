namespace Workflows.Platform;

/// <summary>
/// What a running activity is given. In the embedded home its table writes, its mails and its completion commit in one
/// transaction: they happen once, or not at all. On Azure they are idempotent writes before the completion: at least
/// once, to the same end state. Code that keys its rows by instance and step is right in both.
/// </summary>
public abstract class ActivityContext
{
    /// <summary>The instance that called.</summary>
    public abstract string InstanceId { get; }

    /// <summary>The recorded name of the activity.</summary>
    public abstract string Name { get; }

    /// <summary>The step's number within the instance; the same in every attempt.</summary>
    public abstract int TaskId { get; }

    /// <summary>How often this step has been started, from 1; retries and runs after a crash count.</summary>
    public abstract int Attempt { get; }

    /// <summary>
    /// Unique to instance, generation and step, and the same in every attempt: the key for effects elsewhere.
    /// </summary>
    public abstract string IdempotencyKey { get; }

    /// <summary>Time of the home's clock, UTC.</summary>
    public abstract DateTimeOffset UtcNow { get; }

    /// <summary>The store, as this activity's transaction sees it: its own writes are visible to its reads.</summary>
    public abstract ITableStore Tables { get; }

    /// <summary>The outbox; what is enqueued goes out only if the activity completes.</summary>
    public abstract IMailOutbox Mail { get; }

    /// <summary>Set when the home is stopping; the activity will be run again after the start.</summary>
    public abstract CancellationToken Stopping { get; }
}
