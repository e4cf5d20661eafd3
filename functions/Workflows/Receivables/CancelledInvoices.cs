using Workflows.Credit;
using Workflows.Platform;
using Workflows.Policies;
using Workflows.Receivables.History;
using Workflows.Receivables.Payments;
using Workflows.Trade;

namespace Workflows.Receivables;

/// <summary>
/// The invoices of a cancelled order, once their collections have ended. What they were paid is the customer's money,
/// until it is used for another invoice or paid back. Keyed by invoice and payment: a second run changes nothing.
/// </summary>
internal static class CancelledInvoices
{
    public static async Task ReleaseMoneyAsync(ActivityContext context, Policy policy, DealId deal, string order)
    {
        var (tables, cancellation) = (context.Tables, context.Stopping);
        var today = policy.Company.DayOf(context.UtcNow);
        foreach (var invoice in await InvoiceRepository.OfDealAsync(tables, deal, cancellation))
        {
            foreach (var balance in PaymentRows.OfCancelled(invoice, today))
            {
                await CustomerBalanceRepository.KeepAsync(tables, balance, cancellation);
            }

            // The deposit that was paid in full: its collection ended before.
            if (invoice.Status == InvoiceStatus.Paid)
            {
                var history = await InvoiceRepository.HistoryAsync(tables, invoice.Id, cancellation);
                var what = new CancelledWithOrder(invoice.Paid, $"Order {order} was cancelled");
                // A run that was broken off has written it already.
                var number = history[^1].What is CancelledWithOrder ? history.Count : history.Count + 1;
                var entry = new InvoiceEntry(
                    number, StaffId.System, context.UtcNow, InvoiceStatus.Cancelled, what);
                await InvoiceRepository.SaveAsync(
                    tables,
                    invoice with { Status = InvoiceStatus.Cancelled },
                    InvoiceMark.Of(invoice),
                    [entry],
                    cancellation);
            }
        }
    }
}
