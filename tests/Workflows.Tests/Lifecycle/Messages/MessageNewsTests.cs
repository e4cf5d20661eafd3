using Workflows.Lifecycle.Messages;

namespace Workflows.Tests.Lifecycle.Messages;

public class MessageNewsTests
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(15);
    private static readonly DateTimeOffset Start = Scenario.Morning;

    [Fact]
    public void The_first_message_is_mailed_at_once()
    {
        var news = MessageNews.None.With(Message(1)).MakeMail(Start, Window);
        Assert.Equal((1, 1, null), (news.Mails, news.Outgoing!.Count, news.Waiting));
    }

    [Fact]
    public void What_comes_within_the_window_waits_for_its_end_and_is_counted()
    {
        var news = MessageNews.None.With(Message(1)).MakeMail(Start, Window).MailTaken();
        foreach (var number in Enumerable.Range(2, 20))
        {
            news = news.With(Message(number)).MakeMail(Start + Window - TimeSpan.FromTicks(1), Window);
            Assert.Null(news.Outgoing);
        }

        Assert.False(news.IsSettled);
        news = news.MakeMail(Start + Window, Window);
        Assert.Equal((2, 20), (news.Mails, news.Outgoing!.Count));
        Assert.Equal(
            ["Message 17", "Message 18", "Message 19", "Message 20", "Message 21"],
            news.Outgoing.Last.Select(line => line.Text));
        Assert.Equal("Message 21", news.Outgoing.Latest.Message);
        Assert.True(news.MailTaken().IsSettled);
    }

    [Fact]
    public void A_mail_that_the_outbox_may_lack_is_not_replaced_by_the_next()
    {
        var news = MessageNews.None.With(Message(1)).MakeMail(Start, Window);
        var later = news.With(Message(2)).MakeMail(Start + Window, Window);
        Assert.Equal((1, news.Outgoing), (later.Mails, later.Outgoing));
        Assert.Equal(2, later.MailTaken().MakeMail(Start + Window, Window).Mails);
    }

    private static BuyerMessage Message(int number) =>
        new($"m{number}", Start, Given.Inquiry with { Message = $"Message {number}" }, IsLate: false);
}
