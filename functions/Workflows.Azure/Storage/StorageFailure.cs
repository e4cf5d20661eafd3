using Azure;
using Azure.Data.Tables.Models;
using Workflows.Platform;

namespace Workflows.Azure.Storage;

/// <summary>
/// What the storage's failures mean. Those that pass have been retried by Azure.Core before they are seen here.
/// </summary>
internal static class StorageFailure
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);

    /// <summary>No answer, too busy, or failing itself: the same call may go through later.</summary>
    public static bool IsPassing(Exception exception, CancellationToken cancellation) => exception switch
    {
        RequestFailedException failed =>
            failed.Status is 0 or 408 or 429 or >= 500 || failed.Is(TableErrorCode.TableBeingDeleted),
        OperationCanceledException => !cancellation.IsCancellationRequested,
        // How Azure.Core reports that every retry broke off.
        AggregateException all => all.InnerExceptions.All(each => IsPassing(each, cancellation)),
        HttpRequestException or IOException => true,
        _ => false,
    };

    public static bool Is(this RequestFailedException exception, TableErrorCode code) =>
        exception.ErrorCode is { } given && code == given;

    public static HomeUnavailableException Unavailable(Exception cause) =>
        new("The storage does not answer.", RetryAfter, cause);
}
