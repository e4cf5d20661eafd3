using Workflows.Approvals;
using Workflows.Inquiries;
using Workflows.Lifecycle;
using Workflows.Orders;
using Workflows.Quotations;
using Workflows.Tests.Lifecycle;
using Workflows.Trade;

namespace Workflows.Tests.Histories;

/// <summary>From the inquiry to the buyer's answer.</summary>
internal static class SalesPaths
{
    public static IReadOnlyList<LifecyclePath> All { get; } =
    [
        new("paid-straight", Stage.Paid, async deal =>
        {
            await deal.OrderAsync();
            await PayAllAsync(deal);
        }),
        new("spam", Stage.Rejected, deal => deal.ReceiveAsync(deal.Inquiry with { SpamFlag = true })),
        new("rejected-and-reinstated", Stage.Lost, async deal =>
        {
            await deal.ReceiveAsync(deal.Inquiry with { SpamFlag = true });
            await deal.Scenario.AdvanceAsync(TimeSpan.FromDays(1));
            await deal.SignalAsync((id, _) => new Reinstated(id, new StaffId("hanna"), "a customer of ours"));
            await deal.QuoteAsync(discount: 4);
            await deal.AnswerAsync(BuyerAnswerKind.Rejected);
        }),
        new("called-spam-by-a-person", Stage.Rejected, async deal =>
        {
            await deal.ReceiveAsync();
            await deal.SignalAsync((id, by) => new Discarded(id, by, "sells lists of addresses"));
            await deal.Scenario.AdvanceAsync(TimeSpan.FromDays(40));
        }),
        new("written-to-before-the-inquiry", Stage.Assigned, async deal =>
        {
            await deal.ReceiveAsync(deal.Inquiry with { IsMessage = true, Products = [] }, "m0");
            await deal.ReceiveAsync();
        }),
        new("accepted-while-a-version-waits", Stage.Paid, async deal =>
        {
            await deal.ReceiveAsync();
            await deal.QuoteAsync(discount: 4);
            await deal.QuoteAsync(discount: 12);
            await deal.AnswerAsync(BuyerAnswerKind.Accepted);
            await PayAllAsync(deal);
        }),
        new("handed-over-to-its-approver", Stage.Lost, async deal =>
        {
            await deal.ReceiveAsync();
            await deal.QuoteAsync(discount: 8);
            await deal.SignalAsync((id, _) => new HandedOver(id, new StaffId("viktor"), new StaffId("hanna"), "leave"));
            await deal.DecideAsync(ApprovalDecision.Approve);
            await deal.AnswerAsync(BuyerAnswerKind.Rejected);
        }),
        new("duplicate", Stage.Assigned, async deal =>
        {
            await deal.ReceiveAsync();
            await deal.ReceiveAsync(
                deal.Inquiry with { PlatformInquiryId = "INQ-2", ReceivedAt = deal.Inquiry.ReceivedAt.AddMinutes(5) },
                "m2");
        }),
        new("slow-first-response", Stage.Assigned, async deal =>
        {
            await deal.ReceiveAsync();
            await deal.Scenario.AdvanceAsync(TimeSpan.FromDays(4));
            await deal.SignalAsync((id, by) => new Replied(id, by, "mail"));
        }),
        new("written-to-again-and-handed-over", Stage.Assigned, async deal =>
        {
            await deal.ReceiveAsync();
            await deal.ReceiveAsync(deal.Inquiry with { Message = "Any news?" }, "m2");
            await deal.SignalAsync((id, _) => new HandedOver(id, new StaffId("hanna"), new StaffId("mei"), "leave"));
        }),
        new("written-to-while-it-ended", Stage.Lost, async deal =>
        {
            await deal.ReceiveAsync();
            await deal.AllAtOnceAsync(
                new GivenUp("s1", new StaffId("jonas"), "no budget"),
                new BuyerWrote("m2", StaffId.System, "m2", deal.Inquiry with { Message = "Wait, we take it!" }));
        }),
        new("nobody-free", Stage.Lost, async deal =>
        {
            await deal.ReceiveAsync();
            await deal.Scenario.AdvanceAsync(TimeSpan.FromHours(10));
            await deal.SignalAsync((id, by) => new GivenUp(id, by, "nobody had time"));
        })
        {
            Change = policy =>
                policy with { Staff = [.. policy.Staff.Select(member => member with { MaxOpenDeals = 0 })] },
        },
        new("discount-approved", Stage.Paid, async deal =>
        {
            await deal.ReceiveAsync();
            await deal.QuoteAsync(discount: 12);
            await deal.Scenario.AdvanceAsync(TimeSpan.FromDays(1));
            await deal.DecideAsync(ApprovalDecision.Approve);
            await deal.AnswerAsync(BuyerAnswerKind.Accepted);
            await PayAllAsync(deal);
        }),
        new("discount-rejected", Stage.Lost, async deal =>
        {
            await deal.ReceiveAsync();
            await deal.QuoteAsync(discount: 8);
            await deal.DecideAsync(ApprovalDecision.Reject);
            await deal.QuoteAsync(discount: 5);
            await deal.AnswerAsync(BuyerAnswerKind.Rejected);
        }),
        new("discount-unanswered", Stage.Lost, async deal =>
        {
            await deal.ReceiveAsync();
            await deal.QuoteAsync(discount: 8);
            await deal.Scenario.AdvanceAsync(TimeSpan.FromDays(14));
            await deal.SignalAsync((id, by) => new GivenUp(id, by, "nobody decided"));
        }),
        new("discount-superseded", Stage.Lost, async deal =>
        {
            await deal.ReceiveAsync();
            await deal.QuoteAsync(discount: 8);
            await deal.QuoteAsync(discount: 9);
            await deal.DecideAsync(ApprovalDecision.Approve);
            await deal.QuoteAsync(discount: 10);
            await deal.SignalAsync((id, by) => new GivenUp(id, by, "the buyer went elsewhere"));
        }),
        new("counter-offers", Stage.Lost, async deal =>
        {
            await deal.ReceiveAsync();
            for (var round = 0; round < 6; round++)
            {
                await deal.QuoteAsync(discount: 3);
                await deal.AnswerAsync(BuyerAnswerKind.Counter);
            }

            await deal.QuoteAsync(discount: 4);
            await deal.AnswerAsync(BuyerAnswerKind.Rejected);
        }),
        new("silence", Stage.Lost, async deal =>
        {
            await deal.ReceiveAsync();
            await deal.QuoteAsync(discount: 0);
            await deal.Scenario.AdvanceAsync(TimeSpan.FromDays(80));
        }),
    ];

    /// <summary>Everything is paid on time and shipped.</summary>
    public static async Task PayAllAsync(DealScenario deal)
    {
        var invoices = await deal.InvoicesAsync();
        await deal.PayAsync(invoices[0]);
        await deal.ReachAsync(MilestoneKind.Produced);
        await deal.ReachAsync(MilestoneKind.Shipped);
        foreach (var rest in invoices.Skip(1))
        {
            await deal.PayAsync(rest);
        }
    }
}
