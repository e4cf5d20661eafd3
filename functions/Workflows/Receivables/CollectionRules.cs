using Workflows.Receivables.History;
using Workflows.Trade;

namespace Workflows.Receivables;

/// <summary>What an invoice allows. Asked at the door and again when the signal is taken. Pure.</summary>
internal static class CollectionRules
{
    private const int LongestPauseDays = 180;
    private const int LongestPromiseDays = 60;

    /// <summary>Why a signal cannot be taken as the invoice stands; null when it can.</summary>
    /// <param name="today">In the company's zone.</param>
    public static InvoiceRefusal? Refusal(Invoice invoice, CollectionSignal signal, DateOnly today) => signal switch
    {
        PaymentBooked or Anchored or WriteOffDecided => null,
        _ when invoice.IsSettled => new InvoiceRefusal.Settled(invoice.Status),
        Disputed dispute => Refusal(invoice, dispute, today),
        DisputeResolved when invoice.Disputed.Amount == 0 => new InvoiceRefusal.NothingDisputed(),
        Promised promise => Refusal(invoice, promise, today),
        WriteOffRequested { Reason.Length: 0 } => new InvoiceRefusal.ReasonMissing(InvoiceRequest.WriteOff),
        WriteOffRequested when invoice.WriteOff is { } pending => new InvoiceRefusal.WriteOffPending(pending),
        _ => null,
    };

    private static InvoiceRefusal? Refusal(Invoice invoice, Disputed dispute, DateOnly today) => dispute switch
    {
        _ when dispute.Amount.Currency != invoice.Amount.Currency =>
            new InvoiceRefusal.OtherCurrency(invoice.Amount.Currency),
        { Amount.Amount: <= 0 } or { Amount.IsWhole: false } => new InvoiceRefusal.AmountNotWhole(),
        _ when dispute.Amount > invoice.Open => new InvoiceRefusal.MoreThanOpen(invoice.Open),
        _ when string.IsNullOrWhiteSpace(dispute.Reason) =>
            new InvoiceRefusal.ReasonMissing(InvoiceRequest.Dispute),
        _ when dispute.Until <= today => new InvoiceRefusal.PauseEndsTooSoon(),
        _ when dispute.Until > today.AddDays(LongestPauseDays) => new InvoiceRefusal.PauseTooLong(LongestPauseDays),
        _ => null,
    };

    private static InvoiceRefusal? Refusal(Invoice invoice, Promised promise, DateOnly today) => promise switch
    {
        _ when invoice.Due is null => new InvoiceRefusal.NotDue(),
        _ when invoice.PromisedFor is { } before => new InvoiceRefusal.PromisedBefore(before),
        _ when promise.Date < today => new InvoiceRefusal.PromisePast(),
        _ when promise.Date > today.AddDays(LongestPromiseDays) =>
            new InvoiceRefusal.PromiseTooLate(LongestPromiseDays),
        _ => null,
    };
}
