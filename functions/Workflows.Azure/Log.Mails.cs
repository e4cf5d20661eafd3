using Microsoft.Extensions.Logging;

namespace Workflows.Azure;

/// <summary>What is logged about mails. Ids 6100 to 6199.</summary>
internal static partial class Log
{
    [LoggerMessage(6100, LogLevel.Warning, "Mail {MailId} could not be delivered at attempt {Attempt} and will be tried again in {Wait}: {Reason}")]
    public static partial void MailPutOff(ILogger log, string mailId, int attempt, TimeSpan wait, string reason);

    [LoggerMessage(6101, LogLevel.Error, "Mail {MailId} failed at attempt {Attempt}: {Reason}")]
    public static partial void MailFailed(ILogger log, string mailId, int attempt, string reason);

    [LoggerMessage(6102, LogLevel.Error, "Mail {MailId} may have gone out: {Reason}")]
    public static partial void MailUnknown(ILogger log, string mailId, string reason);

    [LoggerMessage(6103, LogLevel.Warning, "There is a message for mail {MailId}, and no such mail")]
    public static partial void MailMissing(ILogger log, string mailId);

    [LoggerMessage(6104, LogLevel.Warning, "Mail {MailId} was due at {Due} and has no message; it gets one")]
    public static partial void MailOverdue(ILogger log, string mailId, DateTimeOffset due);

    [LoggerMessage(6105, LogLevel.Warning, "The provider reports {Event} for mail {MailId}: {Reason}")]
    public static partial void MailRefusedLater(ILogger log, string @event, string mailId, string reason);

    [LoggerMessage(6106, LogLevel.Warning, "Mail events were refused: {Reason}")]
    public static partial void MailEventsRefused(ILogger log, string reason);

    [LoggerMessage(6107, LogLevel.Error, "A message of queue {Queue} could not be handled and is kept for a person")]
    public static partial void MessagePoisoned(ILogger log, string queue);
}
