using Microsoft.DurableTask.Client;
using Workflows.Azure.Durable.Signals;
using Workflows.Platform;

namespace Workflows.Azure.Durable;

/// <summary>The Platform's client on Durable Functions' one, with the promises that Durable's does not make.</summary>
public sealed class DurableOrchestrationClient(
    DurableClient durable, SignalTable signals, WakeUpOutbox wakeUps, DurableCatalog catalog,
    TimeProvider clock) : IOrchestrationClient
{
    private const int MaxPageSize = 1000;

    private readonly InstanceControl _control = new(durable, signals, clock);
    private readonly InstanceIdReservation _ids = new(
        durable, signals, new InstanceControl(durable, signals, clock), clock);

    public Task<ScheduleOutcome> ScheduleAsync(
        string orchestration, object? input, ScheduleOptions options, CancellationToken cancellation) =>
        ScheduleAsync(orchestration, input, options, NewRun(), cancellation);

    /// <summary>
    /// The same for a run that has its name: repeated after a failure, it goes on with what it began.
    /// </summary>
    internal async Task<ScheduleOutcome> ScheduleAsync(
        string orchestration, object? input, ScheduleOptions options, string run, CancellationToken cancellation)
    {
        InstanceIds.ThrowIfInvalid(options.InstanceId);
        var start = new InstanceStart(Payloads.Write(input, catalog.FindOrchestration(orchestration)?.InputType), run)
        {
            Version = VersionPolicy.Any.VersionFor(options.Version),
            StartAt = options.StartAt?.ToUniversalTime(),
        };
        if (await _ids.TakeAsync(options.InstanceId, run, options.ReplaceIf, cancellation) is not { } taken)
        {
            return new ScheduleOutcome(options.InstanceId, Created: false);
        }

        await StartAsync(orchestration, options.InstanceId, start, taken, cancellation);
        return new ScheduleOutcome(options.InstanceId, Created: true);
    }

    public async Task<RaiseOutcome> RaiseEventAsync(
        string instanceId, string eventName, object? payload, string eventId, CancellationToken cancellation)
    {
        var written = Payloads.Write(payload);
        var instance = await durable.FindAsync(instanceId, cancellation);
        if (instance is null && await signals.FindHeadAsync(instanceId, cancellation) is not { Run: not "" })
        {
            return RaiseOutcome.NotFound;
        }

        if (instance is { IsCompleted: true })
        {
            return RaiseOutcome.TooLate;
        }

        // A second raise wakes as well: the process that kept the event the first time may have died before its
        // wake-up.
        var note = await wakeUps.NoteAsync(instanceId, eventId, cancellation);
        var (outcome, wakeUp) = await signals.TryKeepAsync(instanceId, eventName, written, eventId, cancellation);
        await wakeUps.WakeAsync(
            note, wakeUp ?? WakeUp.Anyway,
            hasBegun: instance is { RuntimeStatus: not OrchestrationRuntimeStatus.Pending }, cancellation);
        return outcome;
    }

    /// <summary>
    /// Raises an event that an instance sends. When it comes too late, nobody is told so: it is handed over as what the
    /// receiver did not take.
    /// </summary>
    internal async Task<bool> SendAsync(SendSignal send, CancellationToken cancellation)
    {
        var outcome = await RaiseEventAsync(
            send.InstanceId, send.Name, send.Payload, send.EventId, cancellation);
        if (outcome == RaiseOutcome.TooLate
            && await durable.FindAsync(send.InstanceId, cancellation) is { } ended
            && catalog.FindOrchestration(ended.Name)?.HandsUntakenEventsTo is { } receiver)
        {
            var untaken = new UntakenEvents(send.InstanceId, [new UntakenEvent(send.Name, send.Payload)]);
            var key = Sha256Hex.Lower(send.EventId)[..24];
            var options = new ScheduleOptions(untaken.ReceiverId(key));
            await ScheduleAsync(receiver, untaken, options, run: key, cancellation);
        }

        return outcome == RaiseOutcome.Accepted;
    }

    public async Task<OrchestrationState?> GetAsync(string instanceId, CancellationToken cancellation)
    {
        if (await durable.FindWithPayloadsAsync(instanceId, cancellation) is not { } instance)
        {
            return null;
        }

        var isHeld =
            instance.RuntimeStatus is OrchestrationRuntimeStatus.Suspended or OrchestrationRuntimeStatus.Terminated;
        var head = isHeld ? await signals.FindHeadAsync(instanceId, cancellation) : null;
        return StatusMapping.Of(instance, clock.GetUtcNow()) with { Reason = head?.Reason };
    }

    public async Task<Page<OrchestrationState>> QueryAsync(InstanceQuery query, CancellationToken cancellation)
    {
        if (query.PageSize is < 1 or > MaxPageSize)
        {
            throw new ArgumentException("A page holds 1 to 1,000 instances.", nameof(query));
        }

        return await InstanceList.ReadAsync(durable, query, clock.GetUtcNow(), cancellation);
    }

    public async Task<OrchestrationState?> WaitForCompletionAsync(string instanceId, CancellationToken cancellation)
    {
        if (await durable.FindAsync(instanceId, cancellation) is null)
        {
            return null;
        }

        await durable.WaitForEndAsync(instanceId, cancellation);
        return await GetAsync(instanceId, cancellation);
    }

    public Task<OperationOutcome> SuspendAsync(string instanceId, string reason, CancellationToken cancellation) =>
        _control.SuspendAsync(instanceId, reason, cancellation);

    public Task<OperationOutcome> ResumeAsync(string instanceId, string reason, CancellationToken cancellation) =>
        _control.ResumeAsync(instanceId, reason, cancellation);

    public Task<OperationOutcome> TerminateAsync(
        string instanceId, string reason, bool recursive, CancellationToken cancellation) =>
        _control.TerminateAsync(instanceId, reason, recursive, cancellation);

    public async Task<OperationOutcome> RestartAsync(
        string instanceId, string? newInstanceId, CancellationToken cancellation)
    {
        if (await durable.FindWithPayloadsAsync(instanceId, cancellation) is not { } instance)
        {
            return OperationOutcome.NotFound;
        }

        if (!instance.IsCompleted || StatusMapping.StartOf(instance) is not { } first)
        {
            return OperationOutcome.NoChange;
        }

        var id = newInstanceId ?? instanceId;
        InstanceIds.ThrowIfInvalid(id);
        var start = new InstanceStart(first.Input, NewRun()) { Version = first.Version };
        var replace = newInstanceId is null ? StatusMapping.Ended : null;
        if (await _ids.TakeAsync(id, start.Run, replace, cancellation) is not { } taken)
        {
            return OperationOutcome.NoChange;
        }

        await StartAsync(instance.Name, id, start, taken, cancellation);
        return OperationOutcome.Done;
    }

    /// <summary>Durable Functions does not rewind instances of the isolated worker: restart them instead.</summary>
    public async Task<OperationOutcome> RewindAsync(string instanceId, string reason, CancellationToken cancellation) =>
        await durable.FindAsync(instanceId, cancellation) is null
            ? OperationOutcome.NotFound
            : OperationOutcome.NoChange;

    public async Task<OperationOutcome> PurgeAsync(string instanceId, CancellationToken cancellation)
    {
        var instance = await durable.FindWithPayloadsAsync(instanceId, cancellation);
        if (instance is { IsCompleted: false })
        {
            return OperationOutcome.NoChange;
        }

        if (instance is not null)
        {
            await _ids.GiveUpAsync(instanceId, StatusMapping.StartOf(instance)?.Run, cancellation);
            await durable.PurgeAsync(instanceId, cancellation);
        }

        // Also after a purge that broke off here.
        await _ids.ForgetAsync(instanceId, cancellation);
        return instance is null ? OperationOutcome.NotFound : OperationOutcome.Done;
    }

    public async Task<int> PurgeAsync(InstanceQuery query, CancellationToken cancellation)
    {
        var ended = query with { Statuses = query.Statuses ?? StatusMapping.Ended };
        var purged = 0;
        await foreach (var page in Pages.ReadAllAsync(ReadAsync))
        {
            foreach (var instance in page.Items.Where(instance => instance.IsEnded))
            {
                purged += await PurgeAsync(instance.InstanceId, cancellation) == OperationOutcome.Done ? 1 : 0;
                if (purged == query.PageSize)
                {
                    return purged;
                }
            }

        }

        return purged;

        Task<Page<OrchestrationState>> ReadAsync(string? from) =>
            QueryAsync(ended with { Continuation = from ?? ended.Continuation }, cancellation);
    }

    /// <inheritdoc cref="InstanceIdReservation.TakeForChildAsync"/>
    internal Task<TakenId?> TakeForChildAsync(TakeId take, CancellationToken cancellation) =>
        _ids.TakeForChildAsync(take, cancellation);

    private async Task StartAsync(
        string orchestration, string instanceId, InstanceStart start, TakenId taken, CancellationToken cancellation) =>
        // It may begin long after this, when its process dies first, and Durable drops what comes before: so it looks.
        await durable.StartAsync(
            orchestration, instanceId, start with { Cursor = taken.Cursor!.Value, HasSignals = true }, cancellation);

    private static string NewRun() =>
        Convert.ToHexStringLower(System.Security.Cryptography.RandomNumberGenerator.GetBytes(16));
}
