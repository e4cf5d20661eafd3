using Workflows.Azure.Mail;
using Workflows.Platform;

namespace Workflows.Azure.Tests.Mail;

/// <summary>Mails whose message was lost on its way to the queue, or never got there.</summary>
public sealed class MailSweepTests : MailTests
{
    [Fact]
    public async Task The_sweep_gives_a_mail_whose_message_was_lost_another_one()
    {
        await Home.Outbox.EnqueueAsync(MailHome.Mail("m-1"));
        await Home.LoseMessagesAsync();
        await Home.Sweep.RunAsync(default);
        Assert.Equal(0, await Home.DrainAsync());

        Home.Clock.Advance(TimeSpan.FromMinutes(15));
        await Home.Sweep.RunAsync(default);
        Assert.Equal(1, await Home.DrainAsync());
        Assert.Equal(MailStatus.Sent, (await Home.ReadAsync("m-1")).Status);
    }

    [Fact]
    public async Task A_mail_that_was_kept_by_a_process_that_then_died_is_completed_by_taking_it_again()
    {
        await Home.Tables.InsertAsync(
            MailItem.Table, MailItem.New(MailHome.Mail("m-1"), Home.Clock.GetUtcNow()).ToRow());
        Home.Clock.Advance(TimeSpan.FromMinutes(1));
        await Home.Outbox.EnqueueAsync(MailHome.Mail("m-1") with { Subject = "late" });
        await Home.DrainAsync();
        var only = Assert.Single((await Home.Outbox.QueryAsync(new MailQuery())).Items);
        Assert.Equal((MailStatus.Sent, "Your quotation"), (only.Status, only.Mail.Subject));
        Assert.Single(Home.SendGrid.Mails);
    }
}
