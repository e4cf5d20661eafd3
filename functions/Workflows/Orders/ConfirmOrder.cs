using Workflows.Credit;
using Workflows.Customers;
using Workflows.Inquiries;
using Workflows.Mails;
using Workflows.Platform;
using Workflows.Policies;
using Workflows.Quotations;
using Workflows.Receivables;
using Workflows.Reviews;
using Workflows.Steps;
using Workflows.Trade;

namespace Workflows.Orders;

/// <summary>What makes an order: the accepted quotation, cleared by credit.</summary>
/// <param name="PurchaseOrder">The buyer's number; null if none.</param>
internal sealed record ConfirmOrderInput(
    DealId Deal,
    CustomerId Customer,
    Quotation Quotation,
    IReadOnlyList<Instalment> Instalments,
    string? PurchaseOrder,
    Inquiry Inquiry,
    StaffId Owner,
    string Region);

/// <summary>
/// Confirms an order: numbers it, counts it in the customer's exposure, notes the win and tells the buyer.
/// Everything is keyed by deal, and the first run's order is kept: a second run gives it back.
/// </summary>
internal sealed class ConfirmOrder(PolicyStore policies, IMailComposer composer)
    : Step<ConfirmOrder, ConfirmOrderInput, Order>
{
    public override async Task<Order> RunAsync(ActivityContext context, ConfirmOrderInput input)
    {
        var (tables, cancellation) = (context.Tables, context.Stopping);
        var order = await OrderBook.KeepAsync(tables, input.Deal, OrderOf(input, context.UtcNow), cancellation);
        await CountAsync(context, input);
        await CustomerBook.RecordOrderAsync(
            tables, input.Customer, input.Deal, order.Total, order.ConfirmedAt, cancellation);
        await FactLog.WriteAsync(tables, [FactOf(input, order)], policies.Current, cancellation);
        await TellBuyerAsync(context, input, order);
        return order;
    }

    private static Order OrderOf(ConfirmOrderInput input, DateTimeOffset now) => new(
        OrderNumbering.Order(input.Deal),
        input.Quotation.Number,
        input.PurchaseOrder,
        input.Quotation.Total,
        input.Quotation.Draft.Delivery,
        input.Quotation.Draft.PaymentTerms,
        input.Instalments,
        now);

    private static async Task CountAsync(ActivityContext context, ConfirmOrderInput input)
    {
        // A fully prepaid order is no credit; every other counts in full until its money is in.
        var amount = CreditRule.IsPrepaid(input.Instalments) ? input.Quotation.Total * 0 : input.Quotation.Total;
        while (true)
        {
            var sheet = await ExposureBook.ReadAsync(context.Tables, input.Customer, context.Stopping);
            try
            {
                await ExposureBook.ReserveAsync(
                    context.Tables, input.Customer, sheet.Gate, input.Deal, amount, context.Stopping);
                return;
            }
            catch (RowConflictException)
            {
                // Another order of the customer was counted meanwhile. Ours is decided already, so it only waits its turn.
            }
        }
    }

    private static Fact FactOf(ConfirmOrderInput input, Order order) => new(
        $"{input.Deal}|{FactKind.OrderWon}",
        FactKind.OrderWon,
        order.ConfirmedAt,
        input.Deal,
        input.Owner,
        input.Region,
        input.Customer,
        order.Total,
        BaseAmount: null,
        Percent: null,
        order.Number);

    private async Task TellBuyerAsync(ActivityContext context, ConfirmOrderInput input, Order order)
    {
        var (policy, buyer, quotation) = (policies.Current, input.Inquiry.Buyer, input.Quotation);
        var mail = new OrderConfirmed(
            policy.Company.Name,
            policy.Company.Address,
            buyer.Name,
            buyer.Company,
            order.Number,
            order.Quotation,
            order.PurchaseOrder,
            quotation.Draft.Lines,
            quotation.ListTotal,
            quotation.Discount,
            order.Total,
            order.Delivery.ToString(),
            policy.FindTerms(order.PaymentTerms)?.Name ?? order.PaymentTerms,
            order.Instalments,
            policy.Company.DayOf(order.ConfirmedAt),
            policy.Company.BankDetails,
            policy.NameOf(input.Owner));
        var outgoing = await composer.ComposeAsync(
            $"{input.Deal}|order-confirmed",
            input.Deal.Value,
            InquiryText.Party(buyer),
            mail,
            policy.ReplyTo(input.Owner));
        await context.Mail.EnqueueAsync(outgoing, context.Stopping);
    }
}
