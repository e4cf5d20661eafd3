using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Workflows.Conformance;
using Workflows.Embedded.Mails;
using Workflows.Engine;
using Workflows.Platform;

namespace Workflows.Embedded.Tests.Mails;

public sealed class MailDeliveryTests : IAsyncLifetime
{
    private readonly VirtualClock _clock = new();
    private readonly FakeMailServer _server = new();
    private readonly ReplacedPlaceholder _secrets = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("workflows-mail-").FullName;
    private DurableEngine _engine = null!;
    private MailDelivery _delivery = null!;

    public async Task InitializeAsync()
    {
        _engine = new DurableEngine(
            new EngineOptions { DatabasePath = Path.Combine(_folder, "test.db"), TimeProvider = _clock },
            new DurableCatalog(),
            new ServiceCollection().BuildServiceProvider(),
            NullLoggerFactory.Instance);
        await _engine.StartAsync();
        Use(
            new SmtpTransport(
                new SmtpSettings("127.0.0.1", _server.Port, null, null, "sales@shop.example", SmtpSecurity.None)));
    }

    public async Task DisposeAsync()
    {
        _delivery.Dispose();
        await _engine.DisposeAsync();
        await _server.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_mail_goes_out_once_under_an_id_of_its_own()
    {
        await EnqueueAsync("m1", text: "First line\n.second line starts with a point");
        await TurnAsync();

        Assert.Equal(MailStatus.Sent, (await FindAsync("m1")).Status);
        Assert.Contains(
            $"Message-Id: <{LetterWriter.MessageId("m1", "shop.example")}>", Assert.Single(_server.Messages),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_is_busy_gets_it_later_and_once()
    {
        _server.Answers["RCPT"] = "451 come back later";
        await EnqueueAsync("m1");
        await TurnAsync();
        var waiting = await FindAsync("m1");
        Assert.Equal((MailStatus.Queued, 1), (waiting.Status, waiting.Attempts));
        Assert.Contains("come back later", waiting.Error, StringComparison.Ordinal);

        _server.Answers.Clear();
        _clock.Advance(TimeSpan.FromMinutes(2));
        await TurnAsync();

        Assert.Equal(MailStatus.Sent, (await FindAsync("m1")).Status);
        Assert.Single(_server.Messages);
    }

    [Fact]
    public async Task A_server_that_is_away_for_days_ends_the_tries()
    {
        _server.Answers["MAIL"] = "421 closing";
        await EnqueueAsync("m1");
        for (var attempt = 0; attempt < 14; attempt++)
        {
            await TurnAsync();
            _clock.Advance(TimeSpan.FromHours(13));
        }

        var mail = await FindAsync("m1");
        Assert.Equal((MailStatus.Failed, 14), (mail.Status, mail.Attempts));
    }

    [Fact]
    public async Task A_refused_recipient_is_not_tried_again()
    {
        _server.Answers["RCPT"] = "550 no such person";
        await EnqueueAsync("m1");
        await TurnAsync();

        var mail = await FindAsync("m1");
        Assert.Equal(MailStatus.Failed, mail.Status);
        Assert.Contains("no such person", mail.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("550 5.1.1 no such person")]
    [InlineData("550 no such person")]
    [InlineData("550 5.2.1 this mailbox is closed")]
    [InlineData("553 not an address")]
    public Task What_the_server_says_of_the_recipient_is_final(string answer) =>
        ExpectAsync("RCPT", answer, MailStatus.Failed);

    [Theory]
    [InlineData("552 5.3.4 too big")]
    [InlineData("552 too big")]
    [InlineData("554 5.6.0 not a message")]
    public Task What_the_server_says_of_the_message_is_final(string answer) =>
        ExpectAsync(".", answer, MailStatus.Failed);

    [Theory]
    [InlineData("220", "554 no service here")]
    [InlineData("MAIL", "550 5.1.8 we do not know your domain")]
    [InlineData("MAIL", "501 bad sender")]
    [InlineData("MAIL", "530 5.7.0 sign in first")]
    [InlineData("RCPT", "554 5.7.1 relay access denied")]
    [InlineData("RCPT", "550 5.1.8 bad sender")]
    [InlineData("RCPT", "452 4.2.2 mailbox full")]
    [InlineData("DATA", "554 5.5.1 no valid recipients")]
    [InlineData(".", "554 5.3.0 the disk is full")]
    [InlineData(".", "554 no")]
    public Task What_is_wrong_with_the_server_or_our_settings_is_tried_again(string step, string answer) =>
        ExpectAsync(step, answer, MailStatus.Queued);

    [Fact]
    public async Task A_server_that_refuses_the_name_in_our_greeting_is_greeted_the_old_way()
    {
        _server.Answers["EHLO"] = "550 5.7.1 what a name";
        await EnqueueAsync("m1");
        await TurnAsync();
        Assert.Equal(MailStatus.Sent, (await FindAsync("m1")).Status);

        _server.Answers["HELO"] = "550 5.7.1 what a name";
        await EnqueueAsync("m2");
        await TurnAsync();
        Assert.Equal(MailStatus.Queued, (await FindAsync("m2")).Status);
    }

    [Fact]
    public async Task A_server_that_offers_nothing_but_auth_login_is_signed_in_to()
    {
        UseSignedIn();
        _server.Answers["EHLO"] = "250-test\r\n250 AUTH LOGIN";
        _server.Answers["AUTH"] = "334 VXNlcm5hbWU6";
        _server.Answers["dQ=="] = "334 UGFzc3dvcmQ6";
        _server.Answers["cA=="] = "235 welcome";
        await EnqueueAsync("m1");
        await TurnAsync();

        Assert.Equal(MailStatus.Sent, (await FindAsync("m1")).Status);
    }

    [Theory]
    [InlineData("250-test\r\n250 AUTH LOGIN")]
    [InlineData("250 test")]
    public async Task A_sign_in_that_fails_is_tried_again(string greeting)
    {
        UseSignedIn();
        _server.Answers["EHLO"] = greeting;
        _server.Answers["AUTH"] = "535 5.7.8 wrong";
        await EnqueueAsync("m1");
        await TurnAsync();

        Assert.Equal(MailStatus.Queued, (await FindAsync("m1")).Status);
    }

    [Theory]
    [InlineData("anna@bücher.example", MailStatus.Sent)]
    [InlineData("änna@buyer.example", MailStatus.Failed)]
    public async Task An_address_goes_as_far_as_the_server_takes_it(string address, MailStatus status)
    {
        await _engine.Mail.EnqueueAsync(Mail("m1", "t") with { To = new MailParty(address, "Anna") });
        await TurnAsync();

        Assert.Equal(status, (await FindAsync("m1")).Status);
    }

    [Fact]
    public async Task A_mail_that_failed_is_sent_again_when_a_person_says_so()
    {
        _server.Answers["RCPT"] = "550 no such person";
        await EnqueueAsync("m1");
        await TurnAsync();
        Assert.False(await _engine.MailRetries.SendAgainAsync("m2"));

        _server.Answers.Clear();
        Assert.True(await _engine.MailRetries.SendAgainAsync("m1"));
        Assert.Equal((MailStatus.Queued, 0), ((await FindAsync("m1")).Status, (await FindAsync("m1")).Attempts));
        await TurnAsync();

        Assert.Equal(MailStatus.Sent, (await FindAsync("m1")).Status);
        Assert.False(await _engine.MailRetries.SendAgainAsync("m1"));
        Assert.Single(_server.Messages);
    }

    [Fact]
    public async Task A_line_that_breaks_before_the_end_of_the_mail_is_tried_again()
    {
        _server.Answers["DATA"] = "";
        await EnqueueAsync("m1");
        await TurnAsync();

        Assert.Equal(MailStatus.Queued, (await FindAsync("m1")).Status);
    }

    [Fact]
    public async Task A_line_that_breaks_after_the_end_of_the_mail_leaves_it_unknown_and_unsent()
    {
        _server.Answers["."] = "";
        await EnqueueAsync("m1");
        await TurnAsync();
        Assert.Equal(MailStatus.Unknown, (await FindAsync("m1")).Status);

        _server.Answers.Clear();
        _clock.Advance(TimeSpan.FromDays(3));
        await EnqueueAsync("m2");
        await TurnAsync();

        Assert.Equal(MailStatus.Unknown, (await FindAsync("m1")).Status);
        Assert.Single(_server.Messages);
    }

    [Fact]
    public async Task Without_a_mail_server_mails_count_as_sent_when_the_console_shows_them()
    {
        Use(new MailView());
        await EnqueueAsync("m1");
        await TurnAsync();

        Assert.Equal(MailStatus.Sent, (await FindAsync("m1")).Status);
    }

    [Fact]
    public async Task A_secret_that_cannot_be_read_keeps_the_mail_waiting_and_goes_out_with_it_later()
    {
        _secrets.IsUnreadable = true;
        await _engine.Mail.EnqueueAsync(Mail("m1", "Decide at /x/PLACE") with { Placeholder = "PLACE" });
        await TurnAsync();
        Assert.Equal((MailStatus.Queued, 1), ((await FindAsync("m1")).Status, (await FindAsync("m1")).Attempts));
        Assert.Empty(_server.Messages);

        _secrets.IsUnreadable = false;
        _clock.Advance(TimeSpan.FromMinutes(1));
        await TurnAsync();
        Assert.Contains("Decide at /x/secret", Assert.Single(_server.Messages), StringComparison.Ordinal);
        Assert.DoesNotContain("secret", (await FindAsync("m1")).Mail.Text, StringComparison.Ordinal);
    }

    private void UseSignedIn() => Use(new SmtpTransport(
        new SmtpSettings("127.0.0.1", _server.Port, "u", "p", "sales@shop.example", SmtpSecurity.None)));

    private async Task ExpectAsync(string step, string answer, MailStatus status)
    {
        _server.Answers[step] = answer;
        await EnqueueAsync("m1");
        await TurnAsync();

        var mail = await FindAsync("m1");
        Assert.Equal(status, mail.Status);
        Assert.Contains(answer[4..], mail.Error, StringComparison.Ordinal);
    }

    private void Use(IMailTransport transport) =>
        _delivery = new MailDelivery(
            _engine.MailQueue, _engine.Mail, _secrets, transport, _clock, NullLogger<MailDelivery>.Instance);

    private Task EnqueueAsync(string id, string text = "t") => _engine.Mail.EnqueueAsync(Mail(id, text));

    private static OutgoingMail Mail(string id, string text) =>
        new(id, new MailParty("anna@buyer.example", "Anna"), "Hello", text, "<p>h</p>", "test", "D-1");

    private Task TurnAsync() => _delivery.TurnAsync(CancellationToken.None).WaitAsync(Eventually.Bound);

    private async Task<MailRecord> FindAsync(string id) => (await _engine.Mail.GetAsync(id))!;

    private sealed class ReplacedPlaceholder : IMailSecrets
    {
        public bool IsUnreadable { get; set; }

        public Task<OutgoingMail> PutInAsync(OutgoingMail mail, CancellationToken cancellation) =>
            IsUnreadable ? throw new HomeUnavailableException("The disk is full.", TimeSpan.FromSeconds(1))
            : Task.FromResult(mail.Placeholder is { } place
                ? mail with { Text = mail.Text.Replace(place, "secret", StringComparison.Ordinal) }
                : mail);
    }
}
