using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Workflows.Web.Hosting.Keys;

namespace Workflows.Web.Tests.Hosting;

public sealed class ProductVersionTests(WebHome home) : IClassFixture<WebHome>
{
    [Fact]
    public async Task Health_and_the_foot_of_the_console_show_the_version_of_the_product()
    {
        var health = await home.Anonymous.GetFromJsonAsync<JsonNode>("/health/live");
        Assert.Equal("1.0.0", (string?)health!["version"]);
        var console = await (await home.CallerAsync("versed", Role.Admin)).GetStringAsync("/");
        Assert.Contains("Workflows 1.0.0</footer>", console, StringComparison.Ordinal);
    }
}
