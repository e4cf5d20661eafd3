using MimeKit;
using Workflows.Platform;

namespace Workflows.Embedded.Mails;

/// <summary>Writes a mail as the message that travels: plain text and HTML as alternatives.</summary>
internal static class LetterWriter
{
    /// <param name="from">Sender's address.</param>
    public static MimeMessage Write(OutgoingMail mail, MailboxAddress to, string from, DateTimeOffset now)
    {
        var sender = MailboxAddress.Parse(from);
        var message = new MimeMessage
        {
            Date = now,
            Subject = mail.Subject,
            MessageId = MessageId(mail.Id, sender.Domain),
            Body = new MultipartAlternative(
                new TextPart("plain") { Text = mail.Text }, new TextPart("html") { Text = mail.Html }),
        };
        message.From.Add(sender);
        message.To.Add(to);
        if (mail.ReplyTo is { } replyTo && MailboxOf(replyTo) is { } mailbox)
        {
            message.ReplyTo.Add(mailbox);
        }

        message.Headers.Add(HeaderId.AutoSubmitted, "auto-generated");
        return message;
    }

    /// <summary>The same for every try of a mail, so that a provider or a reader can recognise a second copy.</summary>
    public static string MessageId(string mailId, string domain) => $"{Sha256Hex.Lower(mailId)[..40]}@{domain}";

    /// <summary>A party as mail servers know it; null when its address is none.</summary>
    public static MailboxAddress? MailboxOf(MailParty party) =>
        MailboxAddress.TryParse(party.Address, out var read) && read.Address == party.Address && read.Domain.Length > 0
            ? new MailboxAddress(party.Name, party.Address)
            : null;
}
