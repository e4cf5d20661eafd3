using Workflows.Platform;

namespace Workflows.Signals;

/// <summary>A kind of process that takes signals, as their sender must know it.</summary>
/// <typeparam name="TState">What the process keeps for its readers.</typeparam>
internal interface ISignalTarget<TState, TSignal> where TState : class
{
    /// <summary>The event that carries the signals.</summary>
    ExternalEvent<TSignal> Event { get; }

    /// <summary>What the process keeps; null before it has kept anything.</summary>
    Task<TState?> ReadAsync(string instanceId, CancellationToken cancellation);

    /// <summary>Why the signal cannot be taken as things stand; null when it can.</summary>
    Refusal? RefusalOf(TState state, TSignal signal);

    /// <summary>What became of a signal that the state shows; null while it does not show it.</summary>
    SignalReceipt<TState>? ReceiptOf(TState state, string signalId);

    /// <summary>The answer while nothing is running yet.</summary>
    SignalReceipt<TState> NotStarted(TState state);

    /// <summary>The answer once the process has ended.</summary>
    SignalReceipt<TState> Ended(TState state);
}
