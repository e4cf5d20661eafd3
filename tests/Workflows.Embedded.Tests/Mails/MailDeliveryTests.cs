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
            $"Message-ID: {MimeMessage.MessageId("m1", "sales@shop.example")}", Assert.Single(_server.Messages),
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
        for (var attempt = 0; attempt < 10; attempt++)
        {
            await TurnAsync();
            _clock.Advance(TimeSpan.FromHours(9));
        }

        var mail = await FindAsync("m1");
        Assert.Equal((MailStatus.Failed, 10), (mail.Status, mail.Attempts));
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
        // The parts travel as base64, of which each three bytes are four characters.
        Assert.Contains(
            Convert.ToBase64String("Decide at /x/secre"u8), Assert.Single(_server.Messages), StringComparison.Ordinal);
        Assert.DoesNotContain("secret", (await FindAsync("m1")).Mail.Text, StringComparison.Ordinal);
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
