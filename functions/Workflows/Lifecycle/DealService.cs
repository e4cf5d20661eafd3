using Workflows.Effects;
using Workflows.Lifecycle.Timeline;
using Workflows.Platform;
using Workflows.Trade;

namespace Workflows.Lifecycle;

/// <summary>What became of a signal to a deal.</summary>
/// <param name="Outcome">Whether it was taken.</param>
/// <param name="Refusal">Why it was refused; null when it was not.</param>
/// <param name="Deal">The deal after it, or as it stands; null when there is none.</param>
public sealed record SignalReceipt(SignalOutcome Outcome, DealRefusal? Refusal, Deal? Deal);

/// <summary>What became of a signal to a deal.</summary>
public enum SignalOutcome
{
    /// <summary>Taken: the deal shows its effect.</summary>
    Taken,

    /// <summary>Kept, and its effect will show: the deal is slow to answer.</summary>
    Accepted,

    /// <summary>Not possible as the deal stands.</summary>
    Refused,

    /// <summary>There is no such deal.</summary>
    NotFound,
}

/// <summary>Reads deals, and tells them what people did.</summary>
public sealed class DealService(IOrchestrationClient client, ITableStore tables, EffectWait wait, TimeProvider time)
{
    /// <summary>A deal, or null. One whose inquiry was accepted a moment ago is waited for.</summary>
    public async Task<Deal?> FindAsync(DealId id, CancellationToken cancellation)
    {
        if (await DealRepository.FindAsync(tables, id, cancellation) is { } deal)
        {
            return deal;
        }

        return await client.GetAsync(
            id.Value, cancellation) is { Status: OrchestrationStatus.Pending or OrchestrationStatus.Running }
            ? await WatchAsync(id, found => found is not null, cancellation)
            : null;
    }

    /// <summary>A deal's timeline, oldest first; empty when there is no deal.</summary>
    public Task<IReadOnlyList<TimelineEntry>> TimelineAsync(DealId id, CancellationToken cancellation) =>
        DealRepository.TimelineAsync(tables, id, cancellation);

    /// <summary>A page of a stage's deals, the latest taken in first.</summary>
    public Task<DealPage> ListAsync(Stage stage, int pageSize, string? continuation, CancellationToken cancellation) =>
        DealRepository.ListAsync(tables, stage, pageSize, continuation, cancellation);

    /// <summary>
    /// Tells a deal something and waits a moment for its effect. The signal is durable before this returns; the same
    /// signal id again has no second effect.
    /// </summary>
    public async Task<SignalReceipt> SignalAsync(DealId id, DealSignal signal, CancellationToken cancellation)
    {
        var deal = await FindAsync(id, cancellation);
        if (deal is null)
        {
            return new SignalReceipt(SignalOutcome.NotFound, null, null);
        }

        if (deal.SignalsTaken.Contains(signal.Id))
        {
            return ReceiptOf(deal, signal.Id);
        }

        if (DealRules.Refusal(deal, signal, time.GetUtcNow()) is { } refusal)
        {
            return new SignalReceipt(SignalOutcome.Refused, refusal, deal);
        }

        return await DealSignal.Event.RaiseAsync(client, id.Value, signal, signal.Id, cancellation) switch
        {
            RaiseOutcome.NotFound => new SignalReceipt(SignalOutcome.NotFound, null, deal),
            RaiseOutcome.TooLate => new SignalReceipt(
                SignalOutcome.Refused, new DealRefusal.Ended(Stage: null), deal),
            _ => await AnswerAsync(id, signal.Id, cancellation),
        };
    }

    private async Task<SignalReceipt> AnswerAsync(DealId id, string signalId, CancellationToken cancellation)
    {
        var deal = await WatchAsync(id, found => found!.SignalsTaken.Contains(signalId), cancellation);
        return deal!.SignalsTaken.Contains(signalId)
            ? ReceiptOf(deal, signalId)
            : new SignalReceipt(SignalOutcome.Accepted, null, deal);
    }

    private static SignalReceipt ReceiptOf(Deal deal, string signalId) =>
        deal.SignalsRefused.FirstOrDefault(refused => refused.Id == signalId) is { } refused
            ? new SignalReceipt(SignalOutcome.Refused, refused.Refusal, deal)
            : new SignalReceipt(SignalOutcome.Taken, null, deal);

    /// <summary>The deal as soon as it is so, or as it is when the wait is over.</summary>
    private Task<Deal?> WatchAsync(DealId id, Predicate<Deal?> isSo, CancellationToken cancellation) =>
        wait.UntilAsync(() => DealRepository.FindAsync(tables, id, cancellation), isSo, cancellation);
}
