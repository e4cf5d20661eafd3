using Workflows.Platform;
using Workflows.Signals;
using Workflows.Trade;

namespace Workflows.Lifecycle;

/// <summary>Deals, as the sender of their signals must know them.</summary>
internal sealed class DealSignalTarget(ITableStore tables, TimeProvider time) : ISignalTarget<Deal, DealSignal>
{
    public ExternalEvent<DealSignal> Event => DealSignal.Event;

    public Task<Deal?> ReadAsync(string instanceId, CancellationToken cancellation) =>
        DealRepository.FindAsync(tables, new DealId(instanceId), cancellation);

    public Refusal? RefusalOf(Deal state, DealSignal signal) => DealRules.Refusal(state, signal, time.GetUtcNow());

    // What was possible when the signal was let in may not be any more when the deal takes it.
    public SignalReceipt<Deal>? ReceiptOf(Deal state, string signalId)
    {
        if (!state.SignalsTaken.Contains(signalId))
        {
            return null;
        }

        return state.SignalsRefused.FirstOrDefault(refused => refused.Id == signalId) is { } refused
            ? SignalReceipt<Deal>.Refused(refused.Refusal, state)
            : SignalReceipt<Deal>.Taken(state);
    }

    public SignalReceipt<Deal> NotStarted(Deal state) => SignalReceipt<Deal>.NotFound(state);

    public SignalReceipt<Deal> Ended(Deal state) => SignalReceipt<Deal>.Refused(
        new DealRefusal.Ended(Stage: null), state);
}
