using Workflows.Approvals;
using Workflows.Lifecycle;
using Workflows.Orders;
using Workflows.Policies;
using Workflows.Quotations;
using Workflows.Receivables;
using Workflows.Tests.Lifecycle;
using Workflows.Trade;

namespace Workflows.Tests.Histories;

/// <summary>From the shipment to the last payment, or without one.</summary>
internal static class PaymentPaths
{
    private static readonly StaffId Lin = new("lin");

    public static IReadOnlyList<LifecyclePath> All { get; } =
    [
        new("part-and-late-payment", Stage.Paid, async deal =>
        {
            var invoice = await ShippedAsync(deal);
            await deal.Scenario.AdvanceAsync(TimeSpan.FromDays(40));
            await deal.PayAsync(invoice, 2_000);
            await deal.Scenario.AdvanceAsync(TimeSpan.FromDays(110));
            await deal.PayAsync(invoice, 2_800);
        }),
        new("dispute", Stage.Paid, async deal =>
        {
            var invoice = await ShippedAsync(deal);
            await Service(deal).DisputeAsync(
                invoice.Id, "d1", Lin, null, "wrong goods", DayIn(deal, 60), deal.Scenario.Bound);
            await deal.Scenario.AdvanceAsync(TimeSpan.FromDays(40));
            await Service(deal).ResolveAsync(invoice.Id, "d2", Lin, "replacement accepted", deal.Scenario.Bound);
            await deal.Scenario.SettleAsync();
            await Service(deal).DisputeAsync(
                invoice.Id, "d3", Lin, Money.Of(500, "USD"), "two crates damaged", DayIn(deal, 5), deal.Scenario.Bound);
            await deal.Scenario.AdvanceAsync(TimeSpan.FromDays(10));
            await deal.PayAsync(invoice);
        }),
        new("promise-not-kept", Stage.Paid, async deal =>
        {
            var invoice = await ShippedAsync(deal);
            await deal.Scenario.AdvanceAsync(TimeSpan.FromDays(33));
            await Service(deal).PromiseAsync(invoice.Id, "p1", Lin, DayIn(deal, 7), "by phone", deal.Scenario.Bound);
            await deal.Scenario.AdvanceAsync(TimeSpan.FromDays(14));
            await deal.PayAsync(invoice);
        }),
        new("written-off", Stage.WrittenOff, async deal =>
        {
            var invoice = await ShippedAsync(deal);
            await Service(deal).RequestWriteOffAsync(invoice.Id, "w1", Lin, "too small to chase", deal.Scenario.Bound);
            await deal.Scenario.SettleAsync();
            await deal.DecideAsync(ApprovalDecision.Reject);
            await deal.Scenario.AdvanceAsync(TimeSpan.FromDays(60));
            await Service(deal).RequestWriteOffAsync(invoice.Id, "w2", Lin, "buyer insolvent", deal.Scenario.Bound);
            await deal.Scenario.SettleAsync();
            await deal.DecideAsync(ApprovalDecision.Approve);
        }),
        new("paid-while-a-write-off-is-asked-for", Stage.Paid, async deal =>
        {
            var invoice = await ShippedAsync(deal);
            await Service(deal).RequestWriteOffAsync(invoice.Id, "w1", Lin, "too small to chase", deal.Scenario.Bound);
            await deal.Scenario.SettleAsync();
            await deal.PayAsync(invoice);
        }),
        new("promised-while-it-was-paid", Stage.Paid, async deal =>
        {
            var invoice = await ShippedAsync(deal);
            await deal.Scenario.Client.SuspendAsync(invoice.Id.Value, "both at once", deal.Scenario.Bound);
            await deal.PayAsync(invoice);
            var promise = new Promised("p1", Lin, DayIn(deal, 7), "by phone");
            await CollectionSignal.Event.RaiseAsync(
                deal.Scenario.Client, invoice.Id.Value, promise, promise.Id, deal.Scenario.Bound);
            await deal.Scenario.Client.ResumeAsync(invoice.Id.Value, "both at once", deal.Scenario.Bound);
            await deal.Scenario.SettleAsync();
        }),
        new("two-disputes-and-two-promises", Stage.Paid, async deal =>
        {
            var invoice = await ShippedAsync(deal);
            var service = Service(deal);
            var bound = deal.Scenario.Bound;
            await service.DisputeAsync(
                invoice.Id, "d1", Lin, Money.Of(3_000, "USD"), "two crates missing", DayIn(deal, 60), bound);
            await service.DisputeAsync(
                invoice.Id, "d2", Lin, Money.Of(800, "USD"), "one crate damaged", DayIn(deal, 60), bound);
            await deal.Scenario.AdvanceAsync(TimeSpan.FromDays(33));
            await service.ResolveAsync(invoice.Id, "d3", Lin, 1, "found again", bound);
            await service.ResolveAsync(invoice.Id, "d4", Lin, 2, "replaced", bound);
            await service.PromiseAsync(invoice.Id, "p1", Lin, DayIn(deal, 5), Money.Of(1_000, "USD"), "half", bound);
            await deal.Scenario.AdvanceAsync(TimeSpan.FromDays(12));
            await service.PromiseAsync(invoice.Id, "p2", Lin, DayIn(deal, 5), "all of it", bound);
            await deal.Scenario.AdvanceAsync(TimeSpan.FromDays(3));
            await deal.PayAsync(invoice);
        }),
        new("paid-with-a-later-value-date", Stage.Paid, async deal =>
        {
            var invoice = await ShippedAsync(deal);
            await Payments(deal).ReceiveAsync(
                new Payment("BANK-LATER", invoice.Id.Value, invoice.Open, DayIn(deal, 5), "Acme", null),
                "request-later", Lin, deal.Scenario.Bound);
            await deal.Scenario.AdvanceAsync(TimeSpan.FromDays(6));
        }),
        new("taken-back-and-paid-again", Stage.Paid, async deal =>
        {
            await deal.OrderAsync();
            var deposit = (await deal.InvoicesAsync())[0];
            var receipt = await deal.PayAsync(deposit);
            await Payments(deal).TakeBackAsync(
                receipt.Payment!.Id, "another buyer's", to: null, Lin, deal.Scenario.Bound);
            await deal.Scenario.SettleAsync();
            await SalesPaths.PayAllAsync(deal);
        }),
        new("small-rest-written-off", Stage.WrittenOff, async deal =>
        {
            await deal.OrderAsync();
            var invoices = await deal.InvoicesAsync();
            await deal.PayAsync(invoices[0]);
            await deal.ReachAsync(MilestoneKind.Produced);
            await deal.ReachAsync(MilestoneKind.Shipped);
            await deal.PayAsync(invoices[1], invoices[1].Open.Amount - 60);
            await Service(deal).RequestWriteOffAsync(
                invoices[1].Id, "w1", Lin, "bank charges", deal.Scenario.Bound);
            await deal.Scenario.SettleAsync();
            await deal.DecideAsync(ApprovalDecision.Approve);
        }),
        new("overpaid-and-paid-from-credit", Stage.Paid, async deal =>
        {
            await deal.OrderAsync();
            var invoices = await deal.InvoicesAsync();
            await deal.PayAsync(invoices[0], 1_500);
            await deal.ReachAsync(MilestoneKind.Produced);
            await deal.ReachAsync(MilestoneKind.Shipped);
            await Service(deal).UseBalanceAsync(invoices[1].Id, Lin, deal.Scenario.Bound);
            await deal.Scenario.SettleAsync();
            await deal.PayAsync(invoices[1], 3_300);
        }),
        new("due-date-corrected-and-handed-over", Stage.Paid, async deal =>
        {
            var invoice = await ShippedAsync(deal);
            await Service(deal).SignalAsync(
                invoice.Id, new Anchored("corrected", new StaffId("omar"), DueBasis.BillOfLading, DayIn(deal, -3)),
                deal.Scenario.Bound);
            await deal.SignalAsync((id, _) => new HandedOver(id, new StaffId("hanna"), new StaffId("mei"), "leave"));
            await deal.ReachAsync(MilestoneKind.DocumentsSent);
            await deal.ReachAsync(MilestoneKind.Delivered);
            await deal.PayAsync(invoice);
        }),
    ];

    // On open account of 30 days, USD 4,800.00.
    private static async Task<Invoice> ShippedAsync(DealScenario deal)
    {
        await deal.ReceiveAsync();
        await deal.QuoteAsync(discount: 4, terms: "OA30");
        await deal.AnswerAsync(BuyerAnswerKind.Accepted);
        await deal.ReachAsync(MilestoneKind.Produced);
        await deal.ReachAsync(MilestoneKind.Shipped);
        return (await deal.InvoicesAsync()).Single();
    }

    private static PaymentService Payments(DealScenario deal) => deal.Scenario.Get<PaymentService>();

    private static InvoiceService Service(DealScenario deal) => deal.Scenario.Get<InvoiceService>();

    private static DateOnly DayIn(DealScenario deal, int days) =>
        DateOnly.FromDateTime(deal.Scenario.Clock.GetUtcNow().UtcDateTime).AddDays(days);
}
