namespace Workflows.Conformance;

/// <summary>A place in a script that the fact waits for. Replay passes it again, so count what happened elsewhere.</summary>
public sealed class Mark
{
    private int _count;

    /// <summary>How often it was passed.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Passes it.</summary>
    public void Hit() => Interlocked.Increment(ref _count);

    /// <summary>Waits until it was passed.</summary>
    public Task ReachedAsync(int times = 1) =>
        Eventually.TrueAsync(() => Count >= times, $"a mark to be passed {times} times");
}

/// <summary>Holds whoever comes until the fact opens it.</summary>
public sealed class Gate : IDisposable
{
    private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _arrivals;

    /// <summary>How many came.</summary>
    public int Arrivals => Volatile.Read(ref _arrivals);

    /// <summary>Comes, and waits until it is open.</summary>
    public Task PassAsync(CancellationToken cancellation = default)
    {
        Interlocked.Increment(ref _arrivals);
        return _opened.Task.WaitAsync(cancellation);
    }

    /// <summary>Waits until so many came.</summary>
    public Task ArrivedAsync(int times = 1) =>
        Eventually.TrueAsync(() => Arrivals >= times, $"{times} arrivals at a gate");

    /// <summary>Lets everybody through.</summary>
    public void Open() => _opened.TrySetResult();

    /// <inheritdoc/>
    public void Dispose() => Open();
}
