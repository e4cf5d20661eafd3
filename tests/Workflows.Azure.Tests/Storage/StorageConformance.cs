using Workflows.Conformance;

namespace Workflows.Azure.Tests.Storage;

// The storage facts of the suite, on Azurite.

public sealed class AzureTableTests() : TableFacts(new StorageHomeFactory(isOnVirtualClock: false));

public sealed class AzureTableLimitTests() : TableLimitFacts(new StorageHomeFactory(isOnVirtualClock: false));

public sealed class AzureTableQueryTests() : TableQueryFacts(new StorageHomeFactory(isOnVirtualClock: false));

/// <summary>Makes <see cref="StorageHome"/>s. Rows are stamped by the service's own clock, mails by the home's.</summary>
public sealed class StorageHomeFactory(bool isOnVirtualClock) : HomeFactory
{
    /// <inheritdoc/>
    public override async Task<IHome> StartAsync(HomeSetup setup) =>
        await StorageHome.StartAsync(isOnVirtualClock ? setup.Clock : null);
}
