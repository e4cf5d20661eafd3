using Workflows.Inquiries;
using Workflows.Lifecycle.Messages;
using Workflows.Mails;
using Workflows.Platform;
using Workflows.Policies;
using Workflows.Trade;

namespace Workflows.Lifecycle;

/// <summary>
/// What buyers write on deals that have ended. No orchestration takes it any more, so the last owner is notified by
/// mail, or the manager where there is none: only a person opens a deal again.
/// </summary>
public sealed class LateMessages(
    IMailOutbox mails, ITableStore tables, IMailComposer composer, PolicyStore policies, PublicAddress address,
    TimeProvider clock)
{
    private readonly MessageNotices _notices = new(policies, composer, address);

    /// <summary>
    /// Notifies the owner of each message once, or the manager when the owner has left or the deal was rejected. What
    /// is written on a duplicate goes to the owner of the deal that it repeats. A repetition is no news.
    /// </summary>
    /// <param name="messageId">The source's id of the message.</param>
    public async Task NotifyAsync(Deal deal, Inquiry message, string messageId, CancellationToken cancellation)
    {
        if (await IsRepetitionAsync(deal, message, messageId, cancellation))
        {
            return;
        }

        var served = deal.Qualification?.DuplicateOf is { } original
            ? await DealRepository.FindAsync(tables, original, cancellation) ?? deal
            : deal;
        var late = message with { Message = InquiryText.Words(message) };

        var now = clock.GetUtcNow();
        var key = "late|" + Sha256Hex.Lower(messageId)[..32];
        var isLate = served == deal || served.HasEnded;
        await _notices.TakeAsync(
            tables, mails, served, new BuyerMessage(key, now, late, isLate), now, cancellation);
    }

    /// <summary>
    /// Whether a deal knows the message. Sources that send the inquiry again under another id send the same words and
    /// products.
    /// </summary>
    internal async Task<bool> IsRepetitionAsync(
        Deal deal, Inquiry late, string messageId, CancellationToken cancellation) =>
        deal.SignalsTaken.Contains(messageId)
        || (InquiryText.Excerpt(late).Message == deal.Inquiry.Message
            && late.Products.SequenceEqual(deal.Inquiry.Products))
        || await InquiryRepository.FindMessageIdAsync(tables, deal.Id, cancellation) == messageId;
}
