using Workflows.Platform;

namespace Workflows.Azure.Durable.Signals;

/// <summary>
/// Wake-ups on their way: a row for each instance, in the one partition of table <c>WakeUps</c>, from before its signal is
/// kept until Durable has taken the wake-up. A row that stays was left by a process that died in between.
/// </summary>
public sealed class WakeUps(ITableStore tables, DurableClient durable, TimeProvider clock)
{
    private const string Table = "WakeUps";
    private const string Partition = "open";

    /// <summary>Longer than any raise takes.</summary>
    private static readonly TimeSpan Overdue = TimeSpan.FromMinutes(5);

    /// <summary>A wake-up is about to be due.</summary>
    /// <returns>What to call it off with.</returns>
    public Task<string> NoteAsync(string instanceId, CancellationToken cancellation) =>
        tables.UpsertAsync(Table, new TableRow(Partition, instanceId) { ["At"] = clock.GetUtcNow() }, cancellation);

    /// <summary>Wakes the instance, and notes nothing more. One that has not begun looks by itself; one that has ended needs no more.</summary>
    public async Task WakeAsync(string instanceId, WakeUp wakeUp, string note, CancellationToken cancellation)
    {
        try
        {
            await durable.Current.RaiseEventAsync(instanceId, SignalBox.WakeUpEvent, wakeUp, cancellation);
        }
        catch (Exception refused) when (refused is not OperationCanceledException)
        {
            // Durable refuses events to instances that are not there, and not any more.
            if (await durable.Current.GetInstanceAsync(instanceId, false, cancellation) is { IsCompleted: false })
            {
                throw;
            }
        }

        try
        {
            await tables.DeleteAsync(Table, Partition, instanceId, note, cancellation);
        }
        catch (Exception left) when (left is RowConflictException or HomeUnavailableException)
        {
            // Another raise has noted its own, or the sweep wakes once more: neither does harm.
        }
    }

    /// <summary>Wakes those whose wake-up was lost on its way.</summary>
    /// <returns>How many.</returns>
    public async Task<int> SweepAsync(CancellationToken cancellation)
    {
        var found = 0;
        await foreach (var row in tables.ReadAllAsync(Table, TableQuery.Of(Partition), cancellation))
        {
            if (clock.GetUtcNow() - row.Time("At") >= Overdue)
            {
                await WakeAsync(row.RowKey, WakeUp.Anyway, row.ETag!, cancellation);
                found++;
            }
        }

        return found;
    }
}
