using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Workflows.Azure.Durable.Signals;
using Workflows.Platform;

namespace Workflows.Azure.Durable.Functions;

/// <summary>
/// What the adapter itself needs done outside an orchestrator. Each is idempotent by the ids in its input.
/// </summary>
public sealed class AdapterActivities(SignalTable signals, DurableOrchestrationClient client, DurableClient durable)
{
    /// <summary>Reads what was kept for an instance.</summary>
    [Function(AdapterFunctions.ReadSignals)]
    public Task<SignalPage> ReadSignalsAsync([ActivityTrigger] ReadSignals read, CancellationToken stopping) =>
        signals.ReadAsync(read.InstanceId, read.After, stopping);

    /// <summary>Closes a run that ends, and reads what it has not read.</summary>
    [Function(AdapterFunctions.CloseSignals)]
    public Task<SignalPage> CloseSignalsAsync([ActivityTrigger] CloseSignals close, CancellationToken stopping) =>
        signals.CloseAsync(close.InstanceId, close.Run, close.After, stopping);

    /// <summary>Raises an event to another instance. An unknown one is left alone.</summary>
    [Function(AdapterFunctions.SendSignal)]
    public async Task<bool> SendSignalAsync(
        [ActivityTrigger] SendSignal send, [DurableClient] DurableTaskClient host, CancellationToken stopping)
    {
        durable.Use(host);
        return await client.SendAsync(send, stopping);
    }

    /// <summary>Starts an orchestration that nobody waits for. A taken id is left alone.</summary>
    [Function(AdapterFunctions.StartInstance)]
    public async Task<bool> StartInstanceAsync(
        [ActivityTrigger] StartInstance start, [DurableClient] DurableTaskClient host, CancellationToken stopping)
    {
        durable.Use(host);
        var options = new ScheduleOptions(start.InstanceId, Version: start.Version);
        return (await client.ScheduleAsync(start.Orchestration, start.Input, options, start.Run, stopping)).Created;
    }

    /// <summary>Takes an id for a child.</summary>
    [Function(AdapterFunctions.TakeId)]
    public async Task<TakenId> TakeIdAsync([ActivityTrigger] TakeId take, CancellationToken stopping) =>
        await client.TakeForChildAsync(take, stopping) ?? new TakenId(null);

    /// <summary>Reads why a person ended an instance.</summary>
    [Function(AdapterFunctions.ReadReason)]
    public async Task<Reason> ReadReasonAsync([ActivityTrigger] ReadReason read, CancellationToken stopping) =>
        new((await signals.FindHeadAsync(read.InstanceId, stopping))?.Reason);
}
