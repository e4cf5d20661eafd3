namespace Workflows.Web.Tests;

/// <summary>Bounded waiting for something that another task brings about.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(20);

    public static async Task<T> SeeAsync<T>(Func<Task<T?>> look, string what) where T : class
    {
        using var timeout = new CancellationTokenSource(Timeout);
        while (!timeout.IsCancellationRequested)
        {
            if (await look() is { } seen)
            {
                return seen;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System);
        }

        throw new TimeoutException($"Never seen: {what}.");
    }
}
