using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Workflows.Azure.Inbound;
using Workflows.Azure.Mail;
using Workflows.Azure.Serving;
using Workflows.Azure.Storage;
using Workflows.Azure.Tests.Emulator;
using Workflows.Azure.Tests.Storage;
using Workflows.Conformance;
using Workflows.Platform;
using Workflows.Policies;
using Workflows.Web.Hosting.Keys;

namespace Workflows.Azure.Tests.Serving;

/// <summary>Who gets in, as the settings say at each start.</summary>
public sealed class HomeOpeningTests : IAsyncLifetime
{
    private const string Admin = "the-admins-own-key";
    private const string First = "the-first-key-of-anna";
    private const string Second = "the-second-key-of-anna";
    private StorageAccount _account = null!;
    private ITableStore _tables = null!;

    private ApiKeys Keys => new(_tables, TimeProvider.System, NullLogger<ApiKeys>.Instance);

    public async Task InitializeAsync()
    {
        _account = StorageHome.AccountOf(await Azurite.NewAccountAsync());
        _tables = new AzureTableStore(_account.Tables);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task The_keys_of_the_settings_are_good_in_their_roles()
    {
        await OpenAsync(Key(0, "anna", "sales", First), Key(1, "finn.berg", "Finance", "the-key-of-finn-berg"));
        Assert.Equal(Role.Admin, (await Keys.FindAsync(Admin))!.Role);
        Assert.Equal(("anna", Role.Sales), NameAndRole(await Keys.FindAsync(First)));
        Assert.Equal(("finn.berg", Role.Finance), NameAndRole(await Keys.FindAsync("the-key-of-finn-berg")));
    }

    [Fact]
    public async Task A_changed_role_holds_from_the_next_start()
    {
        await OpenAsync(Key(0, "anna", "Sales", First));
        await OpenAsync(Key(0, "anna", "Manager", First));
        Assert.Equal(("anna", Role.Manager), NameAndRole(await Keys.FindAsync(First)));
    }

    [Fact]
    public async Task A_key_is_replaced_without_locking_out_and_a_revoked_one_stays_revoked()
    {
        await OpenAsync(Key(0, "anna", "Sales", First));
        var first = (await Keys.FindAsync(First))!.Id;
        await OpenAsync(Key(0, "anna", "Sales", Second));
        Assert.NotNull(await Keys.FindAsync(First));

        await OpenAsync([.. Key(0, "anna", "Sales", Second), ("RevokedKeys", first)]);
        Assert.Null(await Keys.FindAsync(First));
        Assert.NotNull(await Keys.FindAsync(Second));

        // An instance that read the settings before they were changed.
        await OpenAsync(Key(0, "anna", "Sales", First));
        Assert.Null(await Keys.FindAsync(First));
        Assert.NotNull(await Keys.FindAsync(Second));
    }

    /// <summary>The host asks for them from the start on, and warns at each look for one that is missing.</summary>
    [Fact]
    public async Task Every_queue_that_a_function_waits_at_is_there_after_the_start_of_several_instances_at_once()
    {
        var waitedAt = typeof(HomeOpening).Assembly.GetTypes().SelectMany(type => type.GetMethods())
            .SelectMany(method => method.GetParameters())
            .Select(parameter => parameter.GetCustomAttribute<QueueTriggerAttribute>()?.QueueName)
            .OfType<string>().ToList();
        Assert.Equal(4, waitedAt.Count);

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => OpenAsync()));
        await OpenAsync();

        var there = new List<string>();
        await foreach (var queue in _account.Queues.GetQueuesAsync())
        {
            there.Add(queue.Name);
        }

        Assert.Equal(waitedAt.Order(StringComparer.Ordinal), there.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 0)]
    public async Task A_start_under_the_sample_policy_warns(bool isBuiltIn, int warnings)
    {
        using var log = new HomeLog();
        using var loggers = LoggerFactory.Create(logging => logging.AddProvider(log));
        var settings = Read() with { Policy = new PolicyFile(PolicyLoader.Default(), isBuiltIn) };
        await Opening(settings, loggers.CreateLogger<HomeOpening>()).StartAsync(CancellationToken.None);
        Assert.Equal(warnings, log.Lines.Count(line =>
            line.Level == LogLevel.Warning && line.Text.Contains("policy.json", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("Workflows__Keys__0__Name", "", "Sales", First)]
    [InlineData("Workflows__Keys__0__Role", "anna", "Boss", First)]
    [InlineData("Workflows__Keys__0__Role", "anna", "1", First)]
    [InlineData("Workflows__Keys__0__Secret", "anna", "Sales", "")]
    public void A_part_that_is_missing_or_makes_no_sense_is_named(
        string named, string name, string role, string secret) =>
        Assert.Contains(
            named, Assert.Throws<FormatException>(() => Read(Key(0, name, role, secret))).Message,
            StringComparison.Ordinal);

    [Theory]
    [InlineData(Admin)]
    [InlineData(First)]
    public void A_secret_that_is_another_keys_too_is_refused_and_not_shown(string secret)
    {
        var refusal = Assert.Throws<FormatException>(
            () => Read([.. Key(0, "anna", "Sales", First), .. Key(1, "finn.berg", "Finance", secret)]));
        Assert.Contains("finn.berg", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(secret, refusal.Message, StringComparison.Ordinal);
    }

    private static (string Name, Role Role) NameAndRole(ApiKey? key) => (key!.Name, key.Role);

    private static (string Name, string Value)[] Key(int n, string name, string role, string secret) =>
        [($"Keys:{n}:Name", name), ($"Keys:{n}:Role", role), ($"Keys:{n}:Secret", secret)];

    private static HomeSettings Read(params (string Name, string Value)[] settings) =>
        HomeSettings.Read(new ConfigurationBuilder()
        .AddInMemoryCollection([
            new("Workflows:AdminKey", Admin),
            new("Workflows:LinkKeys", "1:" + Convert.ToBase64String(new byte[32])),
            .. settings.Select(
                setting => new KeyValuePair<string, string?>("Workflows:" + setting.Name, setting.Value))])
        .Build());

    private async Task OpenAsync(params IEnumerable<(string Name, string Value)>[] settings) =>
        await Opening(Read([.. settings.SelectMany(some => some)]), NullLogger<HomeOpening>.Instance)
            .StartAsync(CancellationToken.None);

    private HomeOpening Opening(HomeSettings settings, ILogger<HomeOpening> log) =>
        new(settings, Keys, _account, [new InboundQueue(_account), new MailQueue(_account.Queues)], log);
}
