namespace Workflows.Platform;

/// <summary>How a sub-orchestration is started.</summary>
/// <param name="InstanceId">Its id; null derives one from the parent's id and the step, stable on replay.</param>
/// <param name="Retry">Runs it again when it fails; null does not.</param>
/// <param name="Version">Its version; null inherits the parent's.</param>
public sealed record SubOrchestrationCallOptions(
    string? InstanceId = null, CallRetryPolicy? Retry = null, string? Version = null);
