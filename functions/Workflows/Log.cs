using Microsoft.Extensions.Logging;
using Workflows.Sweeps;

namespace Workflows;

/// <summary>What the business itself logs, whatever its home. Ids 6000 to 6999; 60xx sweeps, 61xx mails.</summary>
internal static partial class Log
{
    [LoggerMessage(
        6001, LogLevel.Error,
        "The sweep {Sweep} of {Period} could not look at {InstanceId}, and goes on with the others")]
    public static partial void NotLookedAt(
        ILogger log, SweepKind sweep, string period, string instanceId, Exception exception);

    [LoggerMessage(
        6101, LogLevel.Error, "The owner of {DealId} could not be mailed what its buyer wrote")]
    public static partial void MessagesNotMailed(ILogger log, string dealId, Exception exception);
}
