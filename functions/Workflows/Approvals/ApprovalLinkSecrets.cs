using Workflows.Platform;

namespace Workflows.Approvals;

/// <summary>
/// Makes the links of stored mails usable. What is stored is the hash of a link's token; it finds the link's row, from
/// which the key ring makes the token again. The ring is kept apart from the store, and so a copy of it opens nothing
/// (docs/decisions/0063-mails-are-kept-without-their-links.md).
/// </summary>
public sealed class ApprovalLinkSecrets(ITableStore tables, LinkKeyRing keys) : IMailSecrets
{
    /// <inheritdoc/>
    public async Task<OutgoingMail> PutInAsync(OutgoingMail mail, CancellationToken cancellation)
    {
        if (mail.Placeholder is not { } hash
            || await ApprovalRepository.FindLinkAsync(tables, hash, cancellation) is not { } link
            || keys.Find(link.KeyId) is not { } key)
        {
            return mail;
        }

        var token = LinkToken.Make(key, link.Approval, link.Ask, link.Approver);
        return mail with
        {
            Text = mail.Text.Replace(hash, token, StringComparison.Ordinal),
            Html = mail.Html.Replace(hash, token, StringComparison.Ordinal),
        };
    }
}
