using Workflows.Engine.Activities;
using Workflows.Engine.History;
using Workflows.Platform;

namespace Workflows.Engine.Instances;

/// <summary>Something in an instance's mailbox.</summary>
internal abstract class InstanceMessage
{
    /// <summary>Whether it is a request from outside, which is told and not kept when the storage fails.</summary>
    public virtual bool IsRequest => false;

    /// <summary>How soon it is to be dealt with.</summary>
    public virtual Urgency Urgency => Urgency.Asked;

    /// <summary>Tells who waits for it that it will not be done.</summary>
    public virtual void Fail(Exception exception)
    {
    }
}

/// <summary>A message for the orchestrator.</summary>
internal sealed class OrchestratorMessage(Message message) : InstanceMessage
{
    private TaskCompletionSource<RaiseOutcome>? _raised;

    public Message Message { get; } = message;

    /// <summary>Of the execution it is for; 0 is whichever there is.</summary>
    public long Key { get; init; }

    /// <summary>Its number in the inbox; 0 when it is only in memory.</summary>
    public long InboxSeq { get; init; }

    /// <summary>Whether it came with the instance when that was loaded.</summary>
    public bool IsLoaded { get; init; }

    /// <summary>The activity that ended, with what it wrote.</summary>
    public ActivityRun? Activity { get; init; }

    /// <summary>Asks for an answer; to be called before it is posted.</summary>
    public Task<RaiseOutcome> WhenRaised()
    {
        _raised = new TaskCompletionSource<RaiseOutcome>(TaskCreationOptions.RunContinuationsAsynchronously);
        return _raised.Task;
    }

    public void Answer(RaiseOutcome outcome) => _raised?.TrySetResult(outcome);

    public override bool IsRequest => _raised is not null;

    public override Urgency Urgency => Message is TimerFired ? Urgency.Due : Urgency.Asked;

    public override void Fail(Exception exception) => _raised?.TrySetException(exception);
}

/// <summary>A request to schedule the instance.</summary>
internal sealed class StartRequest(string orchestration, byte[]? input, ScheduleOptions options) : InstanceMessage
{
    private readonly TaskCompletionSource<ScheduleOutcome> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string Orchestration { get; } = orchestration;

    public byte[]? Input { get; } = input;

    public ScheduleOptions Options { get; } = options;

    public Task<ScheduleOutcome> Done => _done.Task;

    public override bool IsRequest => true;

    public void Answer(bool created) => _done.TrySetResult(new ScheduleOutcome(Options.InstanceId, created));

    public override void Fail(Exception exception) => _done.TrySetException(exception);
}

internal enum OperationKind
{
    Suspend,
    Resume,
    Terminate,
    Rewind,
    Purge,
}

/// <summary>A person's request, or a parent's.</summary>
internal sealed class OperationRequest(OperationKind kind, string reason, bool recursive = false) : InstanceMessage
{
    private readonly TaskCompletionSource<OperationOutcome> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public OperationKind Kind { get; } = kind;

    public string Reason { get; } = reason;

    public bool Recursive { get; } = recursive;

    /// <summary>Its number in the inbox when a parent sent it.</summary>
    public long InboxSeq { get; init; }

    public bool IsLoaded { get; init; }

    public Task<OperationOutcome> Done => _done.Task;

    public override bool IsRequest => InboxSeq == 0;

    public void Answer(OperationOutcome outcome) => _done.TrySetResult(outcome);

    public override void Fail(Exception exception) => _done.TrySetException(exception);
}

internal enum SignalKind
{
    /// <summary>There may be something to do: it was created, or found after a start.</summary>
    Wake,

    /// <summary>Leave the memory, if nothing is under way.</summary>
    Evict,

    /// <summary>A continuation came from something that is not durable.</summary>
    Stray,
}

/// <summary>A note from the engine itself.</summary>
/// <param name="kind">Which.</param>
/// <param name="key">Of the execution it is about; 0 is whichever there is.</param>
/// <param name="urgency">Who waits for it.</param>
internal sealed class EngineSignal(SignalKind kind, long key = 0, Urgency urgency = Urgency.Asked) : InstanceMessage
{
    public override Urgency Urgency => urgency;

    public SignalKind Kind { get; } = kind;

    public long Key { get; } = key;
}

/// <summary>A step that may have killed the process can run now.</summary>
internal sealed class QuarantineRelease(ActivityRun run) : InstanceMessage
{
    public ActivityRun Run { get; } = run;
}

/// <summary>An activity found that what it reads is damaged: the instance is not to go on.</summary>
internal sealed class DamageReport(ActivityRun run, string reason) : InstanceMessage
{
    public ActivityRun Run { get; } = run;

    public string Reason { get; } = reason;
}
