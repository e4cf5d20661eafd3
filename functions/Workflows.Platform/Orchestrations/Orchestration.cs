namespace Workflows.Platform;

/// <summary>The untyped face of an orchestration, by which a home runs it. Business code never calls it.</summary>
public interface IOrchestration
{
    /// <summary>Type of the input; a home deserializes the stored payload into it.</summary>
    Type InputType { get; }

    /// <summary>Type of the result; a home serializes it as the instance's output.</summary>
    Type ResultType { get; }

    /// <summary>
    /// The orchestration that gets, as <see cref="UntakenEvents"/>, the events that an instance accepted and had not
    /// taken when it ended; null drops them.
    /// </summary>
    string? HandsUntakenEventsTo { get; }

    /// <summary>Runs the orchestrator with an input that is already of <see cref="InputType"/>.</summary>
    Task<object?> RunAsync(OrchestrationContext context, object? input);
}

/// <summary>
/// A long-lived business process. Its code is replayed from recorded history, so it must be deterministic: no clock,
/// random number, I/O, thread or mutable static, and no await of anything but the tasks that the context hands out.
/// A business refusal is a returned result; an exception ends the instance as failed.
/// </summary>
/// <typeparam name="TInput">
/// One record. Persisted as JSON: no secrets, small; pass references to large things.
/// </typeparam>
/// <typeparam name="TResult">One record. Persisted as JSON.</typeparam>
public abstract class Orchestration<TInput, TResult> : IOrchestration
{
    Type IOrchestration.InputType => typeof(TInput);

    Type IOrchestration.ResultType => typeof(TResult);

    /// <inheritdoc/>
    public virtual string? HandsUntakenEventsTo => null;

    async Task<object?> IOrchestration.RunAsync(OrchestrationContext context, object? input) =>
        await RunAsync(context, (TInput)input!);

    /// <summary>The process. Runs from the top at every replay; only the context's answers make it move.</summary>
    public abstract Task<TResult> RunAsync(OrchestrationContext context, TInput input);
}

/// <summary>
/// An orchestration that can be called and scheduled by its type, so that no string names it at a call site.
/// </summary>
/// <typeparam name="TSelf">The orchestration itself.</typeparam>
/// <typeparam name="TInput">One record, persisted as JSON.</typeparam>
/// <typeparam name="TResult">One record, persisted as JSON.</typeparam>
public abstract class Orchestration<TSelf, TInput, TResult> : Orchestration<TInput, TResult>
    where TSelf : Orchestration<TSelf, TInput, TResult>
{
    /// <summary>The name that histories record: the type's name, or its <see cref="DurableNameAttribute"/>.</summary>
    public static string Name { get; } = DurableNameAttribute.Of(typeof(TSelf));

    /// <summary>Runs it as a sub-orchestration and waits for its result.</summary>
    /// <exception cref="CallFailedException">It failed, was terminated, or its id is taken.</exception>
    public static Task<TResult> CallAsync(
        OrchestrationContext context, TInput input, SubOrchestrationCallOptions? options = null) =>
        context.CallSubOrchestrationAsync<TResult>(Name, input, options);

    /// <summary>Starts it under an id and does not wait: it outlives the caller and reports to nobody.</summary>
    public static void Start(OrchestrationContext context, TInput input, string instanceId) =>
        context.StartOrchestration(Name, input, instanceId);

    /// <summary>Schedules it from outside. See <see cref="IOrchestrationClient.ScheduleAsync"/>.</summary>
    public static Task<ScheduleOutcome> ScheduleAsync(
        IOrchestrationClient client, TInput input, ScheduleOptions options, CancellationToken cancellation) =>
        client.ScheduleAsync(Name, input, options, cancellation);
}
