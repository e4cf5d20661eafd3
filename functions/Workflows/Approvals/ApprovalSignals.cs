using Workflows.Platform;

namespace Workflows.Approvals;

/// <summary>Why an approval is woken.</summary>
/// <param name="LooksAgain">
/// The deal has changed hands: whether the one who is asked still has the right is looked at. Null otherwise.
/// </param>
internal sealed record ApprovalWake(bool? LooksAgain = null);

/// <summary>
/// What wakes a waiting approval. All are one event, so that one wait takes them in order: what happened is read from
/// the outcome row, which a decision writes before it wakes. Woken without one, and not to look again, the request no
/// longer stands.
/// </summary>
public static class ApprovalSignals
{
    private const string Name = "approval-signal";

    /// <summary>What was asked no longer stands. A decision that is already recorded keeps its force.</summary>
    public static ExternalEvent<Nothing> Superseded { get; } = new(Name);

    /// <summary>A decision is recorded.</summary>
    internal static ExternalEvent<Nothing> Decided { get; } = new(Name);

    /// <summary>Any of them, as an approval takes it.</summary>
    internal static ExternalEvent<ApprovalWake> Woken { get; } = new(Name);
}
