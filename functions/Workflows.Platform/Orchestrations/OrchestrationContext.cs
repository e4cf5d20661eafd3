using Microsoft.Extensions.Logging;

namespace Workflows.Platform;

/// <summary>
/// All that an orchestration may touch. Every answer it gives is recorded, and given again on replay.
/// Not thread-safe: it is used from the orchestrator's own flow only, and a call from elsewhere is refused.
/// </summary>
public abstract class OrchestrationContext
{
    /// <summary>The instance's id, unique within its home.</summary>
    public abstract string InstanceId { get; }

    /// <summary>The recorded name of the running orchestration.</summary>
    public abstract string Name { get; }

    /// <summary>
    /// The version the instance was started with, for branching to keep old instances on their path; null if none.
    /// </summary>
    public abstract string? Version { get; }

    /// <summary>The parent's instance id when this is a sub-orchestration, else null.</summary>
    public abstract string? ParentInstanceId { get; }

    /// <summary>
    /// Time of the current step, UTC. Stands still between awaits, never decreases, and is the same on replay.
    /// </summary>
    public abstract DateTimeOffset UtcNow { get; }

    /// <summary>True while recorded steps are being run again. No business decision may depend on it.</summary>
    public abstract bool IsReplaying { get; }

    /// <summary>A GUID that is unique to this instance and step and the same on replay (RFC 9562 version 5).</summary>
    public abstract Guid NewGuid();

    /// <summary>
    /// Runs an activity and waits for its result. The activity runs at least once; see <see cref="ActivityContext"/>
    /// for what makes its writes count once.
    /// </summary>
    /// <exception cref="CallFailedException">
    /// It failed and no retry was left; the details hold the whole chain.
    /// </exception>
    public abstract Task<TResult> CallActivityAsync<TResult>(string name, object? input, CallRetryPolicy? retry = null);

    /// <summary>Runs a sub-orchestration and waits for its last generation's result.</summary>
    /// <exception cref="CallFailedException">It failed, was terminated, or its id is taken.</exception>
    public abstract Task<TResult> CallSubOrchestrationAsync<TResult>(
        string name, object? input, SubOrchestrationCallOptions? options = null);

    /// <summary>Starts an orchestration under an id and does not wait. A taken id is left alone.</summary>
    public abstract void StartOrchestration(string name, object? input, string instanceId);

    /// <summary>
    /// A durable timer: completes at <paramref name="dueAt"/> or, when that is past, in the next turn. Survives
    /// restarts and any length. Cancel the ones that lost a race, or on Azure the instance stays open until they fire.
    /// </summary>
    public abstract Task CreateTimerAsync(DateTimeOffset dueAt, CancellationToken cancellation = default);

    /// <summary>A durable timer, counted from <see cref="UtcNow"/>.</summary>
    public Task CreateTimerAsync(TimeSpan delay, CancellationToken cancellation = default) =>
        CreateTimerAsync(UtcNow + delay, cancellation);

    /// <summary>
    /// Waits for the next event of that name (case-insensitive), which may have come before. Each is delivered once, in
    /// order of arrival. Keep at most one wait open per name. A cancelled wait takes no event with it.
    /// </summary>
    public abstract Task<T> WaitForEventAsync<T>(string name, CancellationToken cancellation = default);

    /// <summary>
    /// Waits for the next event of that name until <paramref name="deadline"/>. When both are ready in one turn, the
    /// one that was recorded first wins. The loser is closed: a late event stays for the next wait.
    /// </summary>
    public abstract Task<EventOrTimeout<T>> WaitForEventAsync<T>(
        string name, DateTimeOffset deadline, CancellationToken cancellation = default);

    /// <summary>
    /// Raises an event to another instance, once. An unknown one is left alone; one that has ended hands the event over
    /// as what it did not take (<see cref="IOrchestration.HandsUntakenEventsTo"/>), or is left alone too.
    /// </summary>
    public abstract void SendEvent(string instanceId, string name, object? payload);

    /// <summary>What the instance is doing, for people. At most 16 KB as UTF-16 JSON; null clears it.</summary>
    /// <exception cref="ArgumentException">It is larger.</exception>
    public abstract void SetCustomStatus(object? status);

    /// <summary>
    /// Ends this generation when the orchestrator returns and starts the next with an empty history, so that a process
    /// which lives for years stays small. The last call wins.
    /// </summary>
    /// <param name="input">Input of the next generation.</param>
    /// <param name="preserveUnprocessedEvents">Keep events that nobody waited for; false drops and counts them.</param>
    /// <param name="newVersion">Version of the next generation; null keeps the present one.</param>
    public abstract void ContinueAsNew(object? input, bool preserveUnprocessedEvents = true, string? newVersion = null);

    /// <summary>A logger that is silent during replay, so that each line is written once.</summary>
    public abstract ILogger CreateLogger(string category);
}
