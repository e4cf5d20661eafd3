namespace Workflows.Platform;

/// <summary>
/// An event that people or systems raise to an instance: its name and its payload's type, declared once.
/// </summary>
/// <param name="Name">Compared without regard to case.</param>
/// <typeparam name="T">The payload, persisted as JSON.</typeparam>
public sealed record ExternalEvent<T>(string Name)
{
    /// <inheritdoc cref="OrchestrationContext.WaitForEventAsync{T}(string, CancellationToken)"/>
    public Task<T> WaitAsync(OrchestrationContext context, CancellationToken cancellation = default) =>
        context.WaitForEventAsync<T>(Name, cancellation);

    /// <inheritdoc cref="OrchestrationContext.WaitForEventAsync{T}(string, DateTimeOffset, CancellationToken)"/>
    public Task<EventOrTimeout<T>> WaitAsync(
        OrchestrationContext context, DateTimeOffset deadline, CancellationToken cancellation = default) =>
        context.WaitForEventAsync<T>(Name, deadline, cancellation);

    /// <inheritdoc cref="OrchestrationContext.SendEvent"/>
    public void Send(OrchestrationContext context, string instanceId, T payload) =>
        context.SendEvent(instanceId, Name, payload);

    /// <inheritdoc cref="IOrchestrationClient.RaiseEventAsync"/>
    public Task<RaiseOutcome> RaiseAsync(
        IOrchestrationClient client, string instanceId, T payload, string eventId, CancellationToken cancellation) =>
        client.RaiseEventAsync(instanceId, Name, payload, eventId, cancellation);
}

/// <summary>What ended a wait that had a deadline.</summary>
/// <param name="TimedOut">True when the deadline came first; then there is no payload.</param>
/// <param name="Payload">The event's payload when it came in time.</param>
public readonly record struct EventOrTimeout<T>(bool TimedOut, T? Payload);
