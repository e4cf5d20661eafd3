using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Workflows.Azure.Mail;
using Workflows.Azure.Serving;
using Workflows.Azure.Storage;
using Workflows.Azure.Tests.Mail;
using Workflows.Conformance;
using Workflows.Platform;

namespace Workflows.Azure.Tests.Deployment;

/// <summary>What the templates and the example settings say, held against what the app reads and writes.</summary>
public partial class TemplateTests
{
    private const string Ring = "1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static readonly string Infra = Path.Combine(Sources.Root, "infra");
    private static readonly Lazy<Task<JsonElement>> Template =
        new(() => Bicep.CompileAsync(Path.Combine(Infra, "main.bicep")));

    private static readonly Dictionary<string, string> Deployed = new(StringComparer.Ordinal)
    {
        ["Storage__accountName"] = "stwf",
        ["Storage__queueServiceUri"] = "https://stwf.queue.core.windows.net",
        ["Storage__tableServiceUri"] = "https://stwf.table.core.windows.net",
        ["Storage__credential"] = "managedidentity",
        ["Storage__clientId"] = "00000000-0000-0000-0000-000000000001",
        ["Workflows__PublicAddress"] = "https://deals.example.com",
        ["Workflows__AdminKey"] = "0123456789abcdef0123456789abcdef",
        ["Workflows__LinkKeys"] = Ring,
        ["Workflows__Webhooks__Sources__standard__Secrets__0"] = Secret,
        ["Workflows__Webhooks__Sources__standard__Secrets__1"] = Secret + "==",
        ["SendGrid__apiKey"] = "SG.1",
        ["SendGrid__host"] = "",
        ["SendGrid__from"] = "sales@example.com",
        ["SendGrid__fromName"] = "Sales",
        ["SendGrid__sandbox"] = "True",
        ["SendGrid__eventKey"] = MailEventSignatureTests.Key,
    };

    [Fact]
    public async Task The_templates_compile_without_a_warning() =>
        Assert.NotEmpty((await Template.Value).GetProperty("resources").EnumerateObject());

