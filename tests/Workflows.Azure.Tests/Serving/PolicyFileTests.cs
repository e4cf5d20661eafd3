using System.Text.Json.Nodes;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Workflows.Azure.Serving;
using Workflows.Policies;

namespace Workflows.Azure.Tests.Serving;

/// <summary>How a team's own policy reaches the app.</summary>
public sealed class PolicyFileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("workflows-policy-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Without_a_file_the_built_in_policy_is_in_force()
    {
        var policy = PolicyFile.Read(setting: null, _folder.FullName);
        Assert.True(policy.IsBuiltIn);
        Assert.Equal(PolicyLoader.Default().Version, policy.Policy.Version);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void The_file_beside_the_app_is_in_force(string? setting)
    {
        Write("policy.json", policy => policy["version"] = "ours-1");
        var policy = PolicyFile.Read(setting, _folder.FullName);
        Assert.False(policy.IsBuiltIn);
        Assert.Equal("ours-1", policy.Policy.Version);
    }

    [Fact]
    public void The_file_that_the_setting_names_goes_first()
    {
        Write("policy.json", policy => policy["version"] = "ours-1");
        Write("europe.json", policy => policy["version"] = "ours-2");
        Assert.Equal("ours-2", PolicyFile.Read("europe.json", _folder.FullName).Policy.Version);
    }

    [Fact]
    public void The_whole_home_runs_under_the_policy_of_its_setting()
    {
        Write("europe.json", policy => policy["version"] = "ours-2");
        using var home = new ServiceCollection().AddWorkflowsHome(Settings("europe.json")).BuildServiceProvider();
        Assert.Equal("ours-2", home.GetRequiredService<PolicyStore>().Current.Version);
    }

    [Fact]
    public void A_wrong_policy_stops_the_start_with_each_of_its_errors()
    {
        Write("wrong.json", policy =>
        {
            policy["version"] = 7;
            policy["staff"]![0]!["role"] = "King";
        });
        var refusal = Assert.Throws<FormatException>(
            () => new ServiceCollection().AddWorkflowsHome(Settings("wrong.json")));
        Assert.Contains("/version", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("/staff/0/role", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_named_and_not_there_stops_the_start()
    {
        var refusal = Assert.Throws<FormatException>(
            () => new ServiceCollection().AddWorkflowsHome(Settings("forgotten.json")));
        Assert.Contains("Workflows__Policy", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("forgotten.json", refusal.Message, StringComparison.Ordinal);
    }

    private void Write(string name, Action<JsonObject> change)
    {
        var policy = JsonNode.Parse(PolicyLoader.DefaultDocument)!.AsObject();
        change(policy);
        File.WriteAllText(Path.Combine(_folder.FullName, name), policy.ToJsonString());
    }

    private IConfiguration Settings(string policy) => new ConfigurationBuilder()
        .AddInMemoryCollection([
            new("Workflows:AdminKey", "the-admins-own-key"),
            new("Workflows:LinkKeys", "1:" + Convert.ToBase64String(new byte[32])),
            new("Workflows:Policy", Path.Combine(_folder.FullName, policy)),
            new("Storage", "UseDevelopmentStorage=true"),
            new("SendGrid:consoleOnly", "true")])
        .Build();
}
