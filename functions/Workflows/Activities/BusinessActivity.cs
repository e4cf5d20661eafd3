using Workflows.Platform;

namespace Workflows.Activities;

/// <summary>
/// An activity of the business. What it refuses it says in its result, so an exception means that its home was in
/// trouble; a deal of months must not end by an hour of that, and the activity is run again.
/// </summary>
/// <typeparam name="TSelf">The activity itself.</typeparam>
/// <typeparam name="TInput">One record, persisted as JSON.</typeparam>
/// <typeparam name="TResult">One record, persisted as JSON.</typeparam>
public abstract class BusinessActivity<TSelf, TInput, TResult> : Activity<TSelf, TInput, TResult>
    where TSelf : BusinessActivity<TSelf, TInput, TResult>
{
    /// <summary>Calls it from an orchestration and waits for its result.</summary>
    /// <param name="retry">Null is <see cref="ActivityRetries.Long"/>.</param>
    /// <exception cref="CallFailedException">It failed and no retry was left.</exception>
    public static new Task<TResult> CallAsync(
        OrchestrationContext context, TInput input, CallRetryPolicy? retry = null) =>
        Activity<TSelf, TInput, TResult>.CallAsync(context, input, retry ?? ActivityRetries.Long);
}

/// <summary>How long the business waits for its home to recover.</summary>
public static class ActivityRetries
{
    /// <summary>Twelve runs within about two hours.</summary>
    public static CallRetryPolicy Long { get; } = new(
        maxAttempts: 12, TimeSpan.FromSeconds(5), backoffCoefficient: 2, maxInterval: TimeSpan.FromMinutes(20));
}
