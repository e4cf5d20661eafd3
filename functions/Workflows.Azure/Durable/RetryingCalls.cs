using Microsoft.DurableTask;
using Workflows.Platform;

namespace Workflows.Azure.Durable;

/// <summary>
/// An orchestrator's calls, tried again by the Platform's retry policies, which can look at a failure and keep a
/// deadline.
/// </summary>
/// <param name="ownTimers">For this home's own calls, which go on when the orchestration's timers have ended.</param>
internal sealed class RetryingCalls(
    TaskOrchestrationContext context, OrchestrationClock clock, Timers timers, Timers ownTimers)
{
    private int _lastOwnCall;

    /// <summary>Ends when everything that was sent has arrived.</summary>
    public Task Sending { get; private set; } = Task.CompletedTask;

    private DateTimeOffset Now => new(clock.UtcNow);

    /// <summary>A call of code that this build does not have.</summary>
    public static CallFailedException MissingCode(string name, int task, string kind) => new(
        name, task,
        new FailureDetails(
            typeof(NonRetriableException).FullName!, $"There is no {kind} '{name}'.", [], IsNonRetriable: true));

    /// <summary>Calls until it succeeds, or the policy has had enough.</summary>
    /// <param name="call">Called with the attempt, from 1.</param>
    public Task<T> RetryAsync<T>(string name, int task, CallRetryPolicy? retry, Func<int, Task<T>> call) =>
        RetryAsync(name, task, retry, call, timers);

    /// <summary>Calls one of this home's own functions and retries it: its failures are the storage's.</summary>
    public Task<T> OwnAsync<T>(string function, object input)
    {
        var call = ++_lastOwnCall;
        return RetryAsync(
            function, call, AdapterFunctions.Retries, _ => context.CallActivityAsync<T>(function, input), ownTimers);
    }

    /// <summary>
    /// The same, one after the other, so that a receiver gets what is sent in the order in which it was sent.
    /// </summary>
    public Task<T> InTurnAsync<T>(string function, object input)
    {
        var turn = CallAfterAsync(Sending);
        Sending = turn;
        return turn;

        async Task<T> CallAfterAsync(Task before)
        {
            await before;
            return await OwnAsync<T>(function, input);
        }
    }

    private async Task<T> RetryAsync<T>(
        string name, int task, CallRetryPolicy? retry, Func<int, Task<T>> call, Timers wait)
    {
        var started = Now;
        for (var attempt = 1; ; attempt++)
        {
            FailureDetails failure;
            try
            {
                return await call(attempt);
            }
            catch (Microsoft.DurableTask.TaskFailedException failed)
            {
                failure = RecordedFailureException.Read(failed.FailureDetails);
            }

            if (retry?.NextDelay(attempt, failure, Now - started) is not { } delay)
            {
                throw new CallFailedException(name, task, failure);
            }

            await wait.CreateAsync(Now + delay, CancellationToken.None);
        }
    }
}