    [Theory]
    [InlineData("allowBlobPublicAccess", "allowBlobPublicAcess", "\"allowBlobPublicAcess\" is not allowed")]
    [InlineData(@"storageAccounts@[\d-]+", "storageAccounts@2024-01-01", "use-recent-api-versions")]
    public async Task A_mistake_in_a_module_is_reported(string right, string wrong, string message)
    {
        // The templates themselves compile, so what is reported is the mistake.
        await Template.Value;
        var copy = Directory.CreateTempSubdirectory("infra-");
        try
        {
            foreach (var file in Directory.EnumerateFiles(Infra, "*", SearchOption.AllDirectories))
            {
                var target = Path.Combine(copy.FullName, Path.GetRelativePath(Infra, file));
                Directory.CreateDirectory(Path.GetDirectoryName(target)!);
                File.Copy(file, target);
            }

            var module = Path.Combine(copy.FullName, "modules", "storage.bicep");
            await File.WriteAllTextAsync(module, Regex.Replace(await File.ReadAllTextAsync(module), right, wrong));
            var reported = await Assert.ThrowsAsync<BicepException>(
                () => Bicep.CompileAsync(Path.Combine(copy.FullName, "main.bicep")));
            Assert.Contains(message, reported.Message, StringComparison.Ordinal);
        }
        finally
        {
            copy.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task The_template_sets_what_the_app_reads()
    {
        var app = await ModuleAsync("app");
        var set = app.GetProperty("resources").EnumerateArray()
            .Single(resource => resource.GetProperty("type").GetString() == "Microsoft.Web/sites/config")
            .GetProperty("properties").GetString()!;
        var names = Setting().Matches(TemplateVariable().Replace(set, match => Text(app, match.Groups[1].Value)))
            .Select(match => match.Groups[1].Value);
        Assert.Equal(Deployed.Keys.Order(StringComparer.Ordinal), names.Order(StringComparer.Ordinal));

        var settings = Settings(Deployed);
        var home = HomeSettings.Read(settings);
        Assert.Equal(new Uri("https://deals.example.com"), home.Web.PublicAddress);
        Assert.Equal(Deployed["Workflows__AdminKey"], home.AdminKey);
        Assert.Equal([Secret, Secret + "=="], home.Web.Webhooks.Sources["standard"].Secrets);
        Assert.Equal(
            new SendGridSettings(
                "SG.1", "https://api.sendgrid.com", new MailParty("sales@example.com", "Sales"),
                IsSandbox: true, EventKey: MailEventSignatureTests.Key),
            SendGridSettings.Read(settings));
        Assert.NotNull(StorageAccount.Open(settings));

        static string Text(JsonElement template, string variable) =>
            template.GetProperty("variables").GetProperty(variable).GetString()!;
    }

    [Fact]
    public void The_example_settings_open_the_home()
    {
        var file = JsonSerializer.Deserialize<JsonElement>(Read("local.settings.example.json"));
        var settings = Settings(file.GetProperty("Values").Deserialize<Dictionary<string, string>>()!);
        using var services = new ServiceCollection().AddWorkflowsHome(settings).BuildServiceProvider();
        var home = services.GetRequiredService<HomeSettings>();
        Assert.Equal("http://localhost:7071/", home.Web.PublicAddress.AbsoluteUri);
        Assert.Single(home.Web.Webhooks.Sources["standard"].Secrets);
    }

    [Fact]
    public void A_reference_that_the_key_vault_did_not_answer_is_no_key()
    {
        const string Reference = "@Microsoft.KeyVault(VaultName=kv-wf;SecretName=admin-key)";
        var settings = Settings(new(Deployed) { ["Workflows__AdminKey"] = Reference });
        var refusal = Assert.Throws<FormatException>(() => new ServiceCollection().AddWorkflowsHome(settings));
        Assert.Contains("Workflows__AdminKey", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://example.com/deals", "without a path")]
    [InlineData("http://127.0.0.1:7071", "SendGrid")]
    public void An_address_that_leads_readers_of_mails_nowhere_is_refused(string address, string why)
    {
        var settings = Settings(new(Deployed)
        {
            ["Workflows__PublicAddress"] = address,
            ["SendGrid__sandbox"] = "false",
        });
        var refusal = Assert.Throws<FormatException>(() => new ServiceCollection().AddWorkflowsHome(settings));
        Assert.Contains(why, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Alerts_look_for_lines_that_the_app_writes()
    {
        var written = typeof(Log).GetMethods(BindingFlags.Static | BindingFlags.Public)
            .Where(method => method.GetCustomAttribute<LoggerMessageAttribute>() is { Level: >= LogLevel.Warning })
            .Select(method => method.Name);
        var watched = (await ModuleAsync("alerts")).GetProperty("variables").GetProperty("watched").EnumerateArray()
            .SelectMany(alert => alert.GetProperty("events").EnumerateArray(), (_, name) => name.GetString()!).ToList();
        Assert.NotEmpty(watched);
        Assert.All(watched, name => Assert.Contains(name, written));
    }

    [Fact]
    public async Task Every_parameter_can_be_set_and_has_the_default_of_the_template()
    {
        var template = (await Template.Value).GetProperty("parameters").EnumerateObject()
            .ToDictionary(parameter => parameter.Name, parameter => DefaultOf(parameter.Value));
        var file = JsonSerializer.Deserialize<JsonElement>(Read("infra", "main.parameters.json"));
        var given = file.GetProperty("parameters").EnumerateObject()
            .ToDictionary(entry => entry.Name, entry => entry.Value.GetProperty("value"));
        Assert.Equal(template.Keys.Order(StringComparer.Ordinal), given.Keys.Order(StringComparer.Ordinal));

        Assert.Equal("{}", given["furtherSettings"].GetRawText());
        given.Remove("furtherSettings");
        Assert.All(given, each =>
        {
            var variable = Variable().Match(each.Value.GetString()!);
            Assert.True(variable.Success, each.Key);
            var standard = variable.Groups["default"] is { Success: true } value ? value.Value : null;
            Assert.Equal(template[each.Key], standard);
        });
        Assert.Equal(given.Count, given.Values.Select(value => value.GetString()!.Split('=')[0]).Distinct().Count());

        static string? DefaultOf(JsonElement parameter) =>
            !parameter.TryGetProperty("defaultValue", out var value) ? null
            : value.ValueKind == JsonValueKind.String ? value.GetString() : value.GetRawText();
    }

    [Fact]
    public void The_docs_name_every_variable_and_no_other()
    {
        var read = Variables().Matches(Read("infra", "main.parameters.json"))
            .Select(match => match.Groups["name"].Value)
            .Except(["AZURE_ENV_NAME", "AZURE_LOCATION"], StringComparer.Ordinal).ToHashSet(StringComparer.Ordinal);
        var named = NamedVariables().Matches(Read("docs", "azure-deploy.md"))
            .Select(match => match.Groups["name"].Value)
            .Except(["NAME"], StringComparer.Ordinal).ToHashSet(StringComparer.Ordinal);
        Assert.Equal(read.Order(StringComparer.Ordinal), named.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_policy_beside_the_project_is_deployed_with_it()
    {
        var files = XDocument.Parse(Read("functions", "Workflows.Azure", "Workflows.Azure.csproj")).Descendants("None");
        var policy = Assert.Single(files, file => file.Attribute("Update")?.Value == PolicyFile.Name);
        Assert.Equal("PreserveNewest", policy.Attribute("CopyToOutputDirectory")?.Value);
        Assert.Null(policy.Attribute("CopyToPublishDirectory"));
    }

    [GeneratedRegex(@"^\$\{[A-Z_]+(?:=(?<default>[^}]*))?\}$")]
    private static partial Regex Variable();

    [GeneratedRegex(@"\$\{(?<name>[A-Z_]+)")]
    private static partial Regex Variables();

    [GeneratedRegex(@"azd env set (?<name>[A-Z_]+)|^\| `(?<name>[A-Z]+_[A-Z_]+)` \| (?!·)", RegexOptions.Multiline)]
    private static partial Regex NamedVariables();

    [GeneratedRegex(@"'((?:Storage|Workflows|SendGrid)__\w+)', ")]
    private static partial Regex Setting();

    [GeneratedRegex(@"variables\('(\w+)'\)")]
    private static partial Regex TemplateVariable();

    private static async Task<JsonElement> ModuleAsync(string name) => (await Template.Value)
        .GetProperty("resources").GetProperty(name).GetProperty("properties").GetProperty("template");

    private static string Read(params string[] path) => File.ReadAllText(Path.Combine([Sources.Root, .. path]));

    private static IConfiguration Settings(Dictionary<string, string> values) => new ConfigurationBuilder()
        .AddInMemoryCollection(values.Select(value => new KeyValuePair<string, string?>(
            value.Key.Replace("__", ":", StringComparison.Ordinal), value.Value)))
        .Build();
}
