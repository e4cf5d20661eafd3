using Workflows.Platform;

namespace Workflows.Tests;

/// <summary>A client that only raises events, and answers what the test gave it.</summary>
internal sealed class RaisingClient(Func<RaiseOutcome> raise) : IOrchestrationClient
{
    public Task<RaiseOutcome> RaiseEventAsync(
        string instanceId, string eventName, object? payload, string eventId, CancellationToken cancellation) =>
        Task.FromResult(raise());

    public Task<ScheduleOutcome> ScheduleAsync(
        string orchestration, object? input, ScheduleOptions options, CancellationToken cancellation) =>
        throw new NotSupportedException();

    public Task<OrchestrationState?> GetAsync(string instanceId, CancellationToken cancellation) =>
        throw new NotSupportedException();

    public Task<Page<OrchestrationState>> QueryAsync(InstanceQuery query, CancellationToken cancellation) =>
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
