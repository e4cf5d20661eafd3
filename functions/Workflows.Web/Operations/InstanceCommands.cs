using Workflows.Platform;
using Workflows.Web.Hosting.Keys;
using Workflows.Web.Hosting.Problems;

namespace Workflows.Web.Operations;

/// <summary>
/// What an administrator does to an instance. Each leaves an entry in the <see cref="AdminLog"/>. Suspending is undone
/// by resuming, ending by rewinding.
/// </summary>
internal sealed class InstanceCommands(IOrchestrationClient client, AdminLog log)
{
    /// <summary>
    /// Carries out an operation. Whether there is such an instance is for the home to say: what a purge left half done
    /// is removed when it is purged again.
    /// </summary>
    public Task<OperationOutcome> OperateAsync(
        Actor actor, string operation, string id, string reason,
        Func<IOrchestrationClient, Task<OperationOutcome>> operate, CancellationToken cancellation) =>
        log.RecordAsync(actor, operation, id, reason, () => operate(client), cancellation);

    /// <summary>
    /// Runs an instance again with its input. Only what failed or was ended by a person: what completed has its books,
    /// and would write them again from the first entry.
    /// </summary>
    /// <exception cref="ProblemException">404 when there is none; 409 when it has completed.</exception>
    public async Task<OperationOutcome> RestartAsync(
        Actor actor, string id, string reason, CancellationToken cancellation)
    {
        if ((await FindAsync(id, cancellation)).Status == OrchestrationStatus.Completed)
        {
            throw new ProblemException(
                ProblemType.Conflict, "The instance has completed. Only one that failed or was terminated runs again.");
        }

        return await log.RecordAsync(
            actor, "restart", id, reason, () => client.RestartAsync(id, newInstanceId: null, cancellation),
            cancellation);
    }

    /// <summary>Raises an event, if it is one that may be raised by hand and its payload is of its type.</summary>
    /// <param name="eventId">The same one again has no second effect.</param>
    /// <exception cref="ProblemException">404 when there is no such instance; 422 when it is no such event.</exception>
    public async Task<RaiseOutcome> RaiseAsync(
        Actor actor, string id, string name, EventRequest request, string eventId, CancellationToken cancellation)
    {
        var instance = await FindAsync(id, cancellation);
        if (HandRaisedEvents.RefusalOf(instance.Orchestration, name, request.Payload) is { } refusal)
        {
            throw new ProblemException(ProblemType.EventRefused, refusal);
        }

        return await log.RecordAsync(
            actor, $"raise {name}", id, request.Reason,
            () => client.RaiseEventAsync(id, name, request.Payload, eventId, cancellation), cancellation);
    }

    private async Task<OrchestrationState> FindAsync(string id, CancellationToken cancellation) =>
        await client.GetAsync(id, cancellation) ?? throw new ProblemException(ProblemType.NotFound);
}
