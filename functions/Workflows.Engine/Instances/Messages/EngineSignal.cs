using Workflows.Engine.Activities;
using Workflows.Engine.Instances.Scheduling;

namespace Workflows.Engine.Instances.Messages;

internal enum SignalKind
{
    /// <summary>
    /// The instance may have work: it was just created, or was marked as working when the engine started.
    /// </summary>
    Wake,

    /// <summary>The instance is to leave the memory, if it has nothing under way.</summary>
    Evict,

    /// <summary>The orchestrator awaited something that is not durable, and its continuation has come.</summary>
    NonDurableAwait,
}

/// <summary>A message from the engine itself.</summary>
/// <param name="kind">What the instance is to do.</param>
/// <param name="key">The key of the execution it is about; 0 is whichever execution the id has.</param>
/// <param name="urgency">How soon it is to be handled.</param>
internal sealed class EngineSignal(SignalKind kind, long key = 0, Urgency urgency = Urgency.Asked) : InstanceMessage
{
    public override Urgency Urgency => urgency;

    public SignalKind Kind { get; } = kind;

    public long Key { get; } = key;
}

/// <summary>The crash quarantine lets an activity run now.</summary>
internal sealed class QuarantineRelease(ActivityRun run) : InstanceMessage
{
    public ActivityRun Run { get; } = run;
}

/// <summary>An activity found that data it reads is damaged: its instance is to be blocked.</summary>
internal sealed class DamageReport(ActivityRun run, string reason) : InstanceMessage
{
    public ActivityRun Run { get; } = run;

    public string Reason { get; } = reason;
}
