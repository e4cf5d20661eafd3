using Workflows.Facts;
using Workflows.Inquiries;
using Workflows.Lifecycle;
using Workflows.Lifecycle.Timeline;
using Workflows.Quotations;
using Workflows.Signals;
using Workflows.Trade;

namespace Workflows.Tests.Lifecycle;

public sealed class ReinstatedDealTests
{
    [Fact]
    public async Task A_rejected_inquiry_goes_on_when_a_person_says_so()
    {
        await using var given = await RejectedAsync();
        var rejected = await given.DealAsync();
        Assert.Equal((Stage.Rejected, WaitingFor.Reinstatement), (rejected.Stage, rejected.Waiting?.For));
        Assert.Empty(await given.Scenario.MailsAsync<InquiryAcknowledged>());

        await given.Scenario.AdvanceAsync(TimeSpan.FromDays(3));
        await given.SignalAsync((id, by) => new Reinstated(id, by, "I know him"));

        var deal = await given.DealAsync();
        Assert.Equal((Stage.Assigned, null), (deal.Stage, deal.End));
        Assert.Equal(InquiryVerdict.Serious, deal.Qualification!.Verdict);
        Assert.NotNull(deal.Owner);
        Assert.Contains(new DealReinstated("I know him"), await given.EventsAsync());
        Assert.Single(await given.Scenario.MailsAsync<InquiryAcknowledged>());
        // The owner has the whole time to respond.
        var due = Assert.Single(await given.Scenario.MailsAsync<InquiryAssigned>()).DueAt;
        Assert.True(due > given.Scenario.Clock.GetUtcNow());

        await given.QuoteAsync(discount: 4);
        await given.AnswerAsync(BuyerAnswerKind.Accepted);
        Assert.NotNull((await given.DealAsync()).Order);
    }

    [Fact]
    public async Task After_thirty_days_it_stays_rejected()
    {
        await using var given = await RejectedAsync();
        await given.Scenario.AdvanceAsync(TimeSpan.FromDays(31));

        var receipt = await given.SignalAsync((id, by) => new Reinstated(id, by, "I know him"));

        Assert.Equal(new DealRefusal.Ended(Stage.Rejected), receipt.Refusal);
        Assert.Null((await given.DealAsync()).Waiting);
    }

    [Fact]
    public async Task What_a_person_calls_spam_leaves_the_numbers_is_no_loss_and_can_be_taken_back()
    {
        await using var given = await DealScenario.StartAsync();
        await given.ReceiveAsync();
        await given.QuoteAsync(discount: 4);
        var number = (await given.DealAsync()).Quotation!.Number;
        await given.SignalAsync((id, by) => new Discarded(id, by, "A contest of coupons"));

        Assert.Equal(Stage.Rejected, (await given.DealAsync()).Stage);
        Assert.Equal([FactKind.InquiryDiscarded], await FactsAsync(given));

        await given.Scenario.AdvanceAsync(TimeSpan.FromHours(1));
        await given.SignalAsync((id, by) => new Reinstated(id, by, "My mistake"));
        await given.QuoteAsync(discount: 3);

        var deal = await given.DealAsync();
        Assert.Equal(Stage.Quoted, deal.Stage);
        Assert.NotEqual(number, deal.Quotation!.Number);
        Assert.Equal([FactKind.InquiryDiscarded, FactKind.InquiryReinstated], await FactsAsync(given));
    }

    [Fact]
    public async Task A_duplicate_and_a_serious_deal_are_not_reinstated()
    {
        await using var given = await DealScenario.StartAsync();
        await given.ReceiveAsync();
        var serious = await given.SignalAsync((id, by) => new Reinstated(id, by, "Really"));
        var duplicate = await given.ReceiveAsync(
            given.Inquiry with { PlatformInquiryId = "INQ-2", ReceivedAt = given.Inquiry.ReceivedAt.AddMinutes(5) },
            "m2");
        var refused = await given.Scenario.Get<DealService>().SignalAsync(
            duplicate.Deal, new Reinstated("s9", new StaffId("hanna"), "Really"), given.Scenario.Bound);

        Assert.Equal(new DealRefusal.NotRejected(), serious.Refusal);
        Assert.Equal(new DealRefusal.Ended(Stage.Rejected), refused.Refusal);
    }

    [Fact]
    public async Task Once_the_buyer_has_accepted_it_is_no_spam()
    {
        await using var given = await DealScenario.StartAsync();
        await given.OrderAsync();

        var receipt = await given.SignalAsync((id, by) => new Discarded(id, by, "Spam"));

        Assert.Equal(new DealRefusal.AlreadyAccepted(), receipt.Refusal);
    }

    private static async Task<FactKind[]> FactsAsync(DealScenario given) =>
        [.. (await FactLog.ReadAsync(
                given.Scenario.Tables,
                FactLog.MonthOf(given.Scenario.Clock.GetUtcNow(), given.Scenario.Policy.Company),
                given.Scenario.Bound))
            .Where(fact => fact.Kind
                is FactKind.InquiryDiscarded or FactKind.InquiryReinstated or FactKind.DealLost)
            .OrderBy(fact => fact.At)
            .Select(fact => fact.Kind)];

    private static async Task<DealScenario> RejectedAsync()
    {
        var given = await DealScenario.StartAsync();
        await given.ReceiveAsync(given.Inquiry with { SpamFlag = true });
        return given;
    }
}
