namespace Workflows.Engine.Storage;

/// <summary>
/// One unit of writing. Many share a transaction, so an item first checks all its conditions and then writes: it never
/// leaves half of itself behind. The callbacks run on the writer's thread and must be short.
/// </summary>
internal abstract class WriteItem
{
    /// <summary>Whether the last <see cref="Apply"/> wrote; set by the writer.</summary>
    public bool Applied { get; set; }

    /// <summary>
    /// Whether the item stays in line while the storage fails: work that is already under way. Requests from
    /// outside do not; they are told at once.
    /// </summary>
    public virtual bool KeepsTrying => false;

    /// <summary>Checks, then writes. False means that a condition did not hold and nothing was written.</summary>
    public abstract bool Apply(Connection connection);

    /// <summary>It is durable.</summary>
    public abstract void Committed();

    /// <summary>A condition did not hold; others of the batch may be durable.</summary>
    public abstract void Rejected();

    /// <summary>It was not written and will not be tried again.</summary>
    public abstract void Failed(Exception exception);

    /// <summary>The storage fails; an item that <see cref="KeepsTrying"/> will be tried again.</summary>
    public virtual void Delayed(Exception exception)
    {
    }
}

/// <summary>A write from outside, awaited by its caller.</summary>
/// <param name="apply">Checks, then writes, and gives what the caller gets once it is durable.</param>
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
