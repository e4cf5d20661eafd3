namespace Workflows.Signals;

/// <summary>
/// What a process remembers of the last signals it took, so that a sender can see its signal taken, and one that is
/// sent again has no second effect.
/// </summary>
internal static class SignalMemory
{
    /// <summary>A sender waits for seconds and repeats within minutes; no process takes that many meanwhile.</summary>
    public const int Length = 20;

    /// <summary>The memory with another one, the oldest forgotten when it is full.</summary>
    /// <param name="remembered">Newest last.</param>
    public static IReadOnlyList<T> Add<T>(IReadOnlyList<T> remembered, T latest) =>
        [.. remembered.TakeLast(Length - 1), latest];
}
