namespace Workflows.Signals;

/// <summary>
/// Why a process does not take a signal, as a kind with its values: the words are written where it is shown.
/// </summary>
public abstract record Refusal;
