using Workflows.Approvals;
using Workflows.Customers;
using Workflows.Inquiries;
using Workflows.Lifecycle;
using Workflows.Lifecycle.Timeline;
using Workflows.Orders;
using Workflows.Quotations;
using Workflows.Receivables;
using Workflows.Signals;
using Workflows.Trade;

namespace Workflows.Tests.Lifecycle;

public sealed class InquiryToPaymentTests
{
    [Fact]
    public async Task A_deal_goes_from_the_inquiry_to_payment_with_every_stage_in_its_timeline()
    {
        await using var deal = await DealScenario.StartAsync();
        await deal.ReceiveAsync();
        await deal.QuoteAsync(discount: 12);
        Assert.Equal(QuotationStatus.PendingApproval, (await deal.DealAsync()).QuotationStatus);
        Assert.IsType<DecisionResult.Recorded>(await deal.DecideAsync(ApprovalDecision.Approve));
        await deal.AnswerAsync(BuyerAnswerKind.Accepted);

        var invoices = await deal.InvoicesAsync();
        await deal.PayAsync(invoices[0]);
        Assert.Equal(Stage.Fulfilling, (await deal.DealAsync()).Stage);
        await deal.ReachAsync(MilestoneKind.Produced);
        await deal.ReachAsync(MilestoneKind.Shipped);
        await deal.PayAsync(invoices[1]);

        var ended = await deal.DealAsync();
        Assert.Equal(Stage.Paid, ended.Stage);
        Assert.Null(ended.Waiting);
        Assert.Equal(
            [
                Stage.Received, Stage.Qualified, Stage.Assigned, Stage.Quoted, Stage.Ordered, Stage.Fulfilling,
                Stage.Collecting, Stage.Closed, Stage.Paid,
            ],
            await deal.StagesAsync());
        var timeline = await deal.TimelineAsync();
        Assert.Equal(Enumerable.Range(1, timeline.Count), timeline.Select(entry => entry.Number));
        Assert.All(timeline, entry => Assert.Equal(deal.Scenario.Policy.Version, entry.PolicyVersion));
    }

    [Fact]
    public async Task The_same_inquiry_twice_is_one_deal_and_one_acknowledgement()
    {
        await using var deal = await DealScenario.StartAsync();
        Assert.False((await deal.ReceiveAsync()).Duplicate);
        Assert.True((await deal.ReceiveAsync()).Duplicate);
        Assert.Single(await deal.Scenario.MailsAsync<InquiryAcknowledged>());
        Assert.Empty((await deal.EventsAsync()).OfType<MessageReceived>());
    }

    [Fact]
    public async Task Another_message_on_the_inquiry_feeds_its_deal()
    {
        await using var deal = await DealScenario.StartAsync();
        await deal.ReceiveAsync();
        await deal.ReceiveAsync(deal.Inquiry with { Message = "Any news?" }, "m2");
        Assert.Contains(new MessageReceived("Any news?"), await deal.EventsAsync());
    }

    [Fact]
    public async Task Spam_is_rejected_and_the_buyer_hears_nothing()
    {
        await using var deal = await DealScenario.StartAsync();
        await deal.ReceiveAsync(deal.Inquiry with { SpamFlag = true });
        Assert.Equal(Stage.Rejected, (await deal.DealAsync()).Stage);
        Assert.Empty(await deal.Scenario.MailsAsync());
    }

    [Fact]
    public async Task The_same_question_again_under_another_id_is_rejected_and_signalled_to_the_open_deal()
    {
        await using var deal = await DealScenario.StartAsync();
        await deal.ReceiveAsync();
        var buyer = deal.Inquiry.Buyer with { Email = "Anna+fair@Acme.example" };
        var later = deal.Inquiry.ReceivedAt.AddMinutes(5);
        var again = await deal.ReceiveAsync(
            deal.Inquiry with { PlatformInquiryId = "INQ-2", Buyer = buyer, ReceivedAt = later }, "m9");

        var copy = await deal.Scenario.Get<DealService>().FindAsync(again.Deal, deal.Scenario.Bound);
        Assert.Equal(Stage.Rejected, copy!.Stage);
        Assert.Single((await deal.EventsAsync()).OfType<MessageReceived>());
        Assert.Equal(Stage.Assigned, (await deal.DealAsync()).Stage);
    }

    [Fact]
    public async Task An_owner_who_does_not_answer_is_reminded_then_the_manager_is_notified_then_another_takes_over()
    {
        await using var deal = await DealScenario.StartAsync();
        await deal.ReceiveAsync();
        var first = (await deal.DealAsync()).Owner;
        await deal.Scenario.AdvanceAsync(TimeSpan.FromDays(2));

        var late = (await deal.EventsAsync())
            .Where(happened => happened is ResponseReminded or ResponseEscalated or OwnerRelieved).Take(3).ToList();
        Assert.IsType<ResponseReminded>(late[0]);
        Assert.IsType<ResponseEscalated>(late[1]);
        Assert.Equal(new OwnerRelieved(first!.Value), late[2]);
    }

