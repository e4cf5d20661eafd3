using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using Workflows.Platform;

namespace Workflows.Azure.Durable.Signals;

/// <summary>
/// Wake-ups on their way: a row for each signal, in the one partition of table <c>WakeUpOutbox</c>, from before it is
/// kept until Durable has taken the wake-up. A row that stays was left by a process that died in between.
/// </summary>
public sealed class WakeUpOutbox(ITableStore tables, DurableClient durable, TimeProvider clock, ILoggerFactory logging)
{
    private const string Table = "WakeUpOutbox";
    private const string Partition = "open";
    private const int Tries = 3;

    /// <summary>How long a raise waits for an instance to begin.</summary>
    private static readonly Looks Begun = new(TimeSpan.FromMilliseconds(100), Limit: TimeSpan.FromSeconds(2));

    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);

    /// <summary>Longer than any raise takes.</summary>
    private static readonly TimeSpan Overdue = TimeSpan.FromMinutes(5);

    private readonly ILogger _log = logging.CreateLogger(Log.Category);

    /// <summary>A wake-up is about to be due.</summary>
    /// <returns>The row, for calling it off.</returns>
    public async Task<WakeUpNote> NoteAsync(string instanceId, string eventId, CancellationToken cancellation)
    {
        var key = Sha256Hex.Lower($"{instanceId}|{eventId}");
        var row = new TableRow(Partition, key) { ["Instance"] = instanceId, ["At"] = clock.GetUtcNow() };
        return new WakeUpNote(instanceId, key, await tables.UpsertAsync(Table, row, cancellation));
    }

    /// <summary>Wakes the instance, and notes nothing more. One that has ended, or is gone, needs no more.</summary>
    /// <exception cref="HomeUnavailableException">
    /// It runs and takes no wake-up; the note stays, and the sweep tries again.
    /// </exception>
    /// <param name="hasBegun">
    /// Whether it was seen to run. Durable may drop what comes to one that has not begun, so this waits for it a
    /// little; of one that still has not, the note stays, and the sweep wakes it again.
    /// </param>
    public async Task WakeAsync(WakeUpNote note, WakeUp wakeUp, bool hasBegun, CancellationToken cancellation)
    {
        hasBegun = hasBegun || await BeginsAsync(note.InstanceId, cancellation);
        for (var tries = 1; !await TryWakeAsync(note.InstanceId, wakeUp, tries < Tries, cancellation); tries++)
        {
            // It was not there, or not any more, and by now it is: another process has created it again.
        }

        if (!hasBegun)
        {
            return;
        }

        try
        {
            await tables.DeleteAsync(Table, Partition, note.Key, note.ETag, cancellation);
        }
        catch (Exception left) when (left is RowConflictException or HomeUnavailableException)
        {
            // A second raise of the event has noted it too, or the sweep wakes once more: neither does harm.
        }
    }

    /// <summary>
    /// Wakes those whose wake-up was lost on its way. One that is refused keeps no other from being woken.
    /// </summary>
    /// <returns>How many.</returns>
    public async Task<int> SweepAsync(CancellationToken cancellation)
    {
        var found = 0;
        await foreach (var row in tables.ReadAllAsync(Table, TableQuery.Of(Partition), cancellation))
        {
            if (clock.GetUtcNow() - row.Time("At") >= Overdue && await TrySweepAsync(row, cancellation))
            {
                found++;
            }
        }

        return found;
    }

    private async Task<bool> TrySweepAsync(TableRow row, CancellationToken cancellation)
    {
        try
        {
            await WakeAsync(
                new WakeUpNote(row.RequiredText("Instance"), row.RowKey, row.ETag!), WakeUp.Anyway, hasBegun: true,
                cancellation);
            return true;
        }
        catch (Exception refused) when (refused is not OperationCanceledException)
        {
            Log.WakeUpPutOff(_log, row.Text("Instance"), refused);
            return false;
        }
    }

    private async Task<bool> BeginsAsync(string instanceId, CancellationToken cancellation)
    {
        await Task.Delay(Begun.Between, TimeProvider.System, cancellation);
        return await Begun.UntilAsync(
            async _ => await durable.FindAsync(instanceId, cancellation)
                is { RuntimeStatus: not OrchestrationRuntimeStatus.Pending },
            cancellation);
    }

    /// <returns>No when Durable refused it and the instance runs.</returns>
    private async Task<bool> TryWakeAsync(
        string instanceId, WakeUp wakeUp, bool mayTryAgain, CancellationToken cancellation)
    {
        try
        {
            await durable.RaiseAsync(instanceId, EventBuffer.WakeUpEvent, wakeUp, cancellation);
            return true;
        }
        catch (Exception refused) when (refused is not OperationCanceledException)
        {
            // Durable refuses events to instances that are not there, and not any more.
            if (await durable.FindAsync(instanceId, cancellation) is not { IsCompleted: false })
            {
                return true;
            }

            return mayTryAgain
                ? false
                : throw new HomeUnavailableException(
                    $"Instance '{instanceId}' runs and takes no wake-up.", RetryAfter, refused);
        }
    }
}

/// <summary>A wake-up that is on its way.</summary>
/// <param name="Key">Of its row.</param>
/// <param name="ETag">Of its row when it was noted.</param>
public sealed record WakeUpNote(string InstanceId, string Key, string ETag);
