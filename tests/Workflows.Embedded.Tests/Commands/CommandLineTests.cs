namespace Workflows.Embedded.Tests.Commands;

public sealed class CommandLineTests
{
    [Theory]
    [InlineData("frobnicate", "Unknown command 'frobnicate'")]
    [InlineData("--frobnicate", "Unknown option '--frobnicate' for serve")]
    [InlineData("serve extra", "Unexpected 'extra'")]
    [InlineData("serve --db", "--db needs a value")]
    [InlineData("serve --db a --db b", "--db is given twice")]
    [InlineData("keys add jonas", "ROLE is missing")]
    [InlineData("keys", "Unknown command 'keys'")]
    [InlineData("demo --speed fast", "--speed is a number")]
    [InlineData("demo --speed 0", "--speed is a number")]
    public async Task What_is_not_understood_is_said_in_a_line_with_exit_code_2(string line, string expected)
    {
        var (exit, output, error) = await Shell.RunAsync(line.Split(' '));

        Assert.Equal(2, exit);
        Assert.Contains(expected, error, StringComparison.Ordinal);
        Assert.Single(error.TrimEnd().Split('\n'));
        Assert.Empty(output);
    }

    [Theory]
    [InlineData("--help", "keys revoke NAME")]
    [InlineData("help", "policy check FILE")]
    [InlineData("demo --help", "--speed FACTOR")]
    [InlineData("verify --help", "--against-history DIR")]
    [InlineData("help record", "record DIR")]
    [InlineData("serve -h", "WORKFLOWS_DB")]
    [InlineData("help keys add", "ROLE is sales, manager")]
    public async Task Help_is_shown_and_is_no_failure(string line, string expected)
    {
        var (exit, output, _) = await Shell.RunAsync(line.Split(' '));

        Assert.Equal(0, exit);
        Assert.Contains(expected, output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("WORKFLOWS_WEBHOOK_STANDARD_SECRETS", "not*base64", "'standard' has a secret that is not usable")]
    [InlineData("WORKFLOWS_WEBHOOK_STANDARD_SECRETS", "whsec_AAEC", "'standard' has a secret that is not usable")]
    [InlineData("WORKFLOWS_WEBHOOK_STANDARD_SCHEME", "carrier-pigeon", "the scheme must be one of")]
    [InlineData("WORKFLOWS_KNOWN_PROXIES", "proxy.example", "'proxy.example' is no address of a proxy")]
    [InlineData("WORKFLOWS_ADMIN_KEY", "short", "The key of admin must have")]
    public async Task A_setting_that_cannot_work_is_said_in_a_line_at_the_start(
        string name, string value, string expected)
    {
        var folder = Directory.CreateTempSubdirectory("workflows-settings-").FullName;
        try
        {
            var settings = System.Text.Json.JsonSerializer.Serialize(new Dictionary<string, string>
            {
                ["WORKFLOWS_DB"] = Path.Combine(folder, "test.db"),
                ["WORKFLOWS_URLS"] = "http://127.0.0.1:0",
                [name] = value,
            });
            var (exit, _, error) = await WithFileAsync(
                settings, file => Shell.RunAsync("serve", "--settings", file));

            Assert.Equal(1, exit);
            Assert.Contains(expected, error, StringComparison.Ordinal);
            Assert.Single(error.TrimEnd().Split('\n'));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task The_version_is_the_product_s()
    {
        var (exit, output, _) = await Shell.RunAsync("--version");

        Assert.Equal(0, exit);
        Assert.Equal("Workflows 1.0.0", output.TrimEnd());
    }

    [Fact]
    public async Task A_policy_that_is_printed_is_good()
    {
        var (_, printed, _) = await Shell.RunAsync("policy", "print");
        var (exit, output, _) = await WithFileAsync(printed, file => Shell.RunAsync("policy", "check", file));

        Assert.Equal(0, exit);
        Assert.Contains("is good", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_policy_is_refused_with_the_path_of_every_error()
    {
        var (_, printed, _) = await Shell.RunAsync("policy", "print");
        var wrong = printed
            .Replace("\"role\": \"Sales\"", "\"role\": \"Emperor\"", StringComparison.Ordinal)
            .Replace(
                "\"interestPercentPerYear\": 8", "\"interestPercentPerYear\": \"eight\"", StringComparison.Ordinal);
        var (exit, _, error) = await WithFileAsync(wrong, file => Shell.RunAsync("policy", "check", file));

        Assert.Equal(1, exit);
        Assert.Contains("/staff/0/role", error, StringComparison.Ordinal);
        Assert.Contains("/dunning/interestPercentPerYear", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_people_with_one_mail_address_are_named()
    {
        var (_, printed, _) = await Shell.RunAsync("policy", "print");
        var wrong = printed.Replace("hanna@ridgewater.example", "mei@ridgewater.example", StringComparison.Ordinal);
        var (exit, _, error) = await WithFileAsync(wrong, file => Shell.RunAsync("policy", "check", file));

        Assert.Equal(1, exit);
        Assert.Contains("/staff/4/email", error, StringComparison.Ordinal);
        Assert.Contains("is mei's too", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_policy_that_is_not_there_is_reported()
    {
        var (exit, _, error) = await Shell.RunAsync("policy", "check", "/nowhere/policy.json");

        Assert.Equal(1, exit);
        Assert.Contains("cannot be read", error, StringComparison.Ordinal);
    }

    private static async Task<T> WithFileAsync<T>(string content, Func<string, Task<T>> use)
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, content);
            return await use(file);
        }
        finally
        {
            File.Delete(file);
        }
    }
}
