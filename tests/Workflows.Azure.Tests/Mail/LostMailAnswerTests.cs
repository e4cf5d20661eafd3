using Workflows.Azure.Mail;
using Workflows.Conformance;
using Workflows.Platform;

namespace Workflows.Azure.Tests.Mail;

/// <summary>Mails whose try ended without an answer. SendGrid may have them, so they are not sent again.</summary>
public sealed class LostMailAnswerTests : MailTests
{
    [Fact]
    public async Task A_time_out_after_the_mail_was_taken_leaves_it_unknown_and_it_is_not_sent_again()
    {
        Home.SendGrid.TakeAndSayNothing();
        await Home.Outbox.EnqueueAsync(MailHome.Mail("m-1"));
        var sending = Home.DrainAsync();
        await Eventually.TrueAsync(() => Home.SendGrid.Mails.Count == 1, "the mail to be taken");
        Home.StopWaiting();
        await sending;
        Assert.Equal(["m-1"], await Home.ListAsync(MailStatus.Unknown));
        await StaysAsItIsAsync(MailStatus.Unknown);
    }

    [Fact]
    public async Task A_line_that_breaks_after_the_mail_was_taken_leaves_it_unknown_and_it_is_not_sent_again()
    {
        Home.SendGrid.TakeAndBreakOff();
        await Home.Outbox.EnqueueAsync(MailHome.Mail("m-1"));
        await Home.DrainAsync();
        await StaysAsItIsAsync(MailStatus.Unknown);
    }

    [Theory]
    [InlineData(502)]
    [InlineData(504)]
    public async Task A_gateways_answer_leaves_the_mail_unknown(int status)
    {
        Home.SendGrid.Answer(status);
        await Home.Outbox.EnqueueAsync(MailHome.Mail("m-1"));
        await Home.DrainAsync();
        await StaysAsItIsAsync(MailStatus.Unknown);
    }

    [Fact]
    public async Task A_process_that_dies_while_it_sends_leaves_the_mail_unknown_and_it_is_not_sent_again()
    {
        await Home.Outbox.EnqueueAsync(MailHome.Mail("m-1"));
        using var dying = new HttpClient(new DyingLine());
        await Assert.ThrowsAsync<NotSupportedException>(() => Home.SenderOver(dying).HandleAsync("m-1", default));

        // The queue brings the message again, first while the try might still be under way.
        await Home.Sender.HandleAsync("m-1", default);
        Assert.Equal(MailStatus.Queued, (await Home.ReadAsync("m-1")).Status);
        Home.Clock.Advance(MailSender.LongestTry);
        await Home.Sender.HandleAsync("m-1", default);
        Assert.Empty(Home.SendGrid.Mails);
        await StaysAsItIsAsync(MailStatus.Unknown, requests: 0);
    }

    /// <summary>The process dies between handing a mail over and writing down what became of it.</summary>
    private sealed class DyingLine : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken) =>
            throw new NotSupportedException("The process died.");
    }
}
