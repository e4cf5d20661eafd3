using Workflows.Engine.Activities;
using Workflows.Engine.History;
using Workflows.Engine.Instances.Scheduling;
using Workflows.Platform;

namespace Workflows.Engine.Instances.Messages;

/// <summary>A message that the orchestrator is to get in a turn.</summary>
internal sealed class OrchestratorMessage(Message message) : InstanceMessage
{
    private TaskCompletionSource<RaiseOutcome>? _raised;

    public Message Message { get; } = message;

    /// <summary>The key of the execution it is for; 0 is whichever execution the id has.</summary>
    public long Key { get; init; }

    /// <summary>The activity whose completion this is; it holds the rows and mails that the activity wrote.</summary>
    public ActivityRun? Activity { get; init; }

    public override bool IsRequest => _raised is not null;

    public override Urgency Urgency => Message is TimerFired ? Urgency.Due : Urgency.Asked;

    /// <summary>Asks for an answer; to be called before the message is posted.</summary>
    public Task<RaiseOutcome> WhenRaised()
    {
        _raised = new TaskCompletionSource<RaiseOutcome>(TaskCreationOptions.RunContinuationsAsynchronously);
        return _raised.Task;
    }

    public void Answer(RaiseOutcome outcome) => _raised?.TrySetResult(outcome);

    public override void Fail(Exception exception) => _raised?.TrySetException(exception);
}
