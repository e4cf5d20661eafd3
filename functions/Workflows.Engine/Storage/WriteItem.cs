namespace Workflows.Engine.Storage;

/// <summary>
/// A unit of writing. Many items share a transaction, so an item checks all its conditions before it writes: it must
/// never write in part. The callbacks run on the writer's thread and must be short.
/// </summary>
internal abstract class WriteItem
{
    /// <summary>The result of the last <see cref="Apply"/>; set by the writer.</summary>
    public bool Applied { get; set; }

    /// <summary>
    /// Whether the item stays queued while the storage fails, because it is work under way. A request of a caller does
    /// not: it fails at once.
    /// </summary>
    public virtual bool KeepsTrying => false;

    /// <summary>
    /// Checks the conditions, then writes. False when a condition did not hold; then nothing was written.
    /// </summary>
    public abstract bool Apply(Connection connection);

    /// <summary>The item was written and is durable.</summary>
    public abstract void Committed();

    /// <summary>A condition did not hold, and the item was not written. Other items of the batch may be.</summary>
    public abstract void Rejected();

    /// <summary>The item was not written and is not tried again.</summary>
    public abstract void Failed(Exception exception);

    /// <summary>The storage failed; an item that <see cref="KeepsTrying"/> is tried again.</summary>
    public virtual void Delayed(Exception exception)
    {
    }
}

/// <summary>A write that its caller awaits.</summary>
/// <param name="apply">Writes, and returns what the caller gets once the write is durable.</param>
internal sealed class AwaitedWrite<T>(Func<Connection, T> apply) : WriteItem
{
    private readonly TaskCompletionSource<T> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T? _result;

    public Task<T> Task => _done.Task;

    public override bool Apply(Connection connection)
    {
        _result = apply(connection);
        return true;
    }

    public override void Committed() => _done.TrySetResult(_result!);

    public override void Rejected() => throw new InvalidOperationException("An awaited write has no conditions.");

    public override void Failed(Exception exception) => _done.TrySetException(exception);
}
