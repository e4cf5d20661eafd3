using Microsoft.Extensions.Configuration;
using Workflows.Azure.Mail;
using Workflows.Platform;

namespace Workflows.Azure.Tests.Mail;

public class SendGridSettingsTests
{
    [Fact]
    public void A_key_and_a_sender_are_enough_and_mails_go_out()
    {
        var settings = SendGridSettings.Read(Settings("apiKey", "SG.1", "from", "sales@example.com"));
        Assert.Equal(
            new SendGridSettings(
                "SG.1", "https://api.sendgrid.com", new MailParty("sales@example.com", ""), IsSandbox: false,
                EventKey: null),
            settings);
    }

    [Fact]
    public void Host_sandbox_and_event_key_are_settings()
    {
        var settings = SendGridSettings.Read(Settings(
            "apiKey", "SG.1", "from", "sales@example.com", "fromName", "Sales", "host", "https://api.eu.sendgrid.com",
            "sandbox", "true",
            "eventKey", MailEventSignatureTests.Key));
        Assert.Equal(
            new SendGridSettings(
                "SG.1", "https://api.eu.sendgrid.com", new MailParty("sales@example.com", "Sales"), IsSandbox: true,
                MailEventSignatureTests.Key),
            settings);
    }

    [Fact]
    public void A_home_that_only_shows_its_mails_needs_no_other_setting() =>
        Assert.Null(SendGridSettings.Read(Settings("consoleOnly", "true")));

    [Theory]
    [InlineData("SendGrid__apiKey", "from", "sales@example.com")]
    [InlineData("SendGrid__from", "apiKey", "SG.1")]
    [InlineData("SendGrid__sandbox", "apiKey", "SG.1", "from", "sales@example.com", "sandbox", "yes")]
    [InlineData("SendGrid__consoleOnly", "consoleOnly", "1")]
    [InlineData("SendGrid__eventKey", "apiKey", "SG.1", "from", "sales@example.com", "eventKey", "MFkw")]
    [InlineData("SendGrid__eventKey", "apiKey", "SG.1", "from", "sales@example.com", "eventKey", "no base64!")]
    [InlineData(
        "SendGrid__eventKey", "apiKey", "SG.1", "from", "sales@example.com", "eventKey", "-----BEGIN PUBLIC KEY-----")]
    public void A_setting_that_is_missing_or_makes_no_sense_is_named(string named, params string[] settings) =>
        Assert.Contains(
            named, Assert.Throws<FormatException>(() => SendGridSettings.Read(Settings(settings))).Message,
            StringComparison.Ordinal);

    private static IConfiguration Settings(params string[] pairs) => new ConfigurationBuilder()
        .AddInMemoryCollection(
            pairs.Chunk(2).Select(pair => new KeyValuePair<string, string?>("SendGrid:" + pair[0], pair[1])))
        .Build();
}
