using Microsoft.Extensions.Logging;

namespace Workflows.Azure;

/// <summary>What is logged about mails. Ids 4300 to 4399.</summary>
internal static partial class Log
{
    [LoggerMessage(
        4300, LogLevel.Warning,
        "Mail {MailId} could not be delivered at attempt {Attempt} and will be tried again in {Wait}: {Reason}")]
    public static partial void MailPutOff(ILogger log, string mailId, int attempt, TimeSpan wait, string reason);

    [LoggerMessage(4301, LogLevel.Error, "Mail {MailId} failed at attempt {Attempt}: {Reason}")]
    public static partial void MailFailed(ILogger log, string mailId, int attempt, string reason);

    [LoggerMessage(4302, LogLevel.Error, "Mail {MailId} may have gone out: {Reason}")]
    public static partial void MailUnknown(ILogger log, string mailId, string reason);

    [LoggerMessage(4303, LogLevel.Warning, "There is a message for mail {MailId}, and no such mail")]
    public static partial void MailMissing(ILogger log, string mailId);

    [LoggerMessage(4304, LogLevel.Warning, "Mail {MailId} was due at {Due} and has no message; it gets one")]
    public static partial void MailOverdue(ILogger log, string mailId, DateTimeOffset due);

    [LoggerMessage(4305, LogLevel.Warning, "The provider reports {Event} for mail {MailId}")]
    public static partial void MailRefusedLater(ILogger log, string @event, string mailId);

    [LoggerMessage(4306, LogLevel.Warning, "Mail events were refused: {Reason}")]
    public static partial void MailEventsRefused(ILogger log, string reason);

    [LoggerMessage(4307, LogLevel.Error, "A message of queue {Queue} could not be handled and is kept for a person")]
    public static partial void MessagePoisoned(ILogger log, string queue);
}
