using Workflows.Engine.Instances.Changes;
using Workflows.Engine.Instances.Messages;
using Workflows.Engine.Turns;
using Workflows.Platform;

namespace Workflows.Engine.Instances.Operations;

/// <summary>Creates an execution. Its first turn is committed together with its row.</summary>
internal sealed class InstanceCreation(
    InstanceRegistry registry, InstanceState state, InstanceLoader loader, TurnRunner turns)
{
    public InstanceChanges? Handle(StartRequest request)
    {
        var options = request.Options;
        if (state.Row is { } existing && options.ReplaceIf?.Contains(existing.Status) != true)
        {
            request.Answer(created: false);
            return null;
        }

        var now = registry.Now;
        var version = registry.Options.Versions.VersionFor(options.Version);
        var row = new InstanceRow(registry.Database.NextKey(), options.InstanceId, request.Orchestration, version, now)
        {
            Status = OrchestrationStatus.Pending,
            Updated = now,
            Input = request.Input,
            StartAt = options.StartAt?.UtcTicks,
        };
        return Begin(row, now) with
        {
            IsNew = true,
            Replaces = state.Row?.Key,
            Messages = [request],
            WhenDurable = [() => request.Answer(created: true)],
        };
    }

    private InstanceChanges Begin(InstanceRow row, long now)
    {
        if (row.StartAt > row.Created)
        {
            var timer = new DurableTimer(0, row.StartAt!.Value);
            return new InstanceChanges { After = new DurableState(row), NewTimers = [timer] };
        }

        if (registry.Compatibility.RowIfIncompatible(row, now) is { } incompatible)
        {
            return Compatibility.Changes(incompatible);
        }

        // The first turn runs before the row is in the file: when the id turns out to be taken, nothing of it is kept.
        state.Use(loader.NewOrchestrator(row));
        var changes = turns.RunFirst(row);
        return changes with { MarksWorking = changes.Row.Status.IsEnded() ? null : true };
    }
}
