using Workflows.Sweeps;

namespace Workflows.Embedded;

/// <summary>
/// Everything this home logs. Ids 5000 to 5999; 50xx mails, 51xx serving, 52xx retention, 53xx sweeps.
/// </summary>
internal static partial class Log
{
    [LoggerMessage(
        5000, LogLevel.Warning,
        "Mail {MailId} could not be delivered at attempt {Attempt} and will be tried again: {Reason}")]
    public static partial void MailPutOff(ILogger log, string mailId, int attempt, string reason);

    [LoggerMessage(5001, LogLevel.Error, "Mail {MailId} failed at attempt {Attempt}: {Reason}")]
    public static partial void MailFailed(ILogger log, string mailId, int attempt, string reason);

    [LoggerMessage(5002, LogLevel.Error, "Mail {MailId} may have gone out: {Reason}")]
    public static partial void MailUnknown(ILogger log, string mailId, string reason);

    [LoggerMessage(5003, LogLevel.Error, "A round of mail delivery failed; the next round goes on")]
    public static partial void DeliveryFailed(ILogger log, Exception exception);

    [LoggerMessage(5004, LogLevel.Warning, "The link of mail {MailId} could not be read from the store")]
    public static partial void MailSecretMissing(ILogger log, string mailId, Exception exception);

    [LoggerMessage(
        5200, LogLevel.Information,
        "Purged {Instances} ended instances and {Webhooks} copies of webhooks, as the policy says")]
    public static partial void PurgeExpired(ILogger log, int instances, int webhooks);

    [LoggerMessage(
        5201, LogLevel.Warning, "Purging what the policy no longer keeps broke off; the next run goes on")]
    public static partial void RetentionFailed(ILogger log, Exception exception);

    [LoggerMessage(
        5300, LogLevel.Warning,
        "Nothing moves {Count} of the open {Sweep} (looked at in {Period}): {Sent} mails tell people of it, {PutOff} "
            + "follow")]
    public static partial void Unattended(ILogger log, SweepKind sweep, string period, int count, int sent, int putOff);

    [LoggerMessage(5301, LogLevel.Warning, "The sweep {Sweep} broke off; the next one takes it up again")]
    public static partial void SweepFailed(ILogger log, SweepKind sweep, Exception exception);

    [LoggerMessage(5302, LogLevel.Warning, "Mailing owners what buyers wrote broke off; the next round goes on")]
    public static partial void DigestsFailed(ILogger log, Exception exception);
}
