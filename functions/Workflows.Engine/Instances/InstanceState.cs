using System.Collections.ObjectModel;
using Workflows.Engine.History;
using Workflows.Engine.Instances.Changes;
using Workflows.Engine.Turns;
using Workflows.Platform;

namespace Workflows.Engine.Instances;

/// <summary>What the file has of one execution of an instance.</summary>
internal sealed record DurableState(InstanceRow Row)
{
    /// <summary>The number of the last turn; 0 before the first one.</summary>
    public int Turn { get; init; }

    /// <summary>The hash over the last turn and all before it.</summary>
    public byte[] Chain { get; init; } = TurnRecord.NoChain;

    /// <summary>How often each open activity was started again after a stop.</summary>
    public IReadOnlyDictionary<int, ActivityStarts> Starts { get; init; } =
        ReadOnlyDictionary<int, ActivityStarts>.Empty;

    /// <summary>The state with these starts in place of those of the same activities.</summary>
    public DurableState WithStarts(IReadOnlyList<(int TaskId, ActivityStarts Starts)> counted)
    {
        if (counted.Count == 0)
        {
            return this;
        }

        var starts = new Dictionary<int, ActivityStarts>(Starts);
        foreach (var (task, count) in counted)
        {
            starts[task] = count;
        }

        return this with { Starts = starts };
    }
}

/// <summary>
/// What is known in memory of an instance. The durable state changes only when it is read from the file and when a
/// write has committed; the orchestrator runs ahead of it by the one write that is on its way.
/// </summary>
internal sealed class InstanceState
{
    /// <summary>As of the last commit; null when the id has no execution.</summary>
    public DurableState? Durable { get; private set; }

    public InstanceRow? Row => Durable?.Row;

    /// <summary>Null when no turn can run: the instance waits, has ended, or is to be read first.</summary>
    public Orchestrator? Orchestrator { get; private set; }

    /// <summary>Whether the durable state is what the file has.</summary>
    public bool IsLoaded { get; private set; }

    /// <summary>Whether the file marks the instance as one that may have work after a restart of the process.</summary>
    public bool IsWorking { get; private set; }

    /// <summary>
    /// Whether nothing is lost when the instance leaves the memory, because the file has all that is known.
    /// </summary>
    public bool IsOver => IsLoaded && (Row is null || Row.Status.IsEnded());

    /// <summary>Sets what was read from the file.</summary>
    public void Load(DurableState? durable, bool isWorking)
    {
        Durable = durable;
        IsWorking = isWorking;
        Orchestrator = null;
        IsLoaded = true;
    }

    /// <summary>Sets the orchestrator that was replayed, or that is about to run its first turn.</summary>
    public void Use(Orchestrator? orchestrator) => Orchestrator = orchestrator;

    /// <summary>The instance is to be read again before its next message is handled.</summary>
    public void RequireLoad() => IsLoaded = false;

    /// <summary>Drops the orchestrator, which may be ahead of the file: the instance is to be read again.</summary>
    public void Invalidate()
    {
        Orchestrator = null;
        IsLoaded = false;
    }

    /// <summary>Takes over what a write has committed.</summary>
    public void Commit(InstanceChanges changes)
    {
        var isOver = changes.Purges || changes.Row.Status.IsEnded();
        Durable = changes.Purges ? null : changes.After;
        IsWorking = !isOver && (changes.MarksWorking ?? IsWorking);
        if (isOver || changes.Row.Status == OrchestrationStatus.Suspended)
        {
            Orchestrator = null;
        }

        if (!changes.Purges && (changes.BeginsGeneration || changes.Reloads))
        {
            IsLoaded = false;
        }
    }
}
