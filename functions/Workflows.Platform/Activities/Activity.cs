namespace Workflows.Platform;

/// <summary>The untyped face of an activity, by which a home runs it. Business code never calls it.</summary>
public interface IActivity
{
    /// <summary>Type of the input; a home deserializes the stored payload into it.</summary>
    Type InputType { get; }

    /// <summary>Type of the result; a home serializes it into the history.</summary>
    Type ResultType { get; }

    /// <summary>Runs the activity with an input that is already of <see cref="InputType"/>.</summary>
    Task<object?> RunAsync(ActivityContext context, object? input);
}

/// <summary>
/// One step of work with effects. It may run more than once: whatever it does outside its <see cref="ActivityContext"/>
/// must be keyed by <see cref="ActivityContext.IdempotencyKey"/>. A home gives it constructor injection.
/// </summary>
/// <typeparam name="TSelf">The activity itself.</typeparam>
/// <typeparam name="TInput">One record, persisted as JSON.</typeparam>
/// <typeparam name="TResult">One record, persisted as JSON.</typeparam>
public abstract class Activity<TSelf, TInput, TResult> : IActivity where TSelf : Activity<TSelf, TInput, TResult>
{
    /// <summary>The name that histories record: the type's name, or its <see cref="DurableNameAttribute"/>.</summary>
    public static string Name { get; } = DurableNameAttribute.Of(typeof(TSelf));

    Type IActivity.InputType => typeof(TInput);

    Type IActivity.ResultType => typeof(TResult);

    async Task<object?> IActivity.RunAsync(ActivityContext context, object? input) =>
        await RunAsync(context, (TInput)input!);

    /// <summary>The work.</summary>
    public abstract Task<TResult> RunAsync(ActivityContext context, TInput input);

    /// <summary>Calls it from an orchestration and waits for its result.</summary>
    /// <exception cref="CallFailedException">It failed and no retry was left.</exception>
    public static Task<TResult> CallAsync(OrchestrationContext context, TInput input, CallRetryPolicy? retry = null) =>
        context.CallActivityAsync<TResult>(Name, input, retry);
}

/// <summary>The result of an activity or orchestration that has nothing to say.</summary>
public sealed record Nothing
{
    /// <summary>The only value anybody needs.</summary>
    public static Nothing Value { get; } = new();
}
