using System.Diagnostics;
using Microsoft.DurableTask.Client;
using Workflows.Azure.Durable.Signals;
using Workflows.Platform;

namespace Workflows.Azure.Durable;

/// <summary>
/// Who may start an instance id. Durable lets one start replace what another has started; here one of many gets it.
/// </summary>
internal sealed class InstanceIdReservation(
    DurableClient durable, SignalTable signals, InstanceControl control, TimeProvider clock)
{
    /// <summary>
    /// An id that was taken this long ago and has no instance was left behind by a process that died.
    /// </summary>
    private static readonly TimeSpan Abandoned = TimeSpan.FromMinutes(1);

    /// <summary>How long to look for an instance that another process is about to start.</summary>
    private static readonly TimeSpan LookingLimit = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(250);

    /// <summary>
    /// Takes an id, if it is free or its instance may be replaced. The same run again takes what it has taken.
    /// </summary>
    /// <returns>What the run begins with; null when the id is not to be had.</returns>
    /// <exception cref="HomeUnavailableException">Another process has taken it and does not start it.</exception>
    public async Task<TakenId?> TakeAsync(
        string instanceId, string run, IReadOnlySet<OrchestrationStatus>? replaceIf, CancellationToken cancellation)
    {
        var started = Stopwatch.GetTimestamp();
        while (!await signals.TryTakeAsync(instanceId, run, cancellation))
        {
            if (await signals.FindHeadAsync(instanceId, cancellation) is not { } head)
            {
                continue;
            }

            var instance = await durable.FindWithPayloadsAsync(instanceId, cancellation);
            var isStarted = instance is not null
                && (head.Run.Length == 0 || (StatusMapping.StartOf(instance)?.Run ?? head.Run) == head.Run);
            if (head.Run == run)
            {
                return isStarted ? null : Taken(head, head.From);
            }

            if (!isStarted && head.Run.Length > 0 && clock.GetUtcNow() - head.TakenAt < Abandoned)
            {
                // The process that took it is about to start it, or has died: which of them is not known yet.
                if (Stopwatch.GetElapsedTime(started) > LookingLimit)
                {
                    throw new HomeUnavailableException($"Instance '{instanceId}' is about to start.", Abandoned);
                }

                await Task.Delay(BetweenLooks, TimeProvider.System, cancellation);
                continue;
            }

            if (instance is not null && replaceIf?.Contains(StatusMapping.StatusOf(instance.RuntimeStatus)) != true)
            {
                return null;
            }

            // Where nothing ran, what was kept for it is the new run's.
            var from = instance is null ? head.From : head.Last;
            if (await TryReplaceAsync(instanceId, head, run, from, cancellation))
            {
                if (instance is { IsCompleted: false })
                {
                    await control.EndAsync(instanceId, "replaced", cancellation);
                }

                return Taken(head, from);
            }
        }

        return new TakenId(0);
    }

    /// <summary>Takes an id for the child of an orchestration.</summary>
    /// <returns>What the run begins with; null when the id belongs to another instance.</returns>
    public async Task<TakenId?> TakeForChildAsync(TakeId take, CancellationToken cancellation)
    {
        while (!await signals.TryTakeAsync(take.InstanceId, take.Run, cancellation))
        {
            if (await signals.FindHeadAsync(take.InstanceId, cancellation) is not { } head)
            {
                continue;
            }

            if (head.Run == take.Run)
            {
                return Taken(head, head.From);
            }

            if (head.Run != take.Before)
            {
                return null;
            }

            if (await TryReplaceAsync(take.InstanceId, head, take.Run, head.Last, cancellation))
            {
                return Taken(head, head.Last);
            }
        }

        return new TakenId(0);
    }

    /// <summary>
    /// Releases the id before its instance is purged, so that no event is accepted for an instance that is gone.
    /// </summary>
    /// <param name="run">The instance's: by now the id may be another's. Null when it cannot be read.</param>
    public async Task GiveUpAsync(string instanceId, string? run, CancellationToken cancellation)
    {
        while (
            await signals.FindHeadAsync(instanceId, cancellation) is { Run.Length: > 0 } head
                && head.Run == (run ?? head.Run)
            && !await signals.TryReplaceAsync(instanceId, head, run: "", head.Last, cancellation))
        {
            // Its head has changed: look again.
        }
    }

    /// <summary>Forgets what was kept for an id that no instance has.</summary>
    public async Task ForgetAsync(string instanceId, CancellationToken cancellation)
    {
        if (await signals.FindHeadAsync(instanceId, cancellation) is { Run: "" } head)
        {
            await signals.ForgetAsync(instanceId, head, cancellation);
        }
    }

    private static TakenId Taken(SignalHead head, long from) => new(from, HasSignals: head.Last > from);

    private async Task<bool> TryReplaceAsync(
        string instanceId, SignalHead head, string run, long from, CancellationToken cancellation)
    {
        if (!await signals.TryReplaceAsync(instanceId, head, run, from, cancellation))
        {
            return false;
        }

        // Ids of earlier runs' events may be used again.
        await signals.ForgetAsync(instanceId, from, cancellation);
        return true;
    }
}