    [Fact]
    public async Task A_reply_stops_the_first_response_clock()
    {
        await using var deal = await DealScenario.StartAsync();
        await deal.ReceiveAsync();
        await deal.SignalAsync((id, by) => new Replied(id, by, "mail"));
        await deal.Scenario.AdvanceAsync(TimeSpan.FromDays(5));
        Assert.Equal(Scenario.Morning, (await deal.DealAsync()).FirstHumanReplyAt);
        Assert.Empty((await deal.EventsAsync()).OfType<ResponseReminded>());
    }

    [Fact]
    public async Task A_refused_discount_never_reaches_the_buyer_and_a_smaller_one_does()
    {
        await using var deal = await DealScenario.StartAsync();
        await deal.ReceiveAsync();
        await deal.QuoteAsync(discount: 8);
        await deal.DecideAsync(ApprovalDecision.Reject);
        Assert.Equal(QuotationStatus.Refused, (await deal.DealAsync()).QuotationStatus);
        Assert.Empty(await deal.Scenario.MailsAsync<QuotationOffer>());

        await deal.QuoteAsync(discount: 5);
        Assert.Equal(Stage.Quoted, (await deal.DealAsync()).Stage);
        Assert.Single(await deal.Scenario.MailsAsync<QuotationOffer>());
    }

    [Fact]
    public async Task A_revised_quotation_voids_the_running_approval()
    {
        await using var deal = await DealScenario.StartAsync();
        await deal.ReceiveAsync();
        await deal.QuoteAsync(discount: 8);
        var mail = (await deal.Scenario.MailsAsync<ApprovalRequested>())[^1];
        await deal.QuoteAsync(discount: 9);

        var old = await deal.Scenario.Get<ApprovalService>().DecideAsync(
            mail.Letter.Link[(mail.Letter.Link.LastIndexOf('/') + 1)..],
            ApprovalDecision.Approve,
            null,
            new DecisionContext(null, null, "test"),
            deal.Scenario.Bound);
        Assert.IsType<DecisionResult.Superseded>(old);
        Assert.Equal(QuotationStatus.PendingApproval, (await deal.DealAsync()).QuotationStatus);
        await deal.DecideAsync(ApprovalDecision.Approve);
        Assert.Equal(9, (await deal.DealAsync()).Quotation!.Draft.DiscountPercent);
        Assert.Equal(QuotationStatus.Sent, (await deal.DealAsync()).QuotationStatus);
    }

    [Fact]
    public async Task An_approval_covers_a_later_quotation_that_is_no_worse()
    {
        await using var deal = await DealScenario.StartAsync();
        await deal.ReceiveAsync();
        await deal.QuoteAsync(discount: 9);
        await deal.DecideAsync(ApprovalDecision.Approve);
        await deal.AnswerAsync(BuyerAnswerKind.Counter);
        await deal.QuoteAsync(discount: 9);
        Assert.Equal(QuotationStatus.Sent, (await deal.DealAsync()).QuotationStatus);
        Assert.Single((await deal.DealAsync()).Approvals);
    }

    [Fact]
    public async Task A_quotation_is_recalled_to_the_buyer_then_expires_then_silence_loses_the_deal()
    {
        await using var deal = await DealScenario.StartAsync();
        await deal.ReceiveAsync();
        await deal.QuoteAsync(discount: 0);
        await deal.Scenario.AdvanceAsync(TimeSpan.FromDays(31));
        Assert.Single(await deal.Scenario.MailsAsync<QuotationExpiryReminder>());
        Assert.Equal(QuotationStatus.Expired, (await deal.DealAsync()).QuotationStatus);

        await deal.Scenario.AdvanceAsync(TimeSpan.FromDays(46));
        var ended = await deal.DealAsync();
        Assert.Equal(Stage.Lost, ended.Stage);
        Assert.IsType<DealWentSilent>((await deal.EventsAsync())[^1]);
    }

    [Fact]
    public async Task A_buyer_who_declines_loses_the_deal_with_the_reason()
    {
        await using var deal = await DealScenario.StartAsync();
        await deal.ReceiveAsync();
        await deal.QuoteAsync(discount: 0);
        await deal.AnswerAsync(BuyerAnswerKind.Rejected);
        var ended = await deal.DealAsync();
        Assert.Equal(Stage.Lost, ended.Stage);
        Assert.Equal("as we said", Assert.IsType<QuotationDeclined>(ended.End).Comment);
    }

