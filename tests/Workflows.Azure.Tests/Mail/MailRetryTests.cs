using Workflows.Platform;

namespace Workflows.Azure.Tests.Mail;

/// <summary>Mails that SendGrid does not take, now or for good.</summary>
public sealed class MailRetryTests : MailTests
{
    [Theory]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(503)]
    [InlineData(401)]
    public async Task A_mail_that_SendGrid_does_not_take_now_is_tried_again_later(int status)
    {
        Home.SendGrid.Answer(status, """{"errors":[{"message":"not now","field":null}]}""");
        await Home.Outbox.EnqueueAsync(MailHome.Mail("m-1"));
        await Home.DrainAsync();
        var record = await Home.ReadAsync("m-1");
        Assert.Equal((MailStatus.Queued, 1), (record.Status, record.Attempts));
        Assert.Equal($"SendGrid answered {status}: not now", record.Error);

        // A message that comes too early tries nothing.
        await Home.Sender.HandleAsync("m-1", default);
        Assert.Single(Home.SendGrid.Mails);

        Home.Clock.Advance(TimeSpan.FromMinutes(1));
        await Home.Sender.HandleAsync("m-1", default);
        record = await Home.ReadAsync("m-1");
        Assert.Equal((MailStatus.Sent, 2, null), (record.Status, record.Attempts, record.Error));
        Assert.Equal(2, Home.SendGrid.Mails.Count);
    }

    [Fact]
    public async Task A_wait_that_SendGrid_asks_for_is_kept()
    {
        Home.SendGrid.Answer(429, "", ("Retry-After", "3600"));
        await Home.Outbox.EnqueueAsync(MailHome.Mail("m-1"));
        await Home.DrainAsync();
        Home.Clock.Advance(TimeSpan.FromMinutes(59));
        await Home.Sender.HandleAsync("m-1", default);
        Assert.Single(Home.SendGrid.Mails);
        Home.Clock.Advance(TimeSpan.FromMinutes(1));
        await Home.Sender.HandleAsync("m-1", default);
        Assert.Equal(MailStatus.Sent, (await Home.ReadAsync("m-1")).Status);
    }

    [Fact]
    public async Task A_mail_that_is_never_taken_has_failed_after_three_days_of_tries()
    {
        await Home.Outbox.EnqueueAsync(MailHome.Mail("m-1"));
        for (var tries = 0; tries < 14; tries++)
        {
            Assert.Equal(MailStatus.Queued, (await Home.ReadAsync("m-1")).Status);
            Home.SendGrid.Answer(500);
            await Home.Sender.HandleAsync("m-1", default);
            Home.Clock.Advance(TimeSpan.FromHours(12));
        }

        Assert.Equal((MailStatus.Failed, 14), ((await Home.ReadAsync("m-1")).Status, Home.SendGrid.Mails.Count));
        Assert.Equal(["m-1"], await Home.ListAsync(MailStatus.Failed));
    }

    [Fact]
    public async Task A_mail_that_failed_is_sent_again_when_a_person_says_so()
    {
        Home.SendGrid.Answer(400, """{"errors":[{"message":"Does not contain a valid address."}]}""");
        await Home.Outbox.EnqueueAsync(MailHome.Mail("m-1"));
        await Home.DrainAsync();
        Assert.False(await Home.Retries.SendAgainAsync("m-2"));

        Assert.True(await Home.Retries.SendAgainAsync("m-1"));
        Assert.Equal(["m-1"], await Home.ListAsync(MailStatus.Queued));
        Assert.Equal(0, (await Home.ReadAsync("m-1")).Attempts);
        Assert.Empty(await Home.ListAsync(MailStatus.Failed));
        await Home.DrainAsync();

        Assert.Equal(MailStatus.Sent, (await Home.ReadAsync("m-1")).Status);
        Assert.False(await Home.Retries.SendAgainAsync("m-1"));
        Assert.Equal(2, Home.SendGrid.Mails.Count);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(413)]
    public async Task A_mail_that_SendGrid_refuses_has_failed_is_listed_and_not_tried_again(int status)
    {
        Home.SendGrid.Answer(status, """{"errors":[{"message":"Does not contain a valid address."}]}""");
        await Home.Outbox.EnqueueAsync(MailHome.Mail("m-1"));
        await Home.DrainAsync();
        Assert.Equal(["m-1"], await Home.ListAsync(MailStatus.Failed));
        Assert.Empty(await Home.ListAsync(MailStatus.Queued));
        Assert.Equal(
            $"SendGrid answered {status}: Does not contain a valid address.", (await Home.ReadAsync("m-1")).Error);
        await StaysAsItIsAsync(MailStatus.Failed);
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
}
