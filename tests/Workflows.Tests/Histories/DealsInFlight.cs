using Workflows.Approvals;
using Workflows.Credit;
using Workflows.Lifecycle;
using Workflows.Orders;
using Workflows.Platform;
using Workflows.Quotations;
using Workflows.Receivables;
using Workflows.Signals;
using Workflows.Tests.Lifecycle;
using Workflows.Trade;

namespace Workflows.Tests.Histories;

/// <summary>
/// Deals that stop at each <see cref="WaitingFor"/> that a person can end, and what brings any of them to its payment.
/// </summary>
internal static class DealsInFlight
{
    private static readonly StaffId Lin = new("lin");
    private static readonly StaffId Omar = new("omar");

    /// <summary>A name for each deal, and what brings it to where it stops.</summary>
    private static readonly (string Name, Func<DealScenario, Task> BeginAsync)[] Deals =
    [
        ("unanswered", deal => deal.ReceiveAsync()),
        ("answered", async deal =>
        {
            await deal.ReceiveAsync();
            await deal.SignalAsync((id, by) => new Replied(id, by, "mail"));
        }),
        ("discount", async deal =>
        {
            await deal.ReceiveAsync();
            await deal.QuoteAsync(discount: 12);
        }),
        ("quoted", async deal =>
        {
            await deal.ReceiveAsync();
            await deal.QuoteAsync(discount: 4);
        }),
        ("credit", async deal =>
        {
            await deal.ReceiveAsync();
            await deal.QuoteAsync(discount: 0, terms: "OA60");
            await HoldCreditAsync(deal);
            await deal.AnswerAsync(BuyerAnswerKind.Accepted);
        }),
        ("ordered", deal => deal.OrderAsync()),
        ("producing", deal => ProduceAsync(deal)),
        ("shipment-credit", async deal =>
        {
            await ProduceAsync(deal);
            await HoldCreditAsync(deal);
            await deal.ReachAsync(MilestoneKind.Produced);
        }),
        ("produced", async deal =>
        {
            await ProduceAsync(deal);
            await deal.ReachAsync(MilestoneKind.Produced);
        }),
        ("shipped", deal => ShipAsync(deal)),
        ("disputed", async deal =>
        {
            var balance = await ShipAsync(deal);
            var until = DateOnly.FromDateTime(deal.Scenario.Clock.GetUtcNow().UtcDateTime).AddDays(60);
            await deal.Scenario.Get<InvoiceService>().DisputeAsync(
                balance.Id, "dispute", Lin, amount: null, "Two pumps arrived broken", until, deal.Scenario.Bound);
        }),
        ("write-off", async deal =>
        {
            var balance = await ShipAsync(deal);
            await deal.Scenario.Get<InvoiceService>().RequestWriteOffAsync(
                balance.Id, "write-off", Lin, "The buyer is insolvent", deal.Scenario.Bound);
        }),
    ];

    /// <summary>Begins them all, each for a buyer of its own, and leaves them where they stop.</summary>
    public static async Task BeginAsync(Scenario scenario)
    {
        foreach (var (name, beginAsync) in Deals)
        {
            var buyer = Given.Inquiry.Buyer with
            {
                Company = $"{name} GmbH",
                Email = $"anna@{name}.example",
                PlatformBuyerId = $"B-{name}",
            };
            await beginAsync(new DealScenario(scenario)
            {
                Inquiry = Given.Inquiry with
                {
                    PlatformInquiryId = $"INQ-{name}",
                    Buyer = buyer,
                    ReceivedAt = scenario.Clock.GetUtcNow(),
                },
            });
            await scenario.SettleAsync();
        }
    }

    /// <summary>Every deal that has not ended.</summary>
    public static async Task<IReadOnlyList<Deal>> RunningAsync(Scenario scenario)
    {
        var deals = new List<Deal>();
        foreach (var stage in Enum.GetValues<Stage>().Where(stage => stage < Stage.Paid))
        {
            var page = await scenario.Get<DealService>().ListAsync(stage, 100, continuation: null, scenario.Bound);
            foreach (var summary in page.Items)
            {
                deals.Add((await scenario.Get<DealService>().FindAsync(summary.Id, scenario.Bound))!);
            }
        }

        return deals;
    }

