namespace Workflows.Platform;

/// <summary>
/// Secrets of mails. The outbox keeps a mail with a placeholder, so that nobody who reads the store, or a backup of it,
/// can use its link. Who hands the mail over, or shows it to its addressee, puts the secret in.
/// </summary>
public interface IMailSecrets
{
    /// <summary>The mail with its secret; the same mail when it has none, or when its secret is not honoured.</summary>
    Task<OutgoingMail> PutInAsync(OutgoingMail mail, CancellationToken cancellation);
}
