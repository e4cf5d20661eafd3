namespace Workflows.Platform;

/// <summary>
/// Repeats what reads, decides and writes under a condition while another writer is faster. Each conflict means that
/// another writer's write went through, so that of many writers one always gets on.
/// </summary>
public static class ConflictRetry
{
    /// <summary>Runs an attempt until none of its writes conflicts.</summary>
    /// <param name="attempt">
    /// Reads all that it decides by, because it runs again after each conflict. It must write nothing twice.
    /// </param>
    public static Task<T> RunAsync<T>(Func<Task<T>> attempt) => RunAsync(int.MaxValue, attempt);

    /// <inheritdoc cref="RunAsync{T}(Func{Task{T}})"/>
    public static Task RunAsync(Func<Task> attempt) => RunAsync(async () =>
    {
        await attempt();
        return true;
    });

    /// <summary>The same, at most so many times.</summary>
    /// <exception cref="RowConflictException">The last attempt has conflicted too.</exception>
    public static async Task<T> RunAsync<T>(int mostAttempts, Func<Task<T>> attempt)
    {
        for (var number = 1; ; number++)
        {
            try
            {
                return await attempt();
            }
            catch (RowConflictException) when (number < mostAttempts)
            {
                // Another writer was faster: the next attempt reads what it wrote.
            }
        }
    }
}
