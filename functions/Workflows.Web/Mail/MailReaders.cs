using System.Text.RegularExpressions;
using Workflows.Mails;
using Workflows.Platform;
using Workflows.Web.Hosting.Keys;

namespace Workflows.Web.Mail;

/// <summary>
/// Who may read which mail, and who sees the link in it. A mail keeps who it was for: what the policy says today about
/// addresses opens nobody's mails. Each person reads their own mails and those to buyers; an admin, who runs the home,
/// reads all. A link that decides is its addressee's alone: everybody else, an admin too, sees the mail without it.
/// </summary>
internal static partial class MailReaders
{
    /// <summary>Stands where a link was that the reader may not use.</summary>
    public const string Hidden = "hidden";

    /// <summary>
    /// Whether a person may read a mail. One that was stored before mails kept who they were for is an admin's, unless
    /// its kind goes to buyers.
    /// </summary>
    public static bool MayRead(this Actor actor, MailRecord record) =>
        actor.Role == Role.Admin || actor.IsAddressee(record.Mail)
        || (record.Mail.For is null && BuyerMails.Includes(record.Mail.Kind));

    /// <summary>A mail that a person may read, as they may see it.</summary>
    public static async Task<ReadableMail> ShowAsync(
        this Actor actor, MailRecord record, IMailSecrets secrets, CancellationToken cancellation)
    {
        var mail = record.Mail;
        if (actor.IsAddressee(mail))
        {
            return new ReadableMail(
                record with { Mail = await secrets.PutInAsync(mail, cancellation) }, LinkIsHidden: false);
        }

        var (text, html) = (WithoutLinks(mail.Text), WithoutLinks(mail.Html));
        return new ReadableMail(
            record with { Mail = mail with { Text = text, Html = html } },
            LinkIsHidden: text != mail.Text || html != mail.Html);
    }

    private static bool IsAddressee(this Actor actor, OutgoingMail mail) => mail.For == actor.Id.Value;

    // Mails that were stored before links were kept out of them hold them as they were sent.
    private static string WithoutLinks(string text) => ApprovalLink().Replace(text, "$1" + Hidden);

    [GeneratedRegex("(/api/approvals/)[A-Za-z0-9_-]+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ApprovalLink();
}

/// <summary>A mail as one reader sees it.</summary>
/// <param name="LinkIsHidden">It holds a link that is not for them.</param>
internal sealed record ReadableMail(MailRecord Record, bool LinkIsHidden);
