using Microsoft.Extensions.Logging;

namespace Workflows.Engine;

/// <summary>
/// The log messages of the engine. Ids 1 to 999: 1xx storage, 2xx instances, 3xx activities, 4xx timers.
/// </summary>
internal static partial class Log
{
    [LoggerMessage(101, LogLevel.Error,
        "The storage cannot be written: requests are refused, and work under way waits")]
    public static partial void StorageFailed(this ILogger log, Exception exception);

    [LoggerMessage(102, LogLevel.Information, "The storage can be written again")]
    public static partial void StorageRecovered(this ILogger log);

    [LoggerMessage(103, LogLevel.Critical, "{Reason}")]
    public static partial void AnotherOpening(this ILogger log, string reason);

    [LoggerMessage(104, LogLevel.Warning, "A transaction could not be rolled back after an error")]
    public static partial void RollbackFailed(this ILogger log, Exception exception);

    [LoggerMessage(105, LogLevel.Error,
        "A write is impossible and was given up; the other writes of its transaction are not affected")]
    public static partial void ItemFailed(this ILogger log, Exception exception);

    [LoggerMessage(106, LogLevel.Error, "A callback after a write failed; what was committed stays committed")]
    public static partial void CallbackFailed(this ILogger log, Exception exception);

    [LoggerMessage(107, LogLevel.Warning,
        "The high-water mark file beside the database could not be written; the commit stands")]
    public static partial void MarkNotWritten(this ILogger log, Exception exception);

    [LoggerMessage(108, LogLevel.Warning,
        "The file could not be marked as closed in order; the next start counts as one after a crash")]
    public static partial void CleanCloseFailed(this ILogger log, Exception exception);

    [LoggerMessage(109, LogLevel.Warning,
        "Other users of the machine may be able to read {Path}: the file system does not let its mode be set to 0600")]
    public static partial void FileOpenToOthers(this ILogger log, string path);

    [LoggerMessage(201, LogLevel.Error, "Instance {InstanceId} is blocked: {Reason}")]
    public static partial void InstanceBlocked(this ILogger log, string instanceId, string reason);

    [LoggerMessage(202, LogLevel.Error,
        "Instance {InstanceId} failed with an unexpected exception; it is read from the file again")]
    public static partial void InstanceFaulted(this ILogger log, Exception exception, string instanceId);

    [LoggerMessage(203, LogLevel.Information,
        "Instance {InstanceId}: a {Message} came for a task that is not open, and was ignored")]
    public static partial void OrphanIgnored(this ILogger log, string instanceId, string message);

    [LoggerMessage(204, LogLevel.Information,
        "Instance {InstanceId}: event {EventName} came after the instance had ended")]
    public static partial void EventTooLate(this ILogger log, string instanceId, string eventName);

    [LoggerMessage(205, LogLevel.Warning,
        "Instance {InstanceId} continued as new and dropped {Count} events that it had not waited for")]
    public static partial void EventsDropped(this ILogger log, string instanceId, int count);

    [LoggerMessage(206, LogLevel.Warning,
        "Instance {InstanceId} cannot be rewound: no activity or sub-orchestration of it failed, or what it did "
        + "since depends on the failure")]
    public static partial void NothingToRewind(this ILogger log, string instanceId);

    [LoggerMessage(207, LogLevel.Warning,
        "Instance {InstanceId} has a history of {Events} events; its orchestration should continue as new")]
    public static partial void LongHistory(this ILogger log, string instanceId, int events);

    [LoggerMessage(208, LogLevel.Warning,
        "Instance {InstanceId} failed after it had asked to continue as new; it has failed")]
    public static partial void FailedAfterContinueAsNew(this ILogger log, string instanceId);

    [LoggerMessage(209, LogLevel.Information,
        "Instance {InstanceId} ended and hands {Count} events that it had not taken over to {Receiver}")]
    public static partial void EventsHandedOver(this ILogger log, string instanceId, int count, string receiver);

    [LoggerMessage(210, LogLevel.Warning,
        "Instance {InstanceId} was terminated while suspended, and cannot be replayed: events that it had accepted "
        + "before its suspension are in its history only")]
    public static partial void NotReplayed(this ILogger log, string instanceId, Exception exception);

    [LoggerMessage(301, LogLevel.Information,
        "Instance {InstanceId}: others changed rows that run {Runs} of activity {Activity} wrote; the run is "
        + "discarded")]
    public static partial void ActivityConflict(this ILogger log, string instanceId, string activity, int runs);

    [LoggerMessage(401, LogLevel.Warning, "Due timers could not be read or removed; this is tried again")]
    public static partial void TimersUnread(this ILogger log, Exception exception);
}
