using Workflows.Platform;

namespace Workflows.Engine.Mails;

/// <summary>
/// The outbox as seen by the service that delivers the mails. A mail is marked as taken before it is returned. When the
/// process dies before the mail is reported or retried, the next start sets it to <see cref="MailStatus.Unknown"/>,
/// because the provider may have it.
/// </summary>
public interface IMailQueue
{
    /// <summary>Completes when there may be a mail to take: one was enqueued, or one is due.</summary>
    Task WaitAsync(CancellationToken cancellation);

    /// <summary>Takes due mails, oldest first, and counts an attempt for each; empty when none is due.</summary>
    Task<IReadOnlyList<MailRecord>> TakeAsync(int most, CancellationToken cancellation);

    /// <summary>Reports that the provider accepted the mail.</summary>
    Task ReportSentAsync(string mailId, CancellationToken cancellation);

    /// <summary>Reports that the mail can never be sent.</summary>
    Task ReportFailedAsync(string mailId, string error, CancellationToken cancellation);

    /// <summary>
    /// Reports that the provider may have the mail. It is not tried again until <see cref="RetryAtAsync"/> is called.
    /// </summary>
    Task ReportUnknownAsync(string mailId, string error, CancellationToken cancellation);

    /// <summary>Lets the mail be taken again, not before a time (UTC).</summary>
    Task RetryAtAsync(string mailId, DateTimeOffset at, string error, CancellationToken cancellation);
}
