using Workflows.Effects;
using Workflows.Platform;

namespace Workflows.Signals;

/// <summary>
/// Sends signals to running processes and waits a moment for their effect. A signal is durable before its receipt is
/// given; the same signal id again has no second effect.
/// </summary>
internal sealed class SignalSender<TState, TSignal>(
    IOrchestrationClient client, EffectWait wait, ISignalTarget<TState, TSignal> target)
    where TState : class
{
    /// <param name="state">What the process keeps now; null when there is none.</param>
    /// <param name="deadline">Until when the effect is waited for.</param>
    public async Task<SignalReceipt<TState>> SendAsync(
        string instanceId, TState? state, TSignal signal, string signalId, EffectDeadline deadline,
        CancellationToken cancellation)
    {
        if (state is null)
        {
            return SignalReceipt<TState>.NotFound(state);
        }

        if (target.ReceiptOf(state, signalId) is { } before)
        {
            return before;
        }

        if (target.RefusalOf(state, signal) is { } refusal)
        {
            return SignalReceipt<TState>.Refused(refusal, state);
        }

        return await target.Event.RaiseAsync(client, instanceId, signal, signalId, cancellation) switch
        {
            RaiseOutcome.NotFound => target.NotStarted(state),
            RaiseOutcome.TooLate => target.Ended(state),
            _ => await WatchAsync(instanceId, shown => target.ReceiptOf(shown, signalId), deadline, cancellation),
        };
    }

    /// <summary>Waits a moment until the state shows what a receipt can be given for.</summary>
    public async Task<SignalReceipt<TState>> WatchAsync(
        string instanceId, Func<TState, SignalReceipt<TState>?> receiptOf, EffectDeadline deadline,
        CancellationToken cancellation)
    {
        var state = (await wait.UntilAsync(
            deadline, () => target.ReadAsync(instanceId, cancellation), shown => receiptOf(shown!) is not null,
            cancellation))!;
        return receiptOf(state) ?? SignalReceipt<TState>.Accepted(state);
    }
}
