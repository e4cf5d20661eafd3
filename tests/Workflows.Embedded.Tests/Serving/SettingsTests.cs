using Workflows.Embedded.Commands;
using Workflows.Embedded.Serving;

namespace Workflows.Embedded.Tests.Serving;

public sealed class SettingsTests
{
    private static readonly OptionSyntax Database = new("--db", "FILE", "", HomeSettings.DatabaseSetting);

    [Fact]
    public void The_command_line_goes_before_the_environment() => Assert.EndsWith(
        "line.db", Read(new() { ["WORKFLOWS_DB"] = "environment.db" }, new() { ["--db"] = "line.db" }).Database,
        StringComparison.Ordinal);

    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-16")]
    public void A_settings_file_may_begin_with_a_byte_order_mark(string encoding)
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, """{"WORKFLOWS_DB":"file.db"}""", System.Text.Encoding.GetEncoding(encoding));
            var none = new Dictionary<string, string>();
            var settings = Settings.Read([Database], new Arguments([], none), none, file);
            Assert.Equal("file.db", settings["WORKFLOWS_DB"]);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void Secrets_of_a_source_may_be_several_and_sources_may_be_added()
    {
        var settings = Read(new()
        {
            ["WORKFLOWS_WEBHOOK_STANDARD_SECRETS"] = "new old",
            ["WORKFLOWS_WEBHOOK_MY_SHOP_SECRETS"] = "s",
            ["WORKFLOWS_WEBHOOK_MY_SHOP_SCHEME"] = "standard",
        });

        Assert.Equal(["new", "old"], settings.Webhooks["standard"].Secrets);
        Assert.Equal("standard", settings.Webhooks["my-shop"].Scheme);
    }

    [Fact]
    public void Every_setting_that_makes_no_sense_is_named()
    {
        var refusal = Assert.Throws<RefusalException>(() => Read(new()
        {
            ["WORKFLOWS_URLS"] = "nonsense",
            ["WORKFLOWS_PUBLIC_URL"] = "deals",
            ["WORKFLOWS_SMTP_HOST"] = "mail.example",
            ["WORKFLOWS_SMTP_PORT"] = "99999",
            ["WORKFLOWS_WEBHOOK_STANDARD_SECRTS"] = "x",
        }));

        Assert.Equal(5, refusal.Reasons.Count);
    }

    [Theory]
    [InlineData("https://example.com/deals")]
    [InlineData("https://example.com/?a=b")]
    [InlineData("https://user@example.com")]
    [InlineData("ftp://example.com")]
    public void A_public_address_has_no_path_and_is_refused_with_one(string address)
    {
        var refusal = Assert.Throws<RefusalException>(() => Read(new() { ["WORKFLOWS_PUBLIC_URL"] = address }));
        Assert.Contains("without a path", Assert.Single(refusal.Reasons), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mail.example", null, true)]
    [InlineData("mail.example", "http://localhost:5080", true)]
    [InlineData("mail.example", "https://deals.example.com", false)]
    [InlineData("127.0.0.1", null, false)]
    [InlineData("localhost", null, false)]
    public void Mails_that_leave_the_machine_need_links_that_lead_back(string server, string? address, bool isRefused)
    {
        var settings = new Dictionary<string, string>
        {
            ["WORKFLOWS_SMTP_HOST"] = server,
            ["WORKFLOWS_SMTP_FROM"] = "sales@export.example",
        };
        if (address is not null)
        {
            settings["WORKFLOWS_PUBLIC_URL"] = address;
        }

        if (isRefused)
        {
            var refusal = Assert.Throws<RefusalException>(() => Read(settings));
            Assert.Contains("only this machine", Assert.Single(refusal.Reasons), StringComparison.Ordinal);
        }
        else
        {
            Assert.Equal(server, Read(settings).Smtp!.Host);
        }
    }

    [Fact]
    public void A_password_is_not_sent_over_an_open_line() => Assert.Throws<RefusalException>(() => Read(new()
    {
        ["WORKFLOWS_SMTP_HOST"] = "mail.example",
        ["WORKFLOWS_SMTP_FROM"] = "a@b.example",
        ["WORKFLOWS_SMTP_USER"] = "u",
        ["WORKFLOWS_SMTP_PASSWORD"] = "p",
        ["WORKFLOWS_SMTP_TLS"] = "none",
    }));

    [Fact]
    public void Secrets_are_made_once_and_only_for_the_owners_eyes()
    {
        var folder = Directory.CreateTempSubdirectory("workflows-secrets-").FullName;
        try
        {
            var files = new HomeFiles(Path.Combine(folder, "test.db"));
            var first = HomeSecrets.Read(files, new Dictionary<string, WebhookSettings>());
            var second = HomeSecrets.Read(files, new Dictionary<string, WebhookSettings>());

            Assert.Superset(new HashSet<string> { "standard", "alibaba" }, first.MadeNow.ToHashSet());
            Assert.Empty(second.MadeNow);
            Assert.Equal(first.Webhooks["standard"].Secrets, second.Webhooks["standard"].Secrets);
            Assert.Equal(first.Links.Current.Secret.ToArray(), second.Links.Current.Secret.ToArray());
            if (!OperatingSystem.IsWindows())
            {
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(files.Webhooks));
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(files.Links));
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static HomeSettings Read(
        Dictionary<string, string> environment, Dictionary<string, string>? options = null) =>
        HomeSettings.From(
            Settings.Read([Database], new Arguments([], options ?? []), environment, file: null), "default.db");
}
