using Workflows.Engine.Instances.Changes;
using Workflows.Engine.Instances.Messages;
using Workflows.Platform;

namespace Workflows.Engine.Instances.Operations;

/// <summary>
/// Handles what callers, and parents, request of an instance: suspend, resume, terminate, rewind, purge.
/// </summary>
internal sealed class InstanceOperations(
    InstanceRegistry registry, InstanceState state, PendingMessages pending, InstanceLoader loader)
{
    public InstanceChanges? Handle(InstanceOperation request)
    {
        if (pending.IsRepeated(request))
        {
            return null;
        }

        if (state.Durable is not { } durable)
        {
            request.Answer(OperationOutcome.NotFound);
            return null;
        }

        var changes = ChangesOf(request, durable);
        if (changes is null)
        {
            request.Answer(OperationOutcome.NoChange);
            if (request.InboxSeq == 0)
            {
                return null;
            }

            changes = new InstanceChanges
            {
                After = durable,
                Report = request.Kind == OperationKind.Rewind ? Rewinding.ReportOfEnded(durable.Row) : null,
            };
        }

        return changes with
        {
            Messages = [request],
            Consumed = request.InboxSeq > 0 ? [request.InboxSeq] : [],
            WhenDurable = [() => request.Answer(OperationOutcome.Done)],
        };
    }

    private InstanceChanges? ChangesOf(InstanceOperation request, DurableState durable) => request.Kind switch
    {
        OperationKind.Suspend => Suspension.Suspend(durable, request.Reason, registry.Now),
        OperationKind.Resume => Suspension.Resume(durable, registry.Now),
        OperationKind.Terminate => Terminate(durable, request),
        OperationKind.Rewind => Rewinding.Rewind(durable, request.Reason, registry),
        OperationKind.Purge when durable.Row.Status.IsEnded() => new InstanceChanges { After = durable, Purges = true },
        _ => null,
    };

    private InstanceChanges? Terminate(DurableState durable, InstanceOperation request)
    {
        var orchestrator = state.Orchestrator
            ?? (durable.Row.Status == OrchestrationStatus.Suspended ? loader.TryReplay() : null);
        return Termination.Terminate(
            registry, durable, orchestrator, request, readsInbox: state.Orchestrator is null);
    }
}
