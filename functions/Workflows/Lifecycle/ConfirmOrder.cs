using Workflows.Activities;
using Workflows.Credit;
using Workflows.Customers;
using Workflows.Facts;
using Workflows.Inquiries;
using Workflows.Mails;
using Workflows.Orders;
using Workflows.Platform;
using Workflows.Policies;
using Workflows.Quotations;
using Workflows.Receivables;
using Workflows.Trade;

namespace Workflows.Lifecycle;

/// <summary>An accepted quotation.</summary>
/// <param name="PurchaseOrder">The buyer's number; null if none.</param>
/// <param name="Granted">The payment schedule that a person granted credit for; null asks the credit rule.</param>
internal sealed record ConfirmOrderInput(
    DealId Deal,
    CustomerId Customer,
    Quotation Quotation,
    string? PurchaseOrder,
    Inquiry Inquiry,
    StaffId Owner,
    string Region,
    IReadOnlyList<Instalment>? Granted);

/// <summary>What became of an accepted quotation.</summary>
/// <param name="Instalments">
/// The price, divided by the payment terms as they were offered; empty when an offer of before they were kept names
/// terms that the policy has no more: then there is no order.
/// </param>
/// <param name="Credit">What the credit rule says; null when it was not asked.</param>
/// <param name="Order">Null while a person must grant credit first.</param>
/// <param name="Invoices">The order's, one per instalment.</param>
internal sealed record ConfirmedOrder(
    IReadOnlyList<Instalment> Instalments, CreditDecision? Credit, Order? Order, IReadOnlyList<Invoice> Invoices);

/// <summary>
/// Makes an order of an accepted quotation, unless credit has to be granted first: counts it in the customer's
/// exposure, numbers it, notes the win, confirms it to the buyer and bills it. Everything is keyed by deal, and the
/// first run's order is kept: a second run gives it back.
/// </summary>
internal sealed class ConfirmOrder(PolicyStore policies, IMailComposer composer)
    : BusinessActivity<ConfirmOrder, ConfirmOrderInput, ConfirmedOrder>
{
    public override async Task<ConfirmedOrder> RunAsync(ActivityContext context, ConfirmOrderInput input)
    {
        var policy = policies.Current;
        var instalments = input.Granted ?? Divide(input.Quotation, policy);
        if (instalments.Count == 0)
        {
            return new ConfirmedOrder([], Credit: null, Order: null, []);
        }

        var credit = input.Granted is null ? await ClearAsync(context, policy, input, instalments) : null;
        if (credit is { Outcome: CreditOutcome.NeedsApproval })
        {
            return new ConfirmedOrder(instalments, credit, Order: null, []);
        }

        if (credit is null)
        {
            await CountAsync(context, input, instalments);
        }

        var order = await ConfirmAsync(context, policy, input, instalments);
        var invoices = await IssueInvoices.IssueAsync(context, policy, composer, new IssueInput(
            input.Deal, input.Customer, order, input.Inquiry, input.Owner, input.Region));
        return new ConfirmedOrder(instalments, credit, order, invoices);
    }

    private static IReadOnlyList<Instalment> Divide(Quotation quotation, Policy policy) =>
        quotation.TermsBy(policy) is { } terms ? PaymentSchedule.Of(quotation.Total, terms) : [];

    private static async Task<CreditDecision> ClearAsync(
        ActivityContext context, Policy policy, ConfirmOrderInput input, IReadOnlyList<Instalment> instalments)
    {
        var decision = await CheckCredit.CheckAsync(context, policy, new CreditInput(
            input.Deal, input.Customer, input.Quotation.Total, instalments, CreditCheckPoint.Order));
        // An earlier run may have confirmed the order to the buyer: that stands, whatever else was counted since.
        return decision.Outcome == CreditOutcome.NeedsApproval
            && await OrderRepository.FindAsync(
                context.Tables, input.Deal, context.Stopping) is { Quotation: var confirmed }
            && confirmed == input.Quotation.Number
                ? decision with
                {
                    Outcome = CreditOutcome.Cleared,
                    Reasons = ["Clear when the order was confirmed"],
                }
                : decision;
    }

    private async Task<Order> ConfirmAsync(
        ActivityContext context, Policy policy, ConfirmOrderInput input, IReadOnlyList<Instalment> instalments)
    {
        var (tables, cancellation) = (context.Tables, context.Stopping);
        var order = await OrderRepository.KeepAsync(
            tables, input.Deal, OrderOf(input, instalments, context.UtcNow), cancellation);
        await CustomerRepository.RecordOrderAsync(
            tables, input.Customer, input.Deal, order.Total, order.ConfirmedAt, cancellation);
        await FactLog.WriteAsync(tables, [FactOf(input, order)], policy, cancellation);
        await NotifyBuyerAsync(context, input, order);
        return order;
    }

    private static Order OrderOf(
        ConfirmOrderInput input, IReadOnlyList<Instalment> instalments, DateTimeOffset now) => new(
        OrderNumbering.Order(input.Deal),
        input.Quotation.Number,
        input.PurchaseOrder,
        input.Quotation.Total,
        input.Quotation.Draft.Delivery,
        input.Quotation.Draft.PaymentTerms,
        instalments,
        now);

    private static async Task CountAsync(
        ActivityContext context, ConfirmOrderInput input, IReadOnlyList<Instalment> instalments)
    {
        var counted = CreditRule.CountedOf(instalments, input.Quotation.Total);
        // Another order of the customer may be counted meanwhile. Ours is decided already, so it is tried again.
        await ConflictRetry.RunAsync(async () =>
        {
            var sheet = await ExposureRepository.ReadAsync(context.Tables, input.Customer, context.Stopping);
            if (!sheet.IsBilled(input.Deal))
            {
                await ExposureRepository.ReserveAsync(
                    context.Tables, input.Customer, sheet.Version, input.Deal, counted, context.Stopping);
            }
        });
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

    private async Task NotifyBuyerAsync(ActivityContext context, ConfirmOrderInput input, Order order)
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
            quotation.TermsBy(policy)?.Name ?? order.PaymentTerms,
            order.Instalments,
            policy.Company.DayOf(order.ConfirmedAt),
            policy.Company.BankDetails,
            policy.NameOf(input.Owner));
        var outgoing = await composer.ComposeAsync(
            $"{input.Deal}|order-confirmed",
            input.Deal.Value,
            Recipient.Buyer(InquiryText.Party(buyer)),
            mail,
            policy.ReplyTo(input.Owner));
        await context.Mail.EnqueueAsync(outgoing, context.Stopping);
    }
}
