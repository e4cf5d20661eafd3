using Workflows.Platform;

namespace Workflows.Approvals;

/// <summary>
/// What wakes a waiting approval. Both are one event without content, so that one wait takes both in order: what
/// happened is read from the outcome row, which a decision writes before it wakes. Woken without one, the request no
/// longer stands.
/// </summary>
public static class ApprovalSignals
{
    private const string Name = "approval-signal";

    /// <summary>What was asked no longer stands. A decision that is already recorded keeps its force.</summary>
    public static ExternalEvent<Nothing> Superseded { get; } = new(Name);

    /// <summary>A decision is recorded.</summary>
    internal static ExternalEvent<Nothing> Decided { get; } = new(Name);
}
