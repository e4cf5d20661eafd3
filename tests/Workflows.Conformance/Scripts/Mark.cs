using Workflows.Platform;

namespace Workflows.Conformance;

/// <summary>A place in a script that the fact waits for.</summary>
public sealed class Mark
{
    private int _count;

    /// <summary>How often it was passed.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Passes it.</summary>
    public void Hit() => Interlocked.Increment(ref _count);

    /// <summary>Passes it in an orchestration, where replay does not count.</summary>
    public void Hit(OrchestrationContext context)
    {
        if (!context.IsReplaying)
        {
            Hit();
        }
    }

    /// <summary>Waits until it was passed.</summary>
    public Task ReachedAsync(int times = 1) =>
        Eventually.TrueAsync(() => Count >= times, $"a mark to be passed {times} times");
}

/// <summary>Holds the code that comes until the fact opens it.</summary>
public sealed class Gate : IDisposable
{
    private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _arrivals;
    private int _waiting;

    /// <summary>How many came.</summary>
    public int Arrivals => Volatile.Read(ref _arrivals);

    /// <summary>How many wait just now.</summary>
    public int Waiting => Volatile.Read(ref _waiting);

    /// <summary>Comes, and waits until it is open.</summary>
    public async Task PassAsync(CancellationToken cancellation = default)
    {
        Interlocked.Increment(ref _waiting);
        Interlocked.Increment(ref _arrivals);
        try
        {
            await _opened.Task.WaitAsync(cancellation);
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    /// <summary>Waits until so many came.</summary>
    public Task ArrivedAsync(int times = 1) =>
        Eventually.TrueAsync(() => Arrivals >= times, $"{times} arrivals at a gate");

    /// <summary>Lets all through, now and later.</summary>
    public void Open() => _opened.TrySetResult();

    /// <inheritdoc/>
    public void Dispose() => Open();
}