    /// <summary>Does once what the deal waits for.</summary>
    /// <param name="round">A new number each time: the id of a signal, which counts once, is made of it.</param>
    public static async Task AdvanceAsync(Scenario scenario, Deal deal, int round)
    {
        var (id, owner) = ($"round-{round}", deal.Owner ?? new StaffId("hanna"));
        var today = DateOnly.FromDateTime(scenario.Clock.GetUtcNow().UtcDateTime);
        switch (deal.Waiting!.For)
        {
            case WaitingFor.FirstResponse or WaitingFor.Quotation:
                await SignalAsync(new QuotationOffered(id, owner, Given.Draft));
                break;
            case WaitingFor.DiscountApproval or WaitingFor.CreditApproval:
                await ApproveAsync(scenario, deal.Approvals[^1]);
                break;
            case WaitingFor.BuyerAnswer:
                var yes = Given.Yes with { Quotation = deal.Quotation!.Number };
                await SignalAsync(new BuyerAnswered(id, owner, yes));
                break;
            case WaitingFor.Production:
                await SignalAsync(new MilestoneReached(id, Omar, new(MilestoneKind.Produced, today, null)));
                break;
            case WaitingFor.Shipment:
                await SignalAsync(new MilestoneReached(id, Omar, new(MilestoneKind.Shipped, today, "BL-1")));
                break;
            case WaitingFor.Deposit or WaitingFor.Payment:
                await PayAsync(scenario, deal, today, round);
                break;
            default:
                throw new InvalidOperationException($"{deal.Id} waits for {deal.Waiting.For}.");
        }

        await scenario.SettleAsync();

        async Task SignalAsync(DealSignal signal)
        {
            var receipt = await scenario.Get<DealService>().SignalAsync(deal.Id, signal, scenario.Bound);
            Assert.Equal(SignalOutcome.Taken, receipt.Outcome);
        }
    }

    private static async Task ProduceAsync(DealScenario deal)
    {
        await deal.OrderAsync();
        await deal.PayAsync((await deal.InvoicesAsync())[0]);
    }

    private static async Task<Invoice> ShipAsync(DealScenario deal)
    {
        await ProduceAsync(deal);
        await deal.ReachAsync(MilestoneKind.Produced);
        await deal.ReachAsync(MilestoneKind.Shipped);
        return (await deal.InvoicesAsync())[1];
    }

    private static async Task HoldCreditAsync(DealScenario deal) =>
        await deal.Scenario.Get<CreditReport>().PlaceHoldAsync(
            (await deal.DealAsync()).Qualification!.Customer, "Bad news", Lin, deal.Scenario.Bound);

    private static async Task ApproveAsync(Scenario scenario, ApprovalId approval)
    {
        var ask = (await scenario.Get<ApprovalService>().GetAsync(approval, scenario.Bound))!.Ask!;
        var token = LinkToken.Make(scenario.Get<LinkKeyRing>().Current, approval, ask.Number, ask.Approver);
        var result = await scenario.Get<ApprovalService>().DecideAsync(
            token, ApprovalDecision.Approve, "as agreed", new DecisionContext(null, null, "test"), scenario.Bound);
        Assert.IsType<DecisionResult.Recorded>(result);
    }

    private static async Task PayAsync(Scenario scenario, Deal deal, DateOnly today, int round)
    {
        foreach (var invoice in await scenario.Get<InvoiceService>().OfDealAsync(deal.Id, scenario.Bound))
        {
            if (!invoice.IsSettled)
            {
                var payment = new Payment(
                    $"BANK-{invoice.Id}-{round}", invoice.Id.Value, invoice.Open, today, "Acme", RemittanceText: null);
                await scenario.Get<PaymentService>().ReceiveAsync(
                    payment, $"request-{payment.Reference}", Lin, scenario.Bound);
            }
        }
    }
}
