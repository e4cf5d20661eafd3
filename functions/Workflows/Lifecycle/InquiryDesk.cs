using Workflows.Inquiries;
using Workflows.Platform;
using Workflows.Trade;

namespace Workflows.Lifecycle;

/// <summary>What became of an inquiry at the door.</summary>
/// <param name="Duplicate">True when the inquiry was known: nothing new was started.</param>
public sealed record IntakeReceipt(DealId Deal, bool Duplicate);

/// <summary>Takes inquiries in, from webhooks and by hand. Safe to repeat: the same inquiry is the same deal.</summary>
public sealed class InquiryDesk(IOrchestrationClient client, ITableStore tables, LateMessages late)
{
    /// <summary>
    /// Starts the inquiry's deal, or feeds it when it runs already. Durable when it returns.
    /// </summary>
    /// <param name="messageId">The source's id of the message: the same one again has no effect.</param>
    /// <param name="by">Who takes it in.</param>
    public async Task<IntakeReceipt> ReceiveAsync(
        Inquiry inquiry, string messageId, StaffId by, CancellationToken cancellation)
    {
        var deal = DealNumbering.For(inquiry.Platform, inquiry.PlatformInquiryId);
        if (await DealBook.FindAsync(tables, deal, cancellation) is { HasEnded: true } ended)
        {
            // Its instance may have been purged since.
            await late.TellAsync(ended, inquiry, messageId, cancellation);
            return new IntakeReceipt(deal, Duplicate: true);
        }

        var scheduled = await InquiryToPayment.ScheduleAsync(
            client, new DealInput(deal, inquiry, messageId, by), new ScheduleOptions(deal.Value), cancellation);
        if (!scheduled.Created)
        {
            var again = inquiry with { Message = DealTexts.Short(inquiry.Message, 2_000) };
            var signal = new BuyerWrote(messageId, by, messageId, again);
            var raised = await DealSignal.Event.RaiseAsync(client, deal.Value, signal, messageId, cancellation);
            if (raised == RaiseOutcome.TooLate && await DealBook.FindAsync(tables, deal, cancellation) is { } justEnded)
            {
                await late.TellAsync(justEnded, inquiry, messageId, cancellation);
            }
        }

        return new IntakeReceipt(deal, Duplicate: !scheduled.Created);
    }
}
