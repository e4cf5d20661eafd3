using System.Text.Json;
using Microsoft.DurableTask.Client;
using Workflows.Azure.Durable.Signals;
using Workflows.Platform;
using OrchestrationQuery = Workflows.Platform.OrchestrationQuery;
using StartOrchestrationOptions = Microsoft.DurableTask.StartOrchestrationOptions;

namespace Workflows.Azure.Durable;

/// <summary>The Platform's client on Durable Functions' one, with the promises that Durable's does not make.</summary>
public sealed class DurableOrchestrationClient(
    DurableClient durable, SignalTable signals, WakeUps wakeUps, DurableCatalog catalog, TimeProvider clock) : IOrchestrationClient
{
    /// <summary>An id that was taken this long ago and has no instance was left behind by a process that died.</summary>
    private static readonly TimeSpan Abandoned = TimeSpan.FromMinutes(1);

    /// <summary>How often to look for an instance that somebody else is about to start.</summary>
    private const int Looks = 40;

    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(250);

    private const int MaxPageSize = 1000;

    private readonly InstanceControl _control = new(durable, signals);

    private DurableTaskClient Client => durable.Current;

    public Task<ScheduleOutcome> ScheduleAsync(
        string orchestration, object? input, ScheduleOptions options, CancellationToken cancellation) =>
        ScheduleAsync(orchestration, input, options, NewRun(), cancellation);

    /// <summary>The same for a run that has its name: repeated after a failure, it goes on with what it began.</summary>
    internal async Task<ScheduleOutcome> ScheduleAsync(
        string orchestration, object? input, ScheduleOptions options, string run, CancellationToken cancellation)
    {
        InstanceIds.ThrowIfInvalid(options.InstanceId);
        var start = new InstanceStart(Payloads.Write(input, catalog.FindOrchestration(orchestration)?.InputType), run)
        {
            Version = VersionPolicy.Any.VersionFor(options.Version),
            StartAt = options.StartAt?.ToUniversalTime(),
        };
        if (await TakeAsync(options.InstanceId, run, options.ReplaceIf, cancellation) is not { } cursor)
        {
            return new ScheduleOutcome(options.InstanceId, Created: false);
        }

        await StartAsync(orchestration, options.InstanceId, start with { Cursor = cursor }, cancellation);
        return new ScheduleOutcome(options.InstanceId, Created: true);
    }

    public async Task<RaiseOutcome> RaiseEventAsync(
        string instanceId, string eventName, object? payload, string eventId, CancellationToken cancellation)
    {
        var written = Payloads.Write(payload);
        var instance = await Client.GetInstanceAsync(instanceId, false, cancellation);
        if (instance is null && await signals.FindHeadAsync(instanceId, cancellation) is not { Run: not "" })
        {
            return RaiseOutcome.NotFound;
        }

        if (instance is { IsCompleted: true })
        {
            return RaiseOutcome.TooLate;
        }

        // A second raise wakes as well: whoever kept the event the first time may have died before its wake-up.
        var note = await wakeUps.NoteAsync(instanceId, eventId, cancellation);
        var wakeUp = await signals.TryKeepAsync(instanceId, eventName, written, eventId, cancellation);
        await wakeUps.WakeAsync(note, wakeUp ?? WakeUp.Anyway, cancellation);
        return wakeUp is not null ? RaiseOutcome.Accepted : RaiseOutcome.Duplicate;
    }

    public async Task<OrchestrationState?> GetAsync(string instanceId, CancellationToken cancellation)
    {
        if (await Client.GetInstanceAsync(instanceId, true, cancellation) is not { } instance)
        {
            return null;
        }

        var isHeld = instance.RuntimeStatus is OrchestrationRuntimeStatus.Suspended or OrchestrationRuntimeStatus.Terminated;
        var head = isHeld ? await signals.FindHeadAsync(instanceId, cancellation) : null;
        return States.Of(instance) with { Reason = head?.Reason };
    }

    public async Task<OrchestrationPage> QueryAsync(OrchestrationQuery query, CancellationToken cancellation)
    {
        if (query.PageSize is < 1 or > MaxPageSize)
        {
            throw new ArgumentException("A page holds 1 to 1,000 instances.", nameof(query));
        }

        var pages = Client.GetAllInstancesAsync(States.QueryOf(query)).AsPages(query.Continuation, query.PageSize);
        await foreach (var page in pages.WithCancellation(cancellation))
        {
            return new OrchestrationPage(
                [.. page.Values.Select(States.Of).Where(state => States.Fits(state, query))], page.ContinuationToken);
        }

        return new OrchestrationPage([], null);
    }

    public async Task<OrchestrationState?> WaitForCompletionAsync(string instanceId, CancellationToken cancellation)
    {
        if (await Client.GetInstanceAsync(instanceId, false, cancellation) is null)
        {
            return null;
        }

        await Client.WaitForInstanceCompletionAsync(instanceId, false, cancellation);
        return await GetAsync(instanceId, cancellation);
    }

    public Task<OperationOutcome> SuspendAsync(string instanceId, string reason, CancellationToken cancellation) =>
        _control.SuspendAsync(instanceId, reason, cancellation);

    public Task<OperationOutcome> ResumeAsync(string instanceId, string reason, CancellationToken cancellation) =>
        _control.ResumeAsync(instanceId, reason, cancellation);

    public Task<OperationOutcome> TerminateAsync(string instanceId, string reason, bool recursive, CancellationToken cancellation) =>
        _control.TerminateAsync(instanceId, reason, recursive, cancellation);

    public async Task<OperationOutcome> RestartAsync(string instanceId, string? newInstanceId, CancellationToken cancellation)
    {
        if (await Client.GetInstanceAsync(instanceId, true, cancellation) is not { } instance)
        {
            return OperationOutcome.NotFound;
        }

        if (!instance.IsCompleted || States.StartOf(instance) is not { } first)
        {
            return OperationOutcome.NoChange;
        }

        var id = newInstanceId ?? instanceId;
        InstanceIds.ThrowIfInvalid(id);
        var start = new InstanceStart(first.Input, NewRun()) { Version = first.Version };
        var replace = newInstanceId is null ? States.Ended : null;
        if (await TakeAsync(id, start.Run, replace, cancellation) is not { } cursor)
        {
            return OperationOutcome.NoChange;
        }

        await StartAsync(instance.Name, id, start with { Cursor = cursor }, cancellation);
        return OperationOutcome.Done;
    }

    /// <summary>Durable Functions does not rewind instances of the isolated worker: restart them instead.</summary>
    public async Task<OperationOutcome> RewindAsync(string instanceId, string reason, CancellationToken cancellation) =>
        await Client.GetInstanceAsync(instanceId, false, cancellation) is null ? OperationOutcome.NotFound : OperationOutcome.NoChange;

    public async Task<OperationOutcome> PurgeAsync(string instanceId, CancellationToken cancellation)
    {
        var instance = await Client.GetInstanceAsync(instanceId, false, cancellation);
        if (instance is not { IsCompleted: true })
        {
            return instance is null ? OperationOutcome.NotFound : OperationOutcome.NoChange;
        }

        var head = await signals.FindHeadAsync(instanceId, cancellation);
        await Client.PurgeInstanceAsync(instanceId, cancellation);
        if (head is not null)
        {
            await signals.ForgetAsync(instanceId, head, cancellation);
        }

        return OperationOutcome.Done;
    }

    public async Task<int> PurgeAsync(OrchestrationQuery query, CancellationToken cancellation)
    {
        var ended = query with { Statuses = query.Statuses ?? States.Ended };
        var purged = 0;
        do
        {
            var page = await QueryAsync(ended, cancellation);
            foreach (var instance in page.Instances.Where(instance => instance.IsEnded))
            {
                purged += await PurgeAsync(instance.InstanceId, cancellation) == OperationOutcome.Done ? 1 : 0;
                if (purged == query.PageSize)
                {
                    return purged;
                }
            }

            ended = ended with { Continuation = page.Continuation };
        }
        while (ended.Continuation is not null);

        return purged;
    }

    /// <summary>Takes an id for the child of an orchestration.</summary>
    /// <returns>Signals up to this number are of earlier runs; null when the id is somebody else's.</returns>
    public async Task<long?> TakeForChildAsync(TakeId take, CancellationToken cancellation)
    {
        while (!await signals.TryTakeAsync(take.InstanceId, take.Run, cancellation))
        {
            if (await signals.FindHeadAsync(take.InstanceId, cancellation) is not { } head)
            {
                continue;
            }

            if (head.Run == take.Run)
            {
                return head.From;
            }

            if (head.Run != take.Before)
            {
                return null;
            }

            if (await signals.TryReplaceAsync(take.InstanceId, head, take.Run, head.Last, cancellation))
            {
                return head.Last;
            }
        }

        return 0;
    }

    /// <summary>Takes an id, if it is free or its instance may be replaced.</summary>
    /// <returns>Signals up to this number are of earlier runs; null when it is not to be had.</returns>
    /// <exception cref="HomeUnavailableException">Somebody has taken it and does not come to start it.</exception>
    private async Task<long?> TakeAsync(
        string instanceId, string run, IReadOnlySet<OrchestrationStatus>? replaceIf, CancellationToken cancellation)
    {
        var looks = 0;
        while (!await signals.TryTakeAsync(instanceId, run, cancellation))
        {
            if (await signals.FindHeadAsync(instanceId, cancellation) is not { } head)
            {
                continue;
            }

            var instance = await Client.GetInstanceAsync(instanceId, true, cancellation);
            if (instance is not null && IsOf(head, instance))
            {
                if (replaceIf?.Contains(States.StatusOf(instance.RuntimeStatus)) != true || head.Run == run)
                {
                    return null;
                }

                if (!await signals.TryReplaceAsync(instanceId, head, run, head.Last, cancellation))
                {
                    continue;
                }

                await signals.ForgetAsync(instanceId, head.Last, cancellation);
                if (!instance.IsCompleted)
                {
                    await _control.EndAsync(instanceId, "replaced", cancellation);
                }

                return head.Last;
            }

            if (head.Run == run)
            {
                return head.From;
            }

            if (head.Run.Length > 0 && clock.GetUtcNow() - head.TakenAt < Abandoned)
            {
                // Whoever took it is about to start it, or has died: which of them cannot be told yet.
                if (++looks > Looks)
                {
                    throw new HomeUnavailableException($"Instance '{instanceId}' is about to start.", Abandoned);
                }

                await Task.Delay(LookAgain, TimeProvider.System, cancellation);
                continue;
            }

            // Nothing ran under it, so that what was kept for it is the new run's.
            if (await signals.TryReplaceAsync(instanceId, head, run, head.From, cancellation))
            {
                return head.From;
            }
        }

        return 0;
    }

    private static bool IsOf(SignalHead head, OrchestrationMetadata instance) =>
        head.Run.Length == 0 || States.StartOf(instance)?.Run == head.Run;

    private async Task StartAsync(string orchestration, string instanceId, InstanceStart start, CancellationToken cancellation) =>
        await Client.ScheduleNewOrchestrationInstanceAsync(
            orchestration, start, new StartOrchestrationOptions(instanceId, start.StartAt), cancellation);

    private static string NewRun() => Convert.ToHexStringLower(System.Security.Cryptography.RandomNumberGenerator.GetBytes(16));
}
