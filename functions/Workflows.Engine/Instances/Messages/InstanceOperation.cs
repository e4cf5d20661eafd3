using Workflows.Platform;

namespace Workflows.Engine.Instances.Messages;

internal enum OperationKind
{
    Suspend,
    Resume,
    Terminate,
    Rewind,
    Purge,
}

/// <summary>An operation that a caller, or the parent orchestration, requests of an instance.</summary>
internal sealed class InstanceOperation(OperationKind kind, string reason, bool recursive = false) : InstanceMessage
{
    private readonly TaskCompletionSource<OperationOutcome> _done =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    public OperationKind Kind { get; } = kind;

    public string Reason { get; } = reason;

    /// <summary>Whether sub-orchestrations are terminated too.</summary>
    public bool Recursive { get; } = recursive;

    public Task<OperationOutcome> Done => _done.Task;

    /// <summary>A parent's request is in the inbox table, and nobody waits for its answer.</summary>
    public override bool IsRequest => InboxSeq == 0;

    public void Answer(OperationOutcome outcome) => _done.TrySetResult(outcome);

    public override void Fail(Exception exception) => _done.TrySetException(exception);
}
