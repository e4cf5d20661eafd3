using Workflows.Receivables;
using Workflows.Web.Layout;

namespace Workflows.Web.Payments;

internal static class PaymentReceiptExtensions
{
    /// <summary>What a page says of a payment that was taken in.</summary>
    public static ActionOutcome ToOutcome(this PaymentReceipt receipt) => receipt.Outcome switch
    {
        PaymentOutcome.Booked or PaymentOutcome.Recovered => ActionOutcome.Done,
        PaymentOutcome.Duplicate => ActionOutcome.Known,
        _ => ActionOutcome.Kept,
    };
}
