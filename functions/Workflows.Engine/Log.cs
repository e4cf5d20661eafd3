using Microsoft.Extensions.Logging;

namespace Workflows.Engine;

/// <summary>Everything the engine logs. 1xx storage, 2xx instances, 3xx activities, 4xx timers.</summary>
internal static partial class Log
{
    [LoggerMessage(101, LogLevel.Error, "The storage cannot be written; requests are refused and work under way waits")]
    public static partial void StorageInTrouble(this ILogger log, Exception exception);

    [LoggerMessage(102, LogLevel.Information, "The storage can be written again")]
    public static partial void StorageRecovered(this ILogger log);

    [LoggerMessage(103, LogLevel.Critical, "{Reason}")]
    public static partial void AnotherOpening(this ILogger log, string reason);

    [LoggerMessage(104, LogLevel.Warning, "A rollback failed")]
    public static partial void RollbackFailed(this ILogger log, Exception exception);

    [LoggerMessage(105, LogLevel.Error, "One write cannot be made and was given up; the others of its batch were made")]
    public static partial void ItemFailed(this ILogger log, Exception exception);

    [LoggerMessage(106, LogLevel.Error, "What follows a commit failed; the commit stands")]
    public static partial void CallbackFailed(this ILogger log, Exception exception);
}
