using Workflows.Platform;
using Workflows.Records;

namespace Workflows.Sweeps;

/// <summary>How far a sweep has come. Times are UTC.</summary>
/// <param name="Period">The one that was taken last.</param>
/// <param name="DoneAt">Null while a process sweeps it, or when that process broke off.</param>
/// <param name="LastLook">When the last one began that was done before this; null for the first.</param>
internal sealed record SweepState(
    string Period, DateTimeOffset StartedAt, DateTimeOffset? DoneAt, DateTimeOffset? LastLook);

/// <summary>Which periods were swept: table <c>Sweeps</c>, one row a sweep, which does not grow.</summary>
internal static class SweepRepository
{
    private const string Table = "Sweeps";
    private const string Partition = "sweep";

    /// <summary>
    /// After this, a process that took a period and is not done counts as having died, and the next one may take it.
    /// Two at it at once would do no harm beside the work: each person is notified under one mail id.
    /// </summary>
    private static readonly TimeSpan LeaseTime = TimeSpan.FromMinutes(10);

    /// <summary>Takes a period for the process that asks first.</summary>
    /// <returns>
    /// What to hand to <see cref="FinishAsync"/>; null when it is done, a process sweeps it, or a later one was taken.
    /// </returns>
    public static async Task<(SweepState State, string ETag)?> TakeAsync(
        ITableStore tables, string sweep, string period, DateTimeOffset now, CancellationToken cancellation)
    {
        var row = await tables.GetAsync(Table, Partition, sweep, cancellation);
        var before = row?.Read<SweepState>();
        if (!MayTake(before, period, now))
        {
            return null;
        }

        var taken = new SweepState(
            period, now, DoneAt: null, before?.DoneAt is null ? before?.LastLook : before.StartedAt);
        var next = new TableRow(Partition, sweep).With(taken);
        // Without an ETag another process was faster, and sweeps.
        return await tables.TryWriteAsync(Table, next, row?.ETag, cancellation) is { } etag ? (taken, etag) : null;
    }

    /// <summary>Says that a period was swept, unless a process that thought it abandoned has taken it since.</summary>
    public static Task FinishAsync(
        ITableStore tables, string sweep, (SweepState State, string ETag) taken, DateTimeOffset now,
        CancellationToken cancellation)
    {
        var row = new TableRow(Partition, sweep).With(taken.State with { DoneAt = now });
        return tables.TryWriteAsync(Table, row, taken.ETag, cancellation);
    }

    /// <summary>How far a sweep has come; null before its first time.</summary>
    public static async Task<SweepState?> FindAsync(ITableStore tables, string sweep, CancellationToken cancellation) =>
        (await tables.GetAsync(Table, Partition, sweep, cancellation))?.Read<SweepState>();

    private static bool MayTake(SweepState? before, string period, DateTimeOffset now) =>
        before is null
        || string.CompareOrdinal(period, before.Period) switch
        {
            < 0 => false,
            0 => before.DoneAt is null && before.StartedAt + LeaseTime <= now,
            _ => before.DoneAt is not null || before.StartedAt + LeaseTime <= now,
        };
}
