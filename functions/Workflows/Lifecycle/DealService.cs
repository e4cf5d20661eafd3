using Workflows.Effects;
using Workflows.Lifecycle.Timeline;
using Workflows.Platform;
using Workflows.Signals;
using Workflows.Trade;

namespace Workflows.Lifecycle;

/// <summary>Reads deals, and sends them what people did as signals.</summary>
public sealed class DealService(IOrchestrationClient client, ITableStore tables, EffectWait wait, TimeProvider time)
{
    private readonly SignalSender<Deal, DealSignal> _signals = new(client, wait, new DealSignalTarget(tables, time));

    /// <summary>Begins the time in which a request that reads a deal and signals it is answered.</summary>
    public EffectDeadline StartWaiting() => wait.Start();

    /// <summary>A deal, or null. One whose inquiry was accepted a moment ago is waited for.</summary>
    public Task<Deal?> FindAsync(DealId id, CancellationToken cancellation) =>
        FindAsync(id, StartWaiting(), cancellation);

    /// <summary>The same as part of a request that waits for more.</summary>
    public async Task<Deal?> FindAsync(DealId id, EffectDeadline deadline, CancellationToken cancellation)
    {
        if (await DealRepository.FindAsync(tables, id, cancellation) is { } deal)
        {
            return deal;
        }

        return await IsOnItsWayAsync(id, cancellation)
            ? await wait.UntilAsync(
                deadline, () => DealRepository.FindAsync(tables, id, cancellation), found => found is not null,
                cancellation)
            : null;
    }

    /// <inheritdoc cref="DealRepository.TimelineAsync"/>
    public Task<TimelinePart> TimelineAsync(DealId id, int? before, int most, CancellationToken cancellation) =>
        DealRepository.TimelineAsync(tables, id, before, most, cancellation);

    /// <summary>A page of a stage's deals, the latest taken in first.</summary>
    public Task<Page<DealSummary>> ListAsync(
        Stage stage, int pageSize, string? continuation, CancellationToken cancellation) =>
        DealRepository.ListAsync(tables, stage, pageSize, continuation, cancellation);

    /// <summary>
    /// Sends a signal to a deal and waits a moment for its effect. The signal is durable before this returns; the same
    /// signal id again has no second effect.
    /// </summary>
    public Task<SignalReceipt<Deal>> SignalAsync(DealId id, DealSignal signal, CancellationToken cancellation) =>
        SignalAsync(id, signal, StartWaiting(), cancellation);

    /// <summary>The same as part of a request that has waited for the deal before.</summary>
    public async Task<SignalReceipt<Deal>> SignalAsync(
        DealId id, DealSignal signal, EffectDeadline deadline, CancellationToken cancellation) =>
        await _signals.SendAsync(
            id.Value, await FindAsync(id, deadline, cancellation), signal, signal.Id, deadline, cancellation);

    // Any instance may be asked for by its id, and only a deal's own will ever show a deal.
    private async Task<bool> IsOnItsWayAsync(DealId id, CancellationToken cancellation) =>
        await client.GetAsync(id.Value, cancellation)
            is { Status: OrchestrationStatus.Pending or OrchestrationStatus.Running } instance
        && instance.Orchestration == InquiryToPayment.Name;
}
