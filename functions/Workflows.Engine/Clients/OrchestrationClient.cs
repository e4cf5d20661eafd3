using System.Globalization;
using Workflows.Engine.History;
using Workflows.Engine.Instances;
using Workflows.Engine.Instances.Messages;
using Workflows.Engine.Storage;
using Workflows.Platform;

namespace Workflows.Engine.Clients;

/// <inheritdoc cref="IOrchestrationClient"/>
internal sealed class OrchestrationClient(
    Database database, InstanceRegistry registry, Payloads payloads, DurableCatalog catalog) : IOrchestrationClient
{
    // A commit purges at most so many instances, so that a purge of thousands delays no other write for long.
    private const int PurgedPerCommit = 16;

    private static readonly HashSet<OrchestrationStatus> Ended =
        [OrchestrationStatus.Completed, OrchestrationStatus.Failed, OrchestrationStatus.Terminated];

    public Task<ScheduleOutcome> ScheduleAsync(
        string orchestration, object? input, ScheduleOptions options, CancellationToken cancellation)
    {
        ArgumentException.ThrowIfNullOrEmpty(orchestration);
        InstanceIds.ThrowIfInvalid(options.InstanceId);
        var payload = payloads.Write(input, catalog.FindOrchestration(orchestration)?.InputType);
        return Schedule(orchestration, payload, options, cancellation);
    }

    public async Task<RaiseOutcome> RaiseEventAsync(
        string instanceId, string eventName, object? payload, string eventId, CancellationToken cancellation)
    {
        InstanceIds.ThrowIfInvalid(instanceId);
        ArgumentException.ThrowIfNullOrEmpty(eventName);
        ArgumentException.ThrowIfNullOrEmpty(eventId);
        ThrowIfUnavailable();
        var message = new OrchestratorMessage(new EventRaised(eventName, payloads.Write(payload), eventId));
        var raised = message.WhenRaised();
        registry.Post(instanceId, message);
        return await raised.WaitAsync(cancellation);
    }

    public Task<OrchestrationState?> GetAsync(string instanceId, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return Task.FromResult(Find(instanceId));
    }

    public Task<Page<OrchestrationState>> QueryAsync(InstanceQuery query, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        ThrowIfUnbounded(query);
        var after = InstanceQueries.AfterOf(query.Continuation);
        var states = database.Readers.Read(connection =>
            InstanceQueries.Read(connection, query, after, query.PageSize + 1, database.FileId));
        var page = states.Take(query.PageSize).ToList();
        var continuation = states.Count > page.Count ? page[^1].Key.ToString(CultureInfo.InvariantCulture) : null;
        return Task.FromResult(new Page<OrchestrationState>(page.ConvertAll(state => state.State), continuation));
    }

    public async Task<OrchestrationState?> WaitForCompletionAsync(string instanceId, CancellationToken cancellation)
    {
        while (true)
        {
            using var wait = registry.Waiters.Add(instanceId);
            if (Find(instanceId) is not { IsEnded: false } state)
            {
                return Find(instanceId);
            }

            await wait.Task.WaitAsync(cancellation);
        }
    }

    public Task<OperationOutcome> SuspendAsync(string instanceId, string reason, CancellationToken cancellation) =>
        Operate(instanceId, new InstanceOperation(OperationKind.Suspend, reason), cancellation);

    public Task<OperationOutcome> ResumeAsync(string instanceId, string reason, CancellationToken cancellation) =>
        Operate(instanceId, new InstanceOperation(OperationKind.Resume, reason), cancellation);

    public Task<OperationOutcome> TerminateAsync(
        string instanceId, string reason, bool recursive, CancellationToken cancellation) =>
        Operate(instanceId, new InstanceOperation(OperationKind.Terminate, reason, recursive), cancellation);

    public async Task<OperationOutcome> RestartAsync(
        string instanceId, string? newInstanceId, CancellationToken cancellation)
    {
        InstanceIds.ThrowIfInvalid(newInstanceId ?? instanceId);
        var row = database.Readers.Read(instanceId, InstanceStatements.Find);
        if (row is null)
        {
            return OperationOutcome.NotFound;
        }

        if (!row.Status.IsEnded())
        {
            return OperationOutcome.NoChange;
        }

        var options = new ScheduleOptions(
            newInstanceId ?? instanceId, ReplaceIf: newInstanceId is null ? Ended : null, Version: row.Version ?? "");
        var outcome = await Schedule(row.Name, row.Input, options, cancellation);
        return outcome.Created ? OperationOutcome.Done : OperationOutcome.NoChange;
    }

    public Task<OperationOutcome> RewindAsync(string instanceId, string reason, CancellationToken cancellation) =>
        Operate(instanceId, new InstanceOperation(OperationKind.Rewind, reason), cancellation);

    public Task<OperationOutcome> PurgeAsync(string instanceId, CancellationToken cancellation) =>
        Operate(instanceId, new InstanceOperation(OperationKind.Purge, ""), cancellation);

    public async Task<int> PurgeAsync(InstanceQuery query, CancellationToken cancellation)
    {
        ThrowIfUnbounded(query);
        var ended = database.Readers.Read(connection => InstanceQueries.ReadEnded(connection, query, query.PageSize));
        var purged = 0;
        foreach (var chunk in ended.Chunk(PurgedPerCommit))
        {
            var outcomes = await Task.WhenAll(chunk.Select(id => PurgeAsync(id, cancellation)));
            purged += outcomes.Count(outcome => outcome == OperationOutcome.Done);
        }

        return purged;
    }

    private async Task<ScheduleOutcome> Schedule(
        string orchestration, byte[]? input, ScheduleOptions options, CancellationToken cancellation)
    {
        ThrowIfUnavailable();
        registry.ThrowIfFull();
        var message = new StartRequest(orchestration, input, options);
        registry.Post(options.InstanceId, message);
        return await message.Done.WaitAsync(cancellation);
    }

    private async Task<OperationOutcome> Operate(
        string instanceId, InstanceOperation message, CancellationToken cancellation)
    {
        InstanceIds.ThrowIfInvalid(instanceId);
        ThrowIfUnavailable();
        registry.Post(instanceId, message);
        return await message.Done.WaitAsync(cancellation);
    }

    private OrchestrationState? Find(string instanceId) => database.Readers.Read(
        (instanceId, database.FileId),
        static (connection, asked) => InstanceQueries.Find(connection, asked.instanceId, asked.FileId));

    private static void ThrowIfUnbounded(InstanceQuery query)
    {
        if (query.PageSize is < 1 or > 1000)
        {
            throw new ArgumentException("A page holds 1 to 1,000 instances.", nameof(query));
        }
    }

    private void ThrowIfUnavailable()
    {
        database.Writer.ThrowIfUnavailable();
        if (registry.IsStopping)
        {
            throw new HomeUnavailableException("The home is stopping.", TimeSpan.FromSeconds(5));
        }
    }
}
