using Workflows.Approvals;
using Workflows.Lifecycle;
using Workflows.Orders;
using Workflows.Policies;
using Workflows.Quotations;
using Workflows.Trade;

namespace Workflows.Tests.Histories;

/// <summary>From the buyer's yes to the shipment.</summary>
internal static class CreditPaths
{
    public static IReadOnlyList<LifecyclePath> All { get; } =
    [
        new("credit-approved", Stage.Paid, async deal =>
        {
            await deal.ReceiveAsync();
            await deal.QuoteAsync(discount: 0, terms: "OA60");
            await deal.AnswerAsync(BuyerAnswerKind.Accepted);
            await deal.DecideAsync(ApprovalDecision.Approve);
            await deal.ReachAsync(MilestoneKind.Produced);
            await deal.ReachAsync(MilestoneKind.Shipped);
            await deal.PayAsync((await deal.InvoicesAsync()).Single());
        })
        { Change = LowLimit },
        new("credit-refused", Stage.Paid, async deal =>
        {
            await deal.ReceiveAsync();
            await deal.QuoteAsync(discount: 0, terms: "OA60");
            await deal.AnswerAsync(BuyerAnswerKind.Accepted);
            await deal.DecideAsync(ApprovalDecision.Reject);
            await deal.QuoteAsync(discount: 0, terms: "TT100");
            await deal.AnswerAsync(BuyerAnswerKind.Accepted);
            await SalesPaths.PayAllAsync(deal);
        })
        { Change = LowLimit },
        new("cancelled", Stage.Cancelled, async deal =>
        {
            await deal.OrderAsync();
            await deal.PayAsync((await deal.InvoicesAsync())[0]);
            await deal.ReachAsync(MilestoneKind.Produced);
            await deal.SignalAsync((id, by) => new GivenUp(id, by, "The buyer closed down"));
        }),
    ];

    private static Policy LowLimit(Policy policy) =>
        policy with { Credit = policy.Credit with { DefaultLimit = Money.Of(1_000, "USD") } };
}
