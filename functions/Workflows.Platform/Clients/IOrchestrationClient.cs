namespace Workflows.Platform;

/// <summary>
/// The outside's way in. What a call promises is durable when it returns. An id is 1 to 100 characters without
/// <c>/ \ # ?</c> and control characters and does not start with <c>@</c>; others are refused with <see
/// cref="ArgumentException"/>.
/// </summary>
public interface IOrchestrationClient
{
    /// <summary>
    /// Schedules an orchestration. When the id exists nothing happens, unless the options say otherwise.
    /// </summary>
    /// <exception cref="ArgumentException">The id breaks the rules.</exception>
    Task<ScheduleOutcome> ScheduleAsync(
        string orchestration, object? input, ScheduleOptions options, CancellationToken cancellation);

    /// <summary>
    /// Raises an event: kept when it comes before its wait, while the instance is pending or between generations, and
    /// delivered once, in order of arrival within its name.
    /// </summary>
    /// <param name="instanceId">To whom.</param>
    /// <param name="eventName">Compared without regard to case.</param>
    /// <param name="payload">Persisted as JSON.</param>
    /// <param name="eventId">A second raise of the same id to the same instance does nothing.</param>
    /// <param name="cancellation">Stops waiting; the event may still have been taken.</param>
    Task<RaiseOutcome> RaiseEventAsync(
        string instanceId, string eventName, object? payload, string eventId, CancellationToken cancellation);

    /// <summary>The instance as last committed, or null when there is none.</summary>
    Task<OrchestrationState?> GetAsync(string instanceId, CancellationToken cancellation);

    /// <summary>
    /// A page of instances, oldest first, without their inputs and outputs. Rows older than the first page are neither
    /// doubled nor missed.
    /// </summary>
    Task<Page<OrchestrationState>> QueryAsync(InstanceQuery query, CancellationToken cancellation);

    /// <summary>Waits until the instance has ended; null at once when there is none.</summary>
    /// <exception cref="OperationCanceledException">The caller gave up first; the instance goes on.</exception>
    Task<OrchestrationState?> WaitForCompletionAsync(string instanceId, CancellationToken cancellation);

    /// <summary>Holds an instance: messages are kept and delivered in order after <see cref="ResumeAsync"/>.</summary>
    Task<OperationOutcome> SuspendAsync(string instanceId, string reason, CancellationToken cancellation);

    /// <summary>Lets a suspended instance go on, and a blocked one try again with the present code.</summary>
    Task<OperationOutcome> ResumeAsync(string instanceId, string reason, CancellationToken cancellation);

    /// <summary>Ends an instance where it stands; the first reason stays. Running activities finish unheard.</summary>
    /// <param name="instanceId">Which.</param>
    /// <param name="reason">Becomes its output.</param>
    /// <param name="recursive">Ends its sub-orchestrations too.</param>
    /// <param name="cancellation">Stops waiting.</param>
    Task<OperationOutcome> TerminateAsync(
        string instanceId, string reason, bool recursive, CancellationToken cancellation);

    /// <summary>Runs an ended instance again with its input, under the same id, or a new one when given.</summary>
    Task<OperationOutcome> RestartAsync(string instanceId, string? newInstanceId, CancellationToken cancellation);

    /// <summary>
    /// Gives a failed instance another chance: only its failed steps run again, down through sub-orchestrations. A
    /// terminated one goes on where it stood, with its sub-orchestrations.
    /// </summary>
    Task<OperationOutcome> RewindAsync(string instanceId, string reason, CancellationToken cancellation);

    /// <summary>
    /// Removes an ended instance's history and payloads. Tables are untouched. A running one is refused.
    /// </summary>
    Task<OperationOutcome> PurgeAsync(string instanceId, CancellationToken cancellation);

    /// <summary>
    /// Removes ended instances that match, oldest first, at most <see cref="InstanceQuery.PageSize"/> a call.
    /// </summary>
    /// <returns>How many were removed; 0 when none is left.</returns>
    Task<int> PurgeAsync(InstanceQuery query, CancellationToken cancellation);
}
