using Workflows.Activities;
using Workflows.Credit;
using Workflows.Facts;
using Workflows.Orders;
using Workflows.Platform;
using Workflows.Policies;
using Workflows.Receivables;
using Workflows.Trade;

namespace Workflows.Lifecycle;

/// <summary>An order that will not be carried out.</summary>
internal sealed record CancelOrderInput(DealId Deal, CustomerId Customer);

/// <summary>
/// Takes a cancelled order out of the customer's exposure and out of the month's wins, and what it was paid to their
/// balance. Its open invoices are taken out by their own collections. Keyed by deal: a second run finds nothing left to
/// do.
/// </summary>
internal sealed class CancelOrder(PolicyStore policies) : BusinessActivity<CancelOrder, CancelOrderInput, Nothing>
{
    public override async Task<Nothing> RunAsync(ActivityContext context, CancelOrderInput input)
    {
        await ExposureRepository.ReleaseAsync(context.Tables, input.Customer, input.Deal, context.Stopping);
        if (await OrderRepository.FindAsync(context.Tables, input.Deal, context.Stopping) is { } order)
        {
            await CancelledInvoices.ReleaseMoneyAsync(context, policies.Current, input.Deal, order.Number);
            var won = await WinOfAsync(context, input.Deal, order);
            var fact = new Fact(
                $"{input.Deal}|{FactKind.OrderCancelled}",
                FactKind.OrderCancelled,
                context.UtcNow,
                input.Deal,
                won?.Salesperson,
                won?.Region ?? "",
                input.Customer,
                order.Total,
                won?.BaseAmount,
                Percent: null,
                order.Number);
            await FactLog.WriteAsync(context.Tables, [fact], policies.Current, context.Stopping);
        }

        return Nothing.Value;
    }

    private async Task<Fact?> WinOfAsync(ActivityContext context, DealId deal, Order order) =>
        await FactLog.FindAsync(
            context.Tables,
            FactLog.MonthOf(order.ConfirmedAt, policies.Current.Company),
            $"{deal}|{FactKind.OrderWon}",
            context.Stopping);
}
