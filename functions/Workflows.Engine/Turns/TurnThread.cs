namespace Workflows.Engine.Turns;

/// <summary>
/// Where an orchestrator's continuations run: on the thread that runs the turn, one after the other, within the turn.
/// A continuation from elsewhere means that the code awaited something that is not durable.
/// </summary>
internal sealed class TurnThread(Action onStrayContinuation) : SynchronizationContext
{
    private readonly Queue<(SendOrPostCallback Callback, object? State)> _queue = new();
    private int _threadId;

    /// <summary>Whether the caller is the turn that runs now.</summary>
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
            onStrayContinuation();
        }
    }

    public override void Send(SendOrPostCallback d, object? state) =>
        throw new NotSupportedException("An orchestrator's continuations are never sent.");

    public override SynchronizationContext CreateCopy() => this;

    public void ThrowIfElsewhere()
    {
        if (!IsCurrent)
        {
            throw new InvalidOperationException(
                "The orchestration context was used from another thread or outside its turn. An orchestrator awaits "
                + "only what its context hands out, and never with ConfigureAwait(false), Task.Run or ContinueWith.");
        }
    }
}

/// <summary>An orchestrator waits for something that no message will ever complete.</summary>
internal sealed class NonDurableAwaitException(string orchestration) : InvalidOperationException(
    $"Orchestrator '{orchestration}' awaits something that its context did not hand out (Task.Delay, I/O, Task.Run ...). "
    + "Only durable tasks survive a restart; move the work into an activity, or use CreateTimerAsync.");
