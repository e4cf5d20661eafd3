using System.Text.Json;
using Workflows.Azure.Mail;
using Workflows.Conformance;
using Workflows.Platform;

namespace Workflows.Azure.Tests.Mail;

/// <summary>From the outbox over the queue to SendGrid.</summary>
public sealed class MailSenderTests : MailTests
{
    [Fact]
    public async Task A_mail_goes_out_once_with_its_id_and_without_tracking()
    {
        await Home.Outbox.EnqueueAsync(
            MailHome.Mail("m-1") with { ReplyTo = new MailParty("mei@example.com", "Mei") });
        Assert.Equal(1, await Home.DrainAsync());

        var sent = Assert.Single(Home.SendGrid.Mails);
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
        Assert.Equal(["Bearer key-1"], Home.SendGrid.Keys);

        var record = await Home.ReadAsync("m-1");
        Assert.Equal(
            (MailStatus.Sent, 1, Home.Clock.GetUtcNow(), null),
            (record.Status, record.Attempts, record.SentAt, record.Error));
        Assert.Empty(await Home.ListAsync(MailStatus.Queued));

        bool Enabled(string group, string name) =>
            sent.GetProperty(group).GetProperty(name).GetProperty("enable").GetBoolean();
    }

    [Fact]
    public async Task A_mail_of_a_megabyte_of_HTML_goes_out_as_it_was()
    {
        var html = string.Concat(Enumerable.Range(0, 30_000).Select(n => $"<td>{n * 7919 % 30_011}</td>询盘"));
        await Home.Outbox.EnqueueAsync(MailHome.Mail("m-1") with { Html = html });
        await Home.DrainAsync();
        Assert.Equal(html, Home.SendGrid.Mails.Single().GetProperty("content")[1].GetProperty("value").GetString());
    }

    [Fact]
    public async Task Of_many_messages_for_one_mail_one_sends_it()
    {
        await Home.Outbox.EnqueueAsync(MailHome.Mail("m-1"));
        await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => Home.Sender.HandleAsync("m-1", default)));
        await Home.DrainAsync();
        Assert.Single(Home.SendGrid.Mails);
        Assert.Equal(MailStatus.Sent, (await Home.ReadAsync("m-1")).Status);
    }

    [Fact]
    public async Task A_damaged_mail_is_shown_as_such_is_not_sent_and_keeps_no_other_from_being_listed()
    {
        await Home.Outbox.EnqueueAsync(MailHome.Mail("m-1"));
        await Home.Outbox.EnqueueAsync(MailHome.Mail("m-2"));
        var damaged = new TableRow(
            MailItem.KeyOf("m-1"), MailItem.RowKey)
        { ["Mail0"] = new byte[] { 1, 2, 3, 4, 5, 6, 7, 8 } };
        await Home.Tables.ExecuteAsync(MailItem.Table, [TableOperation.Merge(damaged, TableOperation.AnyETag)]);
        await Home.DrainAsync();
        Assert.Equal(
            "m-2", Assert.Single(Home.SendGrid.Mails).GetProperty("custom_args").GetProperty("mail_id").GetString());
        var record = await Home.ReadAsync("m-1");
        Assert.Equal((MailStatus.Failed, "This mail is damaged"), (record.Status, record.Mail.Subject));
        Assert.Equal(2, (await Home.Outbox.QueryAsync(new MailQuery())).Items.Count);
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

    /// <summary>
    /// The app's storage is paid by the request; the trigger adds one to take the message and one to delete it.
    /// </summary>
    [Fact]
    public async Task A_mail_costs_seven_requests_to_the_storage()
    {
        await Home.Outbox.EnqueueAsync(MailHome.Mail("first"));
        await Home.Sender.HandleAsync("first", default);
        await Home.Tables.GetAsync("marker", "p", "r");
        await Home.Outbox.EnqueueAsync(MailHome.Mail("second"));
        await Home.Sender.HandleAsync("second", default);
        var verbs = await Eventually.ValueAsync(
            CountedAsync, verbs => verbs.Count >= 7, "the emulator's log to be written");
        Assert.Equal(["POST", "POST", "POST", "GET", "PATCH", "PATCH", "DELETE"], verbs);

        async Task<List<string>> CountedAsync() =>
            [.. (await Home.RequestsAsync())
                .SkipWhile(request => !request.Contains("/marker(", StringComparison.Ordinal))
                .Skip(1)
                .Select(request => request.Split(' ')[0])];
    }
}
