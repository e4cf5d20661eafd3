using Workflows.Approvals;
using Workflows.Customers;
using Workflows.Inquiries;
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
    /// <summary>
    /// Notifies the owner once per message, or the manager when the owner has left. What was rejected stays so, and a
    /// repetition is no news.
    /// </summary>
    /// <param name="messageId">The source's id of the message.</param>
    public async Task NotifyAsync(Deal deal, Inquiry message, string messageId, CancellationToken cancellation)
    {
        var late = InquiryText.Excerpt(message);
        if (deal.Stage == Stage.Rejected || await IsRepetitionAsync(deal, late, messageId, cancellation)
            || ReaderOf(deal) is not { } reader)
        {
            return;
        }

        var key = Sha256Hex.Lower(messageId)[..32];
        var brief = InquiryText.Brief(deal.Id, late, deal.Qualification?.Score, address);
        var mail = await composer.ComposeAsync(
            $"{deal.Id}|late|{key}",
            deal.Id.Value,
            reader.Recipient(),
            new BuyerWroteAgain(reader.Name, brief, HasEnded: true),
            InquiryText.Party(late.Buyer));
        await mails.EnqueueAsync(mail, cancellation);
    }

    /// <summary>The first who is still here: the owner, the manager of then, the manager of now.</summary>
    private StaffMember? ReaderOf(Deal deal)
    {
        var policy = policies.Current;
        var region = deal.Qualification?.Region ?? policy.RegionOf(deal.Inquiry.Buyer.Country).Id;
        StaffId?[] readers = [
            deal.Owner, deal.Manager, ApproverRule.ManagerOf(policy, region, policy.Company.DayOf(clock.GetUtcNow()))];
        return readers.OfType<StaffId>().Select(policy.FindStaff).OfType<StaffMember>().FirstOrDefault();
    }

    // Sources that send the inquiry again under another id send the same words and products.
    private async Task<bool> IsRepetitionAsync(
        Deal deal, Inquiry late, string messageId, CancellationToken cancellation) =>
        deal.SignalsTaken.Contains(messageId)
        || (late.Message == deal.Inquiry.Message && late.Products.SequenceEqual(deal.Inquiry.Products))
        || await InquiryRepository.FindMessageIdAsync(tables, deal.Id, cancellation) == messageId;
}