    [Fact]
    public async Task Production_is_held_until_the_deposit_is_paid()
    {
        await using var deal = await DealScenario.StartAsync();
        await deal.OrderAsync();
        var held = await deal.ReachAsync(MilestoneKind.Produced);
        Assert.Equal(SignalOutcome.Refused, held.Outcome);
        Assert.Equal(new DealRefusal.MilestoneHeld(MilestoneKind.Produced), held.Refusal);

        await deal.PayAsync((await deal.InvoicesAsync())[0]);
        Assert.Equal(SignalOutcome.Taken, (await deal.ReachAsync(MilestoneKind.Produced)).Outcome);
    }

    [Fact]
    public async Task Credit_over_the_limit_needs_an_approval_and_its_refusal_reopens_the_negotiation()
    {
        await using var deal = await DealScenario.StartAsync(policy => policy with
        {
            Credit = policy.Credit with { DefaultLimit = Money.Of(1_000, "USD") },
        });
        await deal.ReceiveAsync();
        await deal.QuoteAsync(discount: 0, terms: "OA60");
        await deal.AnswerAsync(BuyerAnswerKind.Accepted);
        Assert.Null((await deal.DealAsync()).Order);
        Assert.Equal(WaitingFor.CreditApproval, (await deal.DealAsync()).Waiting!.For);

        await deal.DecideAsync(ApprovalDecision.Reject);
        Assert.Equal(Stage.Negotiating, (await deal.DealAsync()).Stage);

        await deal.QuoteAsync(discount: 0, terms: "TT100");
        await deal.AnswerAsync(BuyerAnswerKind.Accepted);
        Assert.Equal(Stage.Ordered, (await deal.DealAsync()).Stage);
    }

    [Fact]
    public async Task A_cancelled_order_ends_its_collections()
    {
        await using var deal = await DealScenario.StartAsync();
        await deal.OrderAsync();
        await deal.SignalAsync((id, by) => new GivenUp(id, by, "The buyer closed down"));
        Assert.Equal(Stage.Cancelled, (await deal.DealAsync()).Stage);
        Assert.All(await deal.InvoicesAsync(), invoice => Assert.Equal(InvoiceStatus.Cancelled, invoice.Status));
    }

    [Fact]
    public async Task A_balance_that_is_written_off_closes_the_deal_with_a_loss()
    {
        await using var deal = await DealScenario.StartAsync();
        await deal.OrderAsync();
        var invoices = await deal.InvoicesAsync();
        await deal.PayAsync(invoices[0]);
        await deal.ReachAsync(MilestoneKind.Produced);
        await deal.ReachAsync(MilestoneKind.Shipped);
        await deal.Scenario.Get<InvoiceService>().RequestWriteOffAsync(
            invoices[1].Id, "w1", new StaffId("lin"), "The buyer is insolvent", deal.Scenario.Bound);
        await deal.Scenario.SettleAsync();
        await deal.DecideAsync(ApprovalDecision.Approve);

        var ended = await deal.DealAsync();
        Assert.Equal(Stage.WrittenOff, ended.Stage);
        Assert.Equal(new DealWrittenOff(invoices[1].Open), (await deal.EventsAsync())[^1]);
    }

    [Fact]
    public async Task A_restart_in_the_middle_changes_nothing()
    {
        await using var deal = await DealScenario.StartAsync();
        await deal.ReceiveAsync();
        await deal.Scenario.RestartAsync();
        await deal.QuoteAsync(discount: 12);
        await deal.Scenario.RestartAsync();
        await deal.DecideAsync(ApprovalDecision.Approve);
        await deal.AnswerAsync(BuyerAnswerKind.Accepted);
        await deal.Scenario.RestartAsync();
        var invoices = await deal.InvoicesAsync();
        await deal.PayAsync(invoices[0]);
        await deal.ReachAsync(MilestoneKind.Produced);
        await deal.Scenario.RestartAsync();
        await deal.ReachAsync(MilestoneKind.Shipped);
        await deal.PayAsync(invoices[1]);

        Assert.Equal(Stage.Paid, (await deal.DealAsync()).Stage);
        var mails = await deal.Scenario.MailsAsync();
        Assert.Equal(mails.Count, mails.Select(mail => mail.Record.Mail.Id).Distinct().Count());
    }

    [Fact]
    public async Task A_handover_moves_the_deal_and_its_invoices()
    {
        await using var deal = await DealScenario.StartAsync();
        await deal.OrderAsync();
        await deal.SignalAsync((id, _) => new HandedOver(id, new StaffId("hanna"), new StaffId("mei"), "leave"));
        Assert.Equal(new StaffId("mei"), (await deal.DealAsync()).Owner);
        Assert.All(await deal.InvoicesAsync(), invoice => Assert.Equal(new StaffId("mei"), invoice.Owner));
    }
}
