using Workflows.Facts;
using Workflows.Inquiries;
using Workflows.Lifecycle;
using Workflows.Lifecycle.Timeline;

namespace Workflows.Tests.Lifecycle;

public sealed class StageIndependentSignalsTests
{
    private static readonly DateTimeOffset Later = Given.Now.AddHours(5);

    [Fact]
    public void A_new_message_is_noted_and_the_owner_notified()
    {
        var wrote = new BuyerWrote("m2", Given.Mei, "m2", Given.Inquiry with { Message = "Any news?\nRegards" });
        var changes = StageIndependentSignals.Decide(Given.Assigned.State(), wrote, Later);

        Assert.Equal([new MessageReceived("Any news? Regards")], changes.Entries.Select(entry => entry.What));
        Assert.Equal(InquiryNoticeKind.BuyerWrote, Assert.Single(changes.Notices).Kind);
        Assert.Equal(Later, changes.State.LastSign);
    }

    [Fact]
    public void The_message_that_opened_the_deal_is_no_news_when_it_comes_again()
    {
        var again = new BuyerWrote("m1", Given.Mei, "m1", Given.Inquiry);
        var changes = StageIndependentSignals.Decide(Given.Assigned.State(), again, Later);

        Assert.Empty(changes.Entries);
        Assert.Equal(Given.Assigned.State(), changes.State);
    }

    [Fact]
    public void The_first_reply_stops_the_clock_and_the_second_does_not_count()
    {
        var replied = new Replied("s1", Given.Mei, "mail");
        var first = StageIndependentSignals.Decide(Given.Assigned.State(), replied, Later);
        var second = StageIndependentSignals.Decide(first.State, replied, Later.AddHours(1));

        Assert.Equal(Later, first.Deal.FirstHumanReplyAt);
        Assert.Equal(FactKind.FirstResponse, Assert.Single(first.Facts).Kind);
        Assert.Equal(Later, second.Deal.FirstHumanReplyAt);
        Assert.Empty(second.Facts);
    }

    [Fact]
    public void A_handover_gives_the_new_owner_a_clock_and_a_notice()
    {
        var handed = new HandedOver("s1", Given.Mei, Given.Hanna, "leave");
        var clock = new FirstResponsePlan(Later, Later.AddHours(1), Later.AddHours(2));
        var changes = StageIndependentSignals.Decide(Given.Assigned.State(), handed, clock, Later);

        Assert.Equal((Given.Hanna, "leave"), (changes.Deal.Owner!.Value, changes.Deal.OwnerReason));
        Assert.Equal(clock, changes.State.FirstResponse);
        Assert.Equal(
            [new OwnerReplaced(Given.Mei, Given.Hanna, "leave")], changes.Entries.Select(entry => entry.What));
        Assert.Equal(
            (Given.Hanna, clock.EscalateAt),
            changes.Notices.Select(notice => (notice.Owner!.Value, notice.DueAt!.Value)).Single());
    }

    [Fact]
    public void A_handover_after_the_first_response_names_no_time()
    {
        var answered = Given.Assigned with { FirstHumanReplyAt = Given.Now };
        var changes = StageIndependentSignals.Decide(
            answered.State(), new HandedOver("s1", Given.Mei, Given.Hanna, "leave"), Given.Clock, Later);
        Assert.Null(Assert.Single(changes.Notices).DueAt);
    }
}
