using System.Security.Cryptography;
using System.Text;
using Workflows.Inquiries;
using Workflows.Mails;
using Workflows.Platform;
using Workflows.Policies;

namespace Workflows.Lifecycle;

/// <summary>
/// What buyers write on deals that have ended. No orchestration hears it any more, so whoever had the deal is told by mail:
/// only a person opens a deal anew.
/// </summary>
public sealed class LateMessages(IMailOutbox mails, IMailComposer composer, PolicyStore policies, PublicAddress address)
{
    /// <summary>Tells the owner, or else the manager, once a message. What was rejected stays so, and a repetition is no news.</summary>
    /// <param name="messageId">The source's id of the message.</param>
    public async Task TellAsync(Deal deal, Inquiry message, string messageId, CancellationToken cancellation)
    {
        if (deal.Stage == Stage.Rejected || IsRepetition(deal, message, messageId)
            || (deal.Owner ?? deal.Manager) is not { } reader || policies.Current.FindStaff(reader) is not { } member)
        {
            return;
        }

        var key = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(messageId)).AsSpan(0, 16));
        var brief = InquiryText.Brief(deal.Id, message, deal.Qualification?.Score, address);
        var mail = await composer.ComposeAsync(
            $"{deal.Id}|late|{key}",
            deal.Id.Value,
            new MailParty(member.Email, member.Name),
            new BuyerWroteAgain(member.Name, brief, HasEnded: true),
            InquiryText.Party(message.Buyer));
        await mails.EnqueueAsync(mail, cancellation);
    }

    private static bool IsRepetition(Deal deal, Inquiry message, string messageId) =>
        deal.SignalsTaken.Contains(messageId) || message.Message == deal.Inquiry.Message;
}
