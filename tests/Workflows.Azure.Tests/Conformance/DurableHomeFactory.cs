using Workflows.Conformance;
using Workflows.Platform;

namespace Workflows.Azure.Tests.Conformance;

/// <summary>
/// Makes <see cref="DurableHome"/>s. Every trait that is not the default is a row of the table in
/// docs/azure-operate.md.
/// </summary>
public sealed class DurableHomeFactory : HomeFactory
{
    /// <inheritdoc/>
    public override HomeTraits Traits => new()
    {
        OnDivergence = OrchestrationStatus.Failed,
        AlertsOnDivergence = false,
        ComparesInputs = false,
        HandsOverWhenTerminated = false,
        StartsBeforeParking = null,
        MaxPayloadBytes = 1024 * 1024,
        ActivitiesAreTransactions = false,
        CountsKilledStarts = false,
        RoutesVersions = false,
        AllowsSecondProcess = true,
        Many = 60,
    };

    /// <inheritdoc/>
    public override Task<IHome> StartAsync(HomeSetup setup) => DurableHome.StartAsync(setup);
}
