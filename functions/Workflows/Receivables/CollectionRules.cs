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
        Disputed dispute when !invoice.IsSettled && dispute.Amount.Currency == invoice.Amount.Currency
            && dispute.Amount <= invoice.Open && dispute.Amount > invoice.Claimed =>
            new InvoiceRefusal.MoreThanUndisputed(invoice.Claimed),
        DisputeResolved resolved when !invoice.IsSettled => Refusal(invoice, resolved),
        Promised when !invoice.IsSettled && invoice is { PromiseStands: false, PromisedFor: not null } =>
            RefusalAtFirst(invoice with { PromisedFor = null }, signal, today),
        _ => RefusalAtFirst(invoice, signal, today),
    };

    /// <summary>
    /// The same before an invoice kept every dispute and promise (<see cref="CollectionFile.KeepsEveryClaim"/>).
    /// </summary>
    public static InvoiceRefusal? RefusalAtFirst(
        Invoice invoice, CollectionSignal signal, DateOnly today) => signal switch
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

    private static InvoiceRefusal? Refusal(Invoice invoice, DisputeResolved resolved)
    {
        var open = InvoiceDisputes.OpenOf(invoice);
        return open.Count == 0 ? new InvoiceRefusal.NothingDisputed()
            : resolved.Dispute is { } number
                ? open.Any(dispute => dispute.Number == number) ? null : Which()
                : open.Count == 1 ? null : Which();

        InvoiceRefusal.WhichDispute Which() => new(string.Join(", ", open.Select(dispute => dispute.Number)));
    }

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
        { Amount: { } amount } when amount.Currency != invoice.Amount.Currency =>
            new InvoiceRefusal.OtherCurrency(invoice.Amount.Currency),
        { Amount: { Amount: <= 0 } or { IsWhole: false } } => new InvoiceRefusal.AmountNotWhole(),
        { Amount: { } amount } when amount > invoice.Open => new InvoiceRefusal.MoreThanOpen(invoice.Open),
        _ when invoice.PromisedFor is { } before => new InvoiceRefusal.PromisedBefore(before),
        _ when promise.Date < today => new InvoiceRefusal.PromisePast(),
        _ when promise.Date > today.AddDays(LongestPromiseDays) =>
            new InvoiceRefusal.PromiseTooLate(LongestPromiseDays),
        _ => null,
    };
}
