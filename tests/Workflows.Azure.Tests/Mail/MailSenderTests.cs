using System.Text.Json;
using Workflows.Azure.Mail;
using Workflows.Conformance;
using Workflows.Platform;

namespace Workflows.Azure.Tests.Mail;

/// <summary>From the outbox over the queue to SendGrid, whatever SendGrid answers.</summary>
public sealed class MailSenderTests : IAsyncLifetime
{
    private MailHome _home = null!;

    public async Task InitializeAsync() => _home = await MailHome.StartAsync();

    public async Task DisposeAsync()
    {
        if (_home is not null)
        {
            await _home.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_mail_goes_out_once_with_its_id_and_without_tracking()
    {
        await _home.Outbox.EnqueueAsync(
            MailHome.Mail("m-1") with { ReplyTo = new MailParty("mei@example.com", "Mei") });
        Assert.Equal(1, await _home.DrainAsync());

        var sent = Assert.Single(_home.SendGrid.Mails);
        Assert.Equal("m-1", sent.GetProperty("custom_args").GetProperty("mail_id").GetString());
        Assert.Equal(
            "buyer@example.com",
            sent.GetProperty("personalizations")[0].GetProperty("to")[0].GetProperty("email").GetString());
        Assert.Equal("sales@example.com", sent.GetProperty("from").GetProperty("email").GetString());
        Assert.Equal("mei@example.com", sent.GetProperty("reply_to").GetProperty("email").GetString());
        Assert.Equal(
            ["text/plain", "text/html"],
            sent.GetProperty("content").EnumerateArray().Select(part => part.GetProperty("type").GetString()));
        Assert.False(Enabled("tracking_settings", "click_tracking"));
        Assert.False(Enabled("tracking_settings", "open_tracking"));
        Assert.False(Enabled("mail_settings", "sandbox_mode"));
        Assert.Equal(["Bearer key-1"], _home.SendGrid.Keys);

        var record = await _home.ReadAsync("m-1");
        Assert.Equal(
            (MailStatus.Sent, 1, _home.Clock.GetUtcNow(), null),
            (record.Status, record.Attempts, record.SentAt, record.Error));
        Assert.Empty(await _home.ListAsync(MailStatus.Queued));

        bool Enabled(string group, string name) =>
            sent.GetProperty(group).GetProperty(name).GetProperty("enable").GetBoolean();
    }

    [Fact]
    public async Task A_mail_of_a_megabyte_of_HTML_goes_out_as_it_was()
    {
        var html = string.Concat(Enumerable.Range(0, 30_000).Select(n => $"<td>{n * 7919 % 30_011}</td>询盘"));
        await _home.Outbox.EnqueueAsync(MailHome.Mail("m-1") with { Html = html });
        await _home.DrainAsync();
        Assert.Equal(html, _home.SendGrid.Mails.Single().GetProperty("content")[1].GetProperty("value").GetString());
    }

    [Theory]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(503)]
    [InlineData(401)]
    public async Task A_mail_that_SendGrid_does_not_take_now_is_tried_again_later(int status)
    {
        _home.SendGrid.Answer(status, """{"errors":[{"message":"not now","field":null}]}""");
        await _home.Outbox.EnqueueAsync(MailHome.Mail("m-1"));
        await _home.DrainAsync();
        var record = await _home.ReadAsync("m-1");
        Assert.Equal((MailStatus.Queued, 1), (record.Status, record.Attempts));
        Assert.Equal($"SendGrid answered {status}: not now", record.Error);

        // A message that comes too early tries nothing.
        await _home.Sender.HandleAsync("m-1", default);
        Assert.Single(_home.SendGrid.Mails);

        _home.Clock.Advance(TimeSpan.FromMinutes(1));
        await _home.Sender.HandleAsync("m-1", default);
        record = await _home.ReadAsync("m-1");
        Assert.Equal((MailStatus.Sent, 2, null), (record.Status, record.Attempts, record.Error));
        Assert.Equal(2, _home.SendGrid.Mails.Count);
    }

    [Fact]
    public async Task A_wait_that_SendGrid_asks_for_is_kept()
    {
        _home.SendGrid.Answer(429, "", ("Retry-After", "3600"));
        await _home.Outbox.EnqueueAsync(MailHome.Mail("m-1"));
        await _home.DrainAsync();
        _home.Clock.Advance(TimeSpan.FromMinutes(59));
        await _home.Sender.HandleAsync("m-1", default);
        Assert.Single(_home.SendGrid.Mails);
        _home.Clock.Advance(TimeSpan.FromMinutes(1));
        await _home.Sender.HandleAsync("m-1", default);
        Assert.Equal(MailStatus.Sent, (await _home.ReadAsync("m-1")).Status);
    }

    [Fact]
    public async Task A_mail_that_is_never_taken_has_failed_after_a_day_of_tries()
    {
        await _home.Outbox.EnqueueAsync(MailHome.Mail("m-1"));
        for (var tries = 0; tries < 10; tries++)
        {
            Assert.Equal(MailStatus.Queued, (await _home.ReadAsync("m-1")).Status);
            _home.SendGrid.Answer(500);
            await _home.Sender.HandleAsync("m-1", default);
            _home.Clock.Advance(TimeSpan.FromHours(8));
        }

        Assert.Equal((MailStatus.Failed, 10), ((await _home.ReadAsync("m-1")).Status, _home.SendGrid.Mails.Count));
        Assert.Equal(["m-1"], await _home.ListAsync(MailStatus.Failed));
    }

    [Theory]
    [InlineData(400)]
    [InlineData(413)]
    public async Task A_mail_that_SendGrid_refuses_has_failed_is_listed_and_not_tried_again(int status)
    {
        _home.SendGrid.Answer(status, """{"errors":[{"message":"Does not contain a valid address."}]}""");
        await _home.Outbox.EnqueueAsync(MailHome.Mail("m-1"));
        await _home.DrainAsync();
        Assert.Equal(["m-1"], await _home.ListAsync(MailStatus.Failed));
        Assert.Empty(await _home.ListAsync(MailStatus.Queued));
        Assert.Equal(
            $"SendGrid answered {status}: Does not contain a valid address.", (await _home.ReadAsync("m-1")).Error);
        await StaysAsItIsAsync(MailStatus.Failed);
    }

    [Fact]
    public async Task A_time_out_after_the_mail_was_taken_leaves_it_unknown_and_it_is_not_sent_again()
    {
        _home.SendGrid.TakeAndSayNothing();
        await _home.Outbox.EnqueueAsync(MailHome.Mail("m-1"));
        var sending = _home.DrainAsync();
        await Eventually.TrueAsync(() => _home.SendGrid.Mails.Count == 1, "the mail to be taken");
        _home.StopWaiting();
        await sending;
        Assert.Equal(["m-1"], await _home.ListAsync(MailStatus.Unknown));
        await StaysAsItIsAsync(MailStatus.Unknown);
    }

    [Fact]
    public async Task A_line_that_breaks_after_the_mail_was_taken_leaves_it_unknown_and_it_is_not_sent_again()
    {
        _home.SendGrid.TakeAndBreakOff();
        await _home.Outbox.EnqueueAsync(MailHome.Mail("m-1"));
        await _home.DrainAsync();
        await StaysAsItIsAsync(MailStatus.Unknown);
    }

    [Theory]
    [InlineData(502)]
    [InlineData(504)]
    public async Task A_gateways_answer_leaves_the_mail_unknown(int status)
    {
        _home.SendGrid.Answer(status);
        await _home.Outbox.EnqueueAsync(MailHome.Mail("m-1"));
        await _home.DrainAsync();
        await StaysAsItIsAsync(MailStatus.Unknown);
    }

    [Fact]
    public async Task A_SendGrid_that_cannot_be_reached_is_tried_again()
    {
        await using var home = await MailHome.StartAsync(host: "http://127.0.0.1:1");
        await home.Outbox.EnqueueAsync(MailHome.Mail("m-1"));
        await home.DrainAsync();
        var record = await home.ReadAsync("m-1");
        Assert.Equal((MailStatus.Queued, "SendGrid cannot be reached."), (record.Status, record.Error));
    }

    [Fact]
    public async Task Of_many_messages_for_one_mail_one_sends_it()
    {
        await _home.Outbox.EnqueueAsync(MailHome.Mail("m-1"));
        await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => _home.Sender.HandleAsync("m-1", default)));
        await _home.DrainAsync();
        Assert.Single(_home.SendGrid.Mails);
        Assert.Equal(MailStatus.Sent, (await _home.ReadAsync("m-1")).Status);
    }

    [Fact]
    public async Task A_process_that_dies_while_it_sends_leaves_the_mail_unknown_and_it_is_not_sent_again()
    {
        await _home.Outbox.EnqueueAsync(MailHome.Mail("m-1"));
        using var dying = new HttpClient(new DyingLine());
        await Assert.ThrowsAsync<NotSupportedException>(() => _home.SenderOver(dying).HandleAsync("m-1", default));

        // The queue brings the message again, first while the try might still be under way.
        await _home.Sender.HandleAsync("m-1", default);
        Assert.Equal(MailStatus.Queued, (await _home.ReadAsync("m-1")).Status);
        _home.Clock.Advance(MailSender.LongestTry);
        await _home.Sender.HandleAsync("m-1", default);
        Assert.Empty(_home.SendGrid.Mails);
        await StaysAsItIsAsync(MailStatus.Unknown, requests: 0);
    }

    [Fact]
    public async Task A_damaged_mail_is_shown_as_such_is_not_sent_and_keeps_no_other_from_being_listed()
    {
        await _home.Outbox.EnqueueAsync(MailHome.Mail("m-1"));
        await _home.Outbox.EnqueueAsync(MailHome.Mail("m-2"));
        var damaged = new TableRow(
            MailItem.KeyOf("m-1"), MailItem.RowKey)
        { ["Mail0"] = new byte[] { 1, 2, 3, 4, 5, 6, 7, 8 } };
        await _home.Tables.ExecuteAsync(MailItem.Table, [TableOperation.Merge(damaged, TableOperation.AnyETag)]);
        await _home.DrainAsync();
        Assert.Equal(
            "m-2", Assert.Single(_home.SendGrid.Mails).GetProperty("custom_args").GetProperty("mail_id").GetString());
        var record = await _home.ReadAsync("m-1");
        Assert.Equal((MailStatus.Failed, "This mail is damaged"), (record.Status, record.Mail.Subject));
        Assert.Equal(2, (await _home.Outbox.QueryAsync(new MailQuery())).Items.Count);
    }

    [Fact]
    public async Task The_sandbox_is_a_setting()
    {
        await using var home = await MailHome.StartAsync(isSandbox: true);
        home.SendGrid.Answer(200);
        await home.Outbox.EnqueueAsync(MailHome.Mail("m-1"));
        await home.DrainAsync();
        var sandbox = home.SendGrid.Mails.Single().GetProperty("mail_settings").GetProperty("sandbox_mode");
        Assert.Equal(JsonValueKind.True, sandbox.GetProperty("enable").ValueKind);
        Assert.Equal(MailStatus.Sent, (await home.ReadAsync("m-1")).Status);
    }

    [Fact]
    public async Task The_sweep_gives_a_mail_whose_message_was_lost_another_one()
    {
        await _home.Outbox.EnqueueAsync(MailHome.Mail("m-1"));
        await _home.LoseMessagesAsync();
        await _home.Sweep.RunAsync(default);
        Assert.Equal(0, await _home.DrainAsync());

        _home.Clock.Advance(TimeSpan.FromMinutes(15));
        await _home.Sweep.RunAsync(default);
        Assert.Equal(1, await _home.DrainAsync());
        Assert.Equal(MailStatus.Sent, (await _home.ReadAsync("m-1")).Status);
    }

    [Fact]
    public async Task A_mail_that_was_kept_by_a_process_that_then_died_is_completed_by_taking_it_again()
    {
        await _home.Tables.InsertAsync(
            MailItem.Table, MailItem.New(MailHome.Mail("m-1"), _home.Clock.GetUtcNow()).ToRow());
        _home.Clock.Advance(TimeSpan.FromMinutes(1));
        await _home.Outbox.EnqueueAsync(MailHome.Mail("m-1") with { Subject = "late" });
        await _home.DrainAsync();
        var only = Assert.Single((await _home.Outbox.QueryAsync(new MailQuery())).Items);
        Assert.Equal((MailStatus.Sent, "Your quotation"), (only.Status, only.Mail.Subject));
        Assert.Single(_home.SendGrid.Mails);
    }

    /// <summary>
    /// The app's storage is paid by the request; the trigger adds one to take the message and one to delete it.
    /// </summary>
    [Fact]
    public async Task A_mail_costs_seven_requests_to_the_storage()
    {
        await _home.Outbox.EnqueueAsync(MailHome.Mail("first"));
        await _home.Sender.HandleAsync("first", default);
        await _home.Tables.GetAsync("marker", "p", "r");
        await _home.Outbox.EnqueueAsync(MailHome.Mail("second"));
        await _home.Sender.HandleAsync("second", default);
        var verbs = await Eventually.ValueAsync(
            CountedAsync, verbs => verbs.Count >= 7, "the emulator's log to be written");
        Assert.Equal(["POST", "POST", "POST", "GET", "PATCH", "PATCH", "DELETE"], verbs);

        async Task<List<string>> CountedAsync() =>
            [.. (await _home.RequestsAsync())
                .SkipWhile(request => !request.Contains("/marker(", StringComparison.Ordinal))
                .Skip(1)
                .Select(request => request.Split(' ')[0])];
    }

    private async Task StaysAsItIsAsync(MailStatus status, int requests = 1)
    {
        Assert.Equal(status, (await _home.ReadAsync("m-1")).Status);
        for (var days = 0; days < 3; days++)
        {
            _home.Clock.Advance(TimeSpan.FromDays(1));
            await _home.Sweep.RunAsync(default);
            await _home.Outbox.EnqueueAsync(MailHome.Mail("m-1"));
            await _home.DrainAsync();
            await _home.Sender.HandleAsync("m-1", default);
        }

        Assert.Equal((status, requests), ((await _home.ReadAsync("m-1")).Status, _home.SendGrid.Mails.Count));
    }

    /// <summary>The process dies between handing a mail over and writing down what became of it.</summary>
    private sealed class DyingLine : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken) =>
            throw new NotSupportedException("The process died.");
    }
}
