using Microsoft.Extensions.Configuration;
using Workflows.Azure.Storage;

namespace Workflows.Azure.Tests.Storage;

public class StorageAccountTests
{
    [Theory]
    [InlineData("Storage", "UseDevelopmentStorage=true")]
    [InlineData("Storage:accountName", "workflows")]
    [InlineData(
        "Storage:tableServiceUri", "https://workflows.table.core.windows.net", "Storage:queueServiceUri",
        "https://workflows.queue.core.windows.net")]
    public void An_account_is_found_by_connection_string_by_name_or_by_addresses(params string[] settings) =>
        Assert.NotNull(StorageAccount.Open(Settings(settings)));

    [Theory]
    [InlineData()]
    [InlineData("Storage", "")]
    [InlineData("Storage:clientId", "00000000-0000-0000-0000-000000000001")]
    [InlineData("Storage:tableServiceUri", "https://workflows.table.core.windows.net")]
    public void Without_an_account_the_settings_that_are_missing_are_named(params string[] settings) =>
        Assert.Contains(
            "Storage__accountName",
            Assert.Throws<FormatException>(() => StorageAccount.Open(Settings(settings))).Message,
            StringComparison.Ordinal);

    private static IConfiguration Settings(string[] pairs) => new ConfigurationBuilder()
        .AddInMemoryCollection(pairs.Chunk(2).Select(pair => new KeyValuePair<string, string?>(pair[0], pair[1])))
        .Build();
}
