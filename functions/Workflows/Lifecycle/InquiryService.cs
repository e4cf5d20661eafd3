using Workflows.Inquiries;
using Workflows.Platform;
using Workflows.Trade;

namespace Workflows.Lifecycle;

/// <summary>What became of an inquiry at the door.</summary>
/// <param name="Duplicate">True when the inquiry was known: nothing new was started.</param>
public sealed record IntakeReceipt(DealId Deal, bool Duplicate);

/// <summary>Takes inquiries in, from webhooks and by hand. Safe to repeat: the same inquiry is the same deal.</summary>
public sealed class InquiryService(IOrchestrationClient client, ITableStore tables, LateMessages late)
{
    /// <summary>
    /// Starts the inquiry's deal, or feeds it when it runs already. Durable when it returns.
    /// </summary>
    /// <param name="messageId">The source's id of the message: the same one again has no effect.</param>
    /// <param name="by">Who takes it in.</param>
    public Task<IntakeReceipt> ReceiveAsync(
        Inquiry inquiry, string messageId, StaffId by, CancellationToken cancellation) =>
        ReceiveAsync(
            DealNumbering.For(inquiry.Platform, inquiry.PlatformInquiryId), inquiry, messageId, by, cancellation);

    /// <summary>
    /// The same for an inquiry that a person took. Two people may give the same number to two notes: it is the same
    /// inquiry only when it is the same buyer's.
    /// </summary>
    /// <inheritdoc cref="ReceiveAsync(Inquiry, string, StaffId, CancellationToken)"/>
    public Task<IntakeReceipt> TakeByHandAsync(
        Inquiry inquiry, string messageId, StaffId by, CancellationToken cancellation) =>
        ReceiveAsync(
            DealNumbering.ForNote(inquiry.Platform, inquiry.PlatformInquiryId, inquiry.Buyer),
            inquiry,
            messageId,
            by,
            cancellation);

    private async Task<IntakeReceipt> ReceiveAsync(
        DealId id, Inquiry inquiry, string messageId, StaffId by, CancellationToken cancellation)
    {
        var deal = await DealRepository.FindAsync(tables, id, cancellation);
        // A kept deal outlives its instance, which may have failed and been purged: it is never started again.
        if (deal is null && await StartAsync(new DealInput(id, inquiry, messageId, by), cancellation))
        {
            return new IntakeReceipt(id, Duplicate: false);
        }

        if (deal is not { Qualification.DuplicateOf: { } original })
        {
            await DeliverAsync(id, deal, inquiry, messageId, by, cancellation);
        }
        else if (!await late.IsRepetitionAsync(deal, inquiry, messageId, cancellation))
        {
            // The buyer is served in the deal that this one repeats.
            var served = await DealRepository.FindAsync(tables, original, cancellation);
            await DeliverAsync(original, served, inquiry, messageId, by, cancellation);
        }

        return new IntakeReceipt(id, Duplicate: true);
    }

    private async Task DeliverAsync(
        DealId id, Deal? deal, Inquiry inquiry, string messageId, StaffId by, CancellationToken cancellation)
    {
        if (deal is { HasEnded: true } && !DealRules.CanBeReinstated(deal))
        {
            await late.NotifyAsync(deal, inquiry, messageId, cancellation);
            return;
        }

        // Who is rejected hears nothing, and sends the same again.
        if (deal is { HasEnded: true } && await late.IsRepetitionAsync(deal, inquiry, messageId, cancellation))
        {
            return;
        }

        if (deal is { Inquiry.IsMessage: true } && inquiry.IsMessage is null)
        {
            // The signal carries the beginning of it.
            var whole = inquiry with { ReceivedAt = deal.Inquiry.ReceivedAt };
            await InquiryRepository.CompleteAsync(tables, id, whole, cancellation);
        }

        if (!await TrySignalAsync(id, inquiry, messageId, by, cancellation)
            && await DealRepository.FindAsync(tables, id, cancellation) is { } kept)
        {
            await late.NotifyAsync(kept, inquiry, messageId, cancellation);
        }
    }

    private async Task<bool> StartAsync(DealInput input, CancellationToken cancellation) =>
        (
            await InquiryToPayment.ScheduleAsync(
                client, input, new ScheduleOptions(input.Deal.Value), cancellation)).Created;

    private async Task<bool> TrySignalAsync(
        DealId deal, Inquiry inquiry, string messageId, StaffId by, CancellationToken cancellation)
    {
        var words = inquiry with { Message = InquiryText.Words(inquiry) };
        var signal = new BuyerWrote(messageId, by, messageId, words);
        return await DealSignal.Event.RaiseAsync(client, deal.Value, signal, messageId, cancellation)
            is RaiseOutcome.Accepted or RaiseOutcome.Duplicate;
    }
}
