using Workflows.Platform;

namespace Workflows.Tests.Approvals;

/// <summary>A way in that breaks in the moment an event is raised.</summary>
internal sealed class DeafClient : IOrchestrationClient
{
    public Task<RaiseOutcome> RaiseEventAsync(
        string instanceId, string eventName, object? payload, string eventId, CancellationToken cancellation) =>
        throw new InvalidOperationException("The process died here.");

    public Task<ScheduleOutcome> ScheduleAsync(
        string orchestration, object? input, ScheduleOptions options, CancellationToken cancellation) =>
        throw new NotSupportedException();

    public Task<OrchestrationState?> GetAsync(string instanceId, CancellationToken cancellation) =>
        throw new NotSupportedException();

    public Task<OrchestrationPage> QueryAsync(InstanceQuery query, CancellationToken cancellation) =>
        throw new NotSupportedException();

    public Task<OrchestrationState?> WaitForCompletionAsync(string instanceId, CancellationToken cancellation) =>
        throw new NotSupportedException();

    public Task<OperationOutcome> SuspendAsync(string instanceId, string reason, CancellationToken cancellation) =>
        throw new NotSupportedException();

    public Task<OperationOutcome> ResumeAsync(string instanceId, string reason, CancellationToken cancellation) =>
        throw new NotSupportedException();

    public Task<OperationOutcome> TerminateAsync(
        string instanceId, string reason, bool recursive, CancellationToken cancellation) =>
        throw new NotSupportedException();

    public Task<OperationOutcome> RestartAsync(
        string instanceId, string? newInstanceId, CancellationToken cancellation) =>
        throw new NotSupportedException();

    public Task<OperationOutcome> RewindAsync(string instanceId, string reason, CancellationToken cancellation) =>
        throw new NotSupportedException();

    public Task<OperationOutcome> PurgeAsync(string instanceId, CancellationToken cancellation) =>
        throw new NotSupportedException();

    public Task<int> PurgeAsync(InstanceQuery query, CancellationToken cancellation) =>
        throw new NotSupportedException();
}
