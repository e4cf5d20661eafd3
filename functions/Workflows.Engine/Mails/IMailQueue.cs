using Workflows.Platform;

namespace Workflows.Engine.Mails;

/// <summary>
/// What delivers mails asks here. A taken mail is marked before it is given out; one that was neither reported nor retried
/// when the process died is <see cref="MailStatus.Unknown"/> at the next start, because the provider may have it.
/// </summary>
public interface IMailQueue
{
    /// <summary>Completes when there may be a mail to take: one came in, or one's time has come.</summary>
    Task WaitAsync(CancellationToken cancellation);

    /// <summary>Takes due mails, oldest first, and counts an attempt for each; empty when none is due.</summary>
    Task<IReadOnlyList<MailRecord>> TakeAsync(int most, CancellationToken cancellation);

    /// <summary>It went out.</summary>
    Task ReportSentAsync(string mailId, CancellationToken cancellation);

    /// <summary>It will never go out.</summary>
    Task ReportFailedAsync(string mailId, string error, CancellationToken cancellation);

    /// <summary>The provider may have it: it is not tried again until somebody calls <see cref="RetryAtAsync"/>.</summary>
    Task ReportUnknownAsync(string mailId, string error, CancellationToken cancellation);

    /// <summary>It is to be tried again, not before a time (UTC).</summary>
    Task RetryAtAsync(string mailId, DateTimeOffset at, string error, CancellationToken cancellation);
}
