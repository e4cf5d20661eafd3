using Microsoft.DurableTask;
using Workflows.Platform;
using RetryPolicy = Workflows.Platform.RetryPolicy;
using TaskFailedException = Workflows.Platform.TaskFailedException;

namespace Workflows.Azure.Durable;

/// <summary>An orchestrator's calls, tried again by the Platform's retry policies, which can look at a failure and keep a deadline.</summary>
internal sealed class PatientCalls(TaskOrchestrationContext context, Timers timers)
{
    private int _lastOwnCall;

    /// <summary>Ends when everything that was sent has arrived.</summary>
    public Task Sending { get; private set; } = Task.CompletedTask;

    private DateTimeOffset Now => new(DateTime.SpecifyKind(context.CurrentUtcDateTime, DateTimeKind.Utc));

    /// <summary>A call of code that this build does not have.</summary>
    public static TaskFailedException MissingCode(string name, int task, string kind) => new(
        name, task, new FailureDetails(typeof(NonRetriableException).FullName!, $"There is no {kind} '{name}'.", [], IsNonRetriable: true));

    /// <summary>Calls until it succeeds, or the policy has had enough.</summary>
    /// <param name="call">Called with the attempt, from 1.</param>
    public async Task<T> RetryAsync<T>(string name, int task, RetryPolicy? retry, Func<int, Task<T>> call)
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
                throw new TaskFailedException(name, task, failure);
            }

            await timers.CreateAsync(Now + delay, CancellationToken.None);
        }
    }

    /// <summary>Calls one of this home's own functions, patiently: its failures are the storage's.</summary>
    public Task<T> OwnAsync<T>(string function, object input)
    {
        var call = ++_lastOwnCall;
        return RetryAsync(function, call, OwnFunctions.Patience, _ => context.CallActivityAsync<T>(function, input));
    }

    /// <summary>One after the other, so that a receiver gets them in the order in which they were sent.</summary>
    public void Send(string function, object input)
    {
        Sending = SendAfterAsync(Sending);

        async Task SendAfterAsync(Task before)
        {
            await before;
            await OwnAsync<bool>(function, input);
        }
    }
}
