using Workflows.Receivables;
using Workflows.Web.Layout;

namespace Workflows.Web.Payments;

internal static class PaymentReceiptExtensions
{
    /// <summary>What a page says of a payment that was taken in: one that is known already is on its place.</summary>
    public static ActionOutcome ToOutcome(this PaymentReceipt receipt) =>
        receipt.Outcome is PaymentOutcome.Booked or PaymentOutcome.Recovered or PaymentOutcome.Duplicate
            ? ActionOutcome.Done
            : ActionOutcome.Kept;
}
