using Workflows.Lifecycle;
using Workflows.Policies;
using Workflows.Tests.Lifecycle;

namespace Workflows.Tests.Histories;

/// <summary>One way that a deal may take, walked for its histories.</summary>
/// <param name="Name">Names the folder of what is recorded.</param>
/// <param name="End">Where the deal is then: a walk that went elsewhere recorded something else.</param>
/// <param name="WalkAsync">Does what the people of the path do.</param>
internal sealed record LifecyclePath(string Name, Stage End, Func<DealScenario, Task> WalkAsync)
{
    /// <summary>Makes another policy of the default one.</summary>
    public Func<Policy, Policy> Change { get; init; } = policy => policy;

    public static IReadOnlyList<LifecyclePath> All { get; } = [
        .. SalesPaths.All, .. CreditPaths.All, .. PaymentPaths.All, .. ReviewPaths.All];
}
