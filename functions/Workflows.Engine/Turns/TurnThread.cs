namespace Workflows.Engine.Turns;

/// <summary>
/// The synchronization context of an orchestrator. Its continuations run on the thread that runs the turn, one after
/// the other, within the turn. A continuation from another thread means that the code awaited something that is not
/// durable.
/// </summary>
internal sealed class TurnThread(Action onNonDurableAwait) : SynchronizationContext
{
    private readonly Queue<(SendOrPostCallback Callback, object? State)> _queue = new();
    private int _threadId;

    /// <summary>Whether the calling thread runs the turn.</summary>
    public bool IsCurrent => _threadId == Environment.CurrentManagedThreadId;

    public void Run(Action<object> work, object argument)
    {
        var previous = Current;
        _threadId = Environment.CurrentManagedThreadId;
        SetSynchronizationContext(this);
        try
        {
            work(argument);
            while (_queue.TryDequeue(out var next))
            {
                next.Callback(next.State);
            }
        }
        finally
        {
            SetSynchronizationContext(previous);
            _threadId = 0;
        }
    }

    public override void Post(SendOrPostCallback d, object? state)
    {
        if (IsCurrent)
        {
            _queue.Enqueue((d, state));
        }
        else
        {
            onNonDurableAwait();
        }
    }

    public override void Send(SendOrPostCallback d, object? state) =>
        throw new NotSupportedException("The continuations of an orchestrator are posted and never sent.");

    public override SynchronizationContext CreateCopy() => this;

    public void ThrowIfNotCurrent()
    {
        if (!IsCurrent)
        {
            throw new InvalidOperationException(
                "The orchestration context was used from another thread or outside its turn. An orchestrator awaits "
                + "only what its context returns, and never with ConfigureAwait(false), Task.Run or ContinueWith.");
        }
    }
}

/// <summary>An orchestrator awaits something that no message completes.</summary>
internal sealed class NonDurableAwaitException(string orchestration) : InvalidOperationException(
    $"Orchestrator '{orchestration}' awaits something that its context did not return (Task.Delay, I/O, Task.Run ...). "
    + "Only durable tasks survive a restart; move the work into an activity, or use CreateTimerAsync.");
