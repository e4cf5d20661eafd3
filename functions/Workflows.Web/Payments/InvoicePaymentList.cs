using Workflows.Receivables;
using Workflows.Trade;

namespace Workflows.Web.Payments;

/// <summary>A payment that is on an invoice.</summary>
/// <param name="Amount">What it took off the open amount, its bank charges included.</param>
internal sealed record PaymentOnInvoice(string Id, string Reference, Money Amount);

/// <summary>The payments that are on an invoice, out of its movements.</summary>
internal static class InvoicePaymentList
{
    /// <summary>Those that were not taken back, oldest first.</summary>
    public static IReadOnlyList<PaymentOnInvoice> Of(Invoice invoice) =>
        [
            .. invoice.Movements
                .Where(moved => moved.Kind is MovementKind.Payment or MovementKind.BankFee)
                .GroupBy(moved => (moved.PaymentId, moved.Reference))
                .Select(moves => new PaymentOnInvoice(
                    moves.Key.PaymentId,
                    moves.Key.Reference,
                    moves.Aggregate(Money.Zero(invoice.Amount.Currency), (sum, moved) => sum + moved.Amount)))
                .Where(payment => payment.Amount.Amount > 0),
        ];
}
