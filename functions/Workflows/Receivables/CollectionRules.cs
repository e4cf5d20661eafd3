using Workflows.Trade;

namespace Workflows.Receivables;

/// <summary>What an invoice allows. Asked at the door and again when the signal is taken. Pure.</summary>
internal static class CollectionRules
{
    private const int LongestPauseDays = 180;
    private const int LongestPromiseDays = 60;

    /// <summary>Why a signal cannot be taken as the invoice stands; null when it can.</summary>
    /// <param name="today">In the company's zone.</param>
    public static string? Refusal(Invoice invoice, CollectionSignal signal, DateOnly today) => signal switch
    {
        PaymentBooked or Anchored or WriteOffDecided => null,
        _ when invoice.IsSettled => $"The invoice is {Word(invoice.Status)}; nothing is open.",
        Disputed dispute => Refusal(invoice, dispute, today),
        DisputeResolved when invoice.Disputed.Amount == 0 => "Nothing of the invoice is in dispute.",
        Promised promise => Refusal(invoice, promise, today),
        WriteOffRequested { Reason.Length: 0 } => "A write-off needs a reason.",
        WriteOffRequested when invoice.WriteOff is { } pending => $"A write-off is being decided already ({pending}).",
        _ => null,
    };

    private static string? Refusal(Invoice invoice, Disputed dispute, DateOnly today) => dispute switch
    {
        _ when dispute.Amount.Currency != invoice.Amount.Currency => $"The invoice is in {invoice.Amount.Currency}.",
        { Amount.Amount: <= 0 } or { Amount.IsWhole: false } =>
            "The disputed amount must be above zero, in whole minor units.",
        _ when dispute.Amount > invoice.Open => $"Only {invoice.Open} is open.",
        _ when string.IsNullOrWhiteSpace(dispute.Reason) => "A dispute needs a reason.",
        _ when dispute.Until <= today => "The pause must end after today.",
        _ when dispute.Until > today.AddDays(LongestPauseDays) => $"A pause lasts at most {LongestPauseDays} days.",
        _ => null,
    };

    private static string? Refusal(Invoice invoice, Promised promise, DateOnly today) => promise switch
    {
        _ when invoice.Due is null => "The invoice is not due yet, and is not chased before.",
        _ when invoice.PromisedFor is { } before =>
            $"Payment was promised for {before:O} already; a promise defers reminders once.",
        _ when promise.Date < today => "The promised day is past.",
        _ when promise.Date > today.AddDays(LongestPromiseDays) =>
            $"A promise defers reminders for at most {LongestPromiseDays} days.",
        _ => null,
    };

    private static string Word(InvoiceStatus status) => status switch
    {
        InvoiceStatus.WrittenOff => "written off",
        InvoiceStatus.Cancelled => "cancelled",
        _ => "paid",
    };
}
