using Workflows.Engine.History;
using Workflows.Engine.Instances.Changes;
using Workflows.Engine.Instances.Messages;
using Workflows.Engine.Turns;
using Workflows.Platform;

namespace Workflows.Engine.Instances;

/// <summary>Reads an instance from the file, replays its history, and continues what was under way.</summary>
internal sealed class InstanceLoader(
    LiveInstance instance, InstanceState state, PendingMessages pending, RunningActivities running, TurnRunner turns,
    ActivityRestarts restarts, InstanceBlocking blocking)
{
    private InstanceRegistry Registry => instance.Registry;

    /// <summary>Gives what is to be written so that the instance continues; null when nothing is.</summary>
    public InstanceChanges? Load()
    {
        StoredInstance? stored;
        try
        {
            stored = Registry.Database.Readers.ReadInTransaction(
                instance.Id, static (connection, id) => StoredInstance.Read(connection, id));
        }
        catch (Exception exception) when (exception is DamagedDataException or InvalidDataException)
        {
            // If the instance's own row is damaged too, this throws: then nothing can be done with the instance.
            return blocking.BlockAsStored(exception.Message);
        }

        running.FollowStatus(stored?.Row);
        if (stored is null)
        {
            state.Load(null, isWorking: false);
            return null;
        }

        state.Load(new DurableState(stored.Row) { Starts = stored.Starts }, stored.IsWorking);
        return Continue(stored);
    }

    /// <summary>
    /// The orchestrator of a suspended instance as it stands; null when its code does not fit its history.
    /// </summary>
    public Orchestrator? TryReplay()
    {
        try
        {
            var stored = Registry.Database.Readers.ReadInTransaction(
                instance.Id, static (connection, id) => StoredInstance.Read(connection, id)!);
            return Replayed(stored);
        }
        catch (Exception exception) when (exception is not HomeUnavailableException)
        {
            Registry.Log.NotReplayed(instance.Id, exception);
            return null;
        }
    }

    /// <summary>A new orchestrator for the generation of a row.</summary>
    public Orchestrator NewOrchestrator(InstanceRow row) => new(
        row,
        Registry.Turns.Catalog.FindOrchestration(row.Name)!,
        Registry.Turns,
        () => Registry.Post(instance.Id, new EngineSignal(SignalKind.NonDurableAwait)));

    private InstanceChanges? Continue(StoredInstance stored)
    {
        var row = stored.Row;
        var isFirstSinceStart = Registry.TakeUnrecovered(row.Key);
        if (row.Status.IsEnded())
        {
            pending.MergeInbox(stored.Inbox);
            return null;
        }

        // A blocked instance is tried once after each start of the process: the build may be another one.
        if (row.Status == OrchestrationStatus.Suspended
            || (row.Status == OrchestrationStatus.Blocked && !isFirstSinceStart)
            || (row.Status == OrchestrationStatus.Pending && row.StartAt > Registry.Now))
        {
            return null;
        }

        if (Registry.Compatibility.RowIfIncompatible(row, Registry.Now) is { } incompatible)
        {
            return Compatibility.Changes(incompatible);
        }

        try
        {
            Replay(stored);
        }
        catch (Exception exception)
        {
            return blocking.Block(exception.Message);
        }

        pending.MergeInbox(stored.Inbox);
        return state.Durable!.Turn == 0
            ? pending.HandleBatch(turns, static (turns, batch) => turns.Run(batch))
            : restarts.Restart(isFirstSinceStart);
    }

    private void Replay(StoredInstance stored)
    {
        var orchestrator = Replayed(stored);
        var last = stored.Turns.Count > 0 ? stored.Turns[^1] : new StoredTurn(0, [], TurnRecord.NoChain);
        var durable = new DurableState(stored.Row) { Turn = last.Turn, Chain = last.Chain, Starts = stored.Starts };
        state.Load(durable, stored.IsWorking);
        state.Use(orchestrator);
    }

    private Orchestrator Replayed(StoredInstance stored)
    {
        var orchestrator = NewOrchestrator(stored.Row);
        foreach (var record in TurnChain.Verify(stored.Row, stored.Turns))
        {
            orchestrator.Replay(record);
        }

        return orchestrator;
    }
}
