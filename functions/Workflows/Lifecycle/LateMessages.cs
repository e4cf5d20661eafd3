using Workflows.Inquiries;
using Workflows.Lifecycle.Messages;
using Workflows.Mails;
using Workflows.Platform;
using Workflows.Policies;
using Workflows.Trade;

namespace Workflows.Lifecycle;

/// <summary>
/// What buyers write on deals that have ended. No orchestration takes it any more, so the last owner is notified by
/// mail: only a person opens a deal again.
/// </summary>
public sealed class LateMessages(
    IMailOutbox mails, ITableStore tables, IMailComposer composer, PolicyStore policies, PublicAddress address,
    TimeProvider clock)
{
    private readonly MessageNotices _notices = new(policies, composer, address);

    /// <summary>
    /// Notifies the owner of each message once, or the manager when the owner has left. What was rejected stays so, and
    /// a repetition is no news.
    /// </summary>
    /// <param name="messageId">The source's id of the message.</param>
    public async Task NotifyAsync(Deal deal, Inquiry message, string messageId, CancellationToken cancellation)
    {
        var late = InquiryText.Excerpt(message);
        if (deal.Stage == Stage.Rejected || await IsRepetitionAsync(deal, late, messageId, cancellation))
        {
            return;
        }

        var now = clock.GetUtcNow();
        var key = "late|" + Sha256Hex.Lower(messageId)[..32];
        await _notices.TakeAsync(
            tables, mails, deal, new BuyerMessage(key, now, late, IsLate: true), now, cancellation);
    }

    // Sources that send the inquiry again under another id send the same words and products.
    private async Task<bool> IsRepetitionAsync(
        Deal deal, Inquiry late, string messageId, CancellationToken cancellation) =>
        deal.SignalsTaken.Contains(messageId)
        || (late.Message == deal.Inquiry.Message && late.Products.SequenceEqual(deal.Inquiry.Products))
        || await InquiryRepository.FindMessageIdAsync(tables, deal.Id, cancellation) == messageId;
}
