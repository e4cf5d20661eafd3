using Workflows.Conformance;
using Workflows.Platform;

namespace Workflows.Azure.Tests.Storage;

// The storage facts of the suite, on Azurite.

public sealed class AzureTableTests() : TableFacts(new StorageHomeFactory(isOnVirtualClock: false));

public sealed class AzureTableChangeTests() : TableChangeFacts(new StorageHomeFactory(isOnVirtualClock: false));

public sealed class AzureTableLimitTests() : TableLimitFacts(new StorageHomeFactory(isOnVirtualClock: false))
{
    /// <summary>Values of the largest size that a row has room for, its keys and names beside them.</summary>
    private const int FullRow = (1024 * 1024 / TableRules.MaxValueBytes) - 1;

    /// <summary>
    /// The service measures the row that a merge would make and refuses this one; Azurite measures what the merge
    /// sends.
    /// </summary>
    public override async Task A_merge_that_would_make_a_row_too_large_is_refused_and_changes_nothing()
    {
        var etags = new HashSet<string?>();
        for (var n = 0; n <= FullRow; n++)
        {
            var part = new TableRow("p", "r") { [$"p{n}"] = new byte[TableRules.MaxValueBytes] };
            var merge = n == 0 ? TableOperation.Insert(part) : TableOperation.Merge(part, TableOperation.AnyETag);
            etags.UnionWith(await Home.Tables.ExecuteAsync("deals", [merge], Bound));
        }

        Assert.Equal(FullRow + 1, etags.Count);
        var row = await Home.Tables.GetAsync("deals", "p", "r", Bound);
        Assert.Equal(
            FullRow + 1,
            row!.Properties.Count(property => property.Value is byte[] { Length: TableRules.MaxValueBytes }));
    }
}

public sealed class AzureTableQueryTests() : TableQueryFacts(new StorageHomeFactory(isOnVirtualClock: false));

public sealed class AzureMailTests() : MailFacts(new StorageHomeFactory(isOnVirtualClock: true));

/// <summary>
/// Makes <see cref="StorageHome"/>s. Rows are stamped by the service's own clock, mails by the home's.
/// </summary>
public sealed class StorageHomeFactory(bool isOnVirtualClock) : HomeFactory
{
    /// <inheritdoc/>
    public override async Task<IHome> StartAsync(HomeSetup setup) =>
        await StorageHome.StartAsync(isOnVirtualClock ? setup.Clock : null);
}
