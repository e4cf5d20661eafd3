using Workflows.Conformance;

namespace Workflows.Azure.Tests.Storage;

// The storage facts of the suite, on Azurite.

public sealed class AzureTableTests() : TableFacts(new StorageHomeFactory(isOnVirtualClock: false));

public sealed class AzureTableLimitTests() : TableLimitFacts(new StorageHomeFactory(isOnVirtualClock: false))
{
    /// <summary>The service measures the row that a merge would make, Azurite only what the merge sends.</summary>
    public override async Task A_merge_that_would_make_a_row_too_large_is_refused_and_changes_nothing() =>
        await Assert.ThrowsAnyAsync<Xunit.Sdk.XunitException>(
            base.A_merge_that_would_make_a_row_too_large_is_refused_and_changes_nothing);
}

public sealed class AzureTableQueryTests() : TableQueryFacts(new StorageHomeFactory(isOnVirtualClock: false));

public sealed class AzureMailTests() : MailFacts(new StorageHomeFactory(isOnVirtualClock: true));

/// <summary>Makes <see cref="StorageHome"/>s. Rows are stamped by the service's own clock, mails by the home's.</summary>
public sealed class StorageHomeFactory(bool isOnVirtualClock) : HomeFactory
{
    /// <inheritdoc/>
    public override async Task<IHome> StartAsync(HomeSetup setup) =>
        await StorageHome.StartAsync(isOnVirtualClock ? setup.Clock : null);
}
