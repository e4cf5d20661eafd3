namespace Workflows.Benchmarks.Measures;

/// <summary>Milliseconds at the median and at the 99th percentile.</summary>
internal sealed record Percentiles(double P50, double P99);

/// <summary>Collects durations from many threads.</summary>
internal sealed class Durations(int capacity)
{
    private readonly double[] _milliseconds = new double[capacity];
    private int _count;

    public void Add(TimeSpan duration) =>
        _milliseconds[Interlocked.Increment(ref _count) - 1] = duration.TotalMilliseconds;

    public Percentiles Percentiles(double less = 0)
    {
        var sorted = _milliseconds.AsSpan(0, _count).ToArray();
        Array.Sort(sorted);
        return new Percentiles(Round(At(sorted, 0.50) - less), Round(At(sorted, 0.99) - less));
    }

    public static double Round(double figure) => Math.Round(figure, figure < 10 ? 3 : 1);

    private static double At(double[] sorted, double share) =>
        sorted.Length == 0 ? double.NaN : sorted[Math.Min(sorted.Length - 1, (int)(sorted.Length * share))];
}
