namespace Workflows.Signals;

/// <summary>What became of a signal to a running process.</summary>
/// <param name="Refusal">Why it was refused; null otherwise.</param>
/// <param name="State">What the process keeps, after the signal or as it stands; null when there is none.</param>
/// <typeparam name="T">What the process keeps: a deal, an invoice.</typeparam>
public sealed record SignalReceipt<T>(SignalOutcome Outcome, Refusal? Refusal, T? State) where T : class
{
    internal static SignalReceipt<T> Taken(T state) => new(SignalOutcome.Taken, null, state);

    internal static SignalReceipt<T> Accepted(T state) => new(SignalOutcome.Accepted, null, state);

    internal static SignalReceipt<T> Refused(Refusal refusal, T state) => new(SignalOutcome.Refused, refusal, state);

    internal static SignalReceipt<T> NotFound(T? state) => new(SignalOutcome.NotFound, null, state);
}

/// <summary>What became of a signal.</summary>
public enum SignalOutcome
{
    /// <summary>Taken: what is kept shows its effect.</summary>
    Taken,

    /// <summary>Kept, and its effect will show: the process is slow to answer.</summary>
    Accepted,

    /// <summary>Not possible as things stand.</summary>
    Refused,

    /// <summary>There is no such deal, or invoice.</summary>
    NotFound,
}
