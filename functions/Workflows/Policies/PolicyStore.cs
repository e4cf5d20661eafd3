namespace Workflows.Policies;

/// <summary>
/// The policy in force. Orchestrations get it by an activity, so that its version is part of their history.
/// </summary>
public sealed class PolicyStore(Policy policy)
{
    /// <summary>The policy in force.</summary>
    public Policy Current { get; } = policy;
}
