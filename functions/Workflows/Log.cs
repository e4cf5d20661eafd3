using Microsoft.Extensions.Logging;
using Workflows.Sweeps;

namespace Workflows;

/// <summary>What the business itself logs, whatever its home. Ids 6000 to 6999; 60xx sweeps.</summary>
internal static partial class Log
{
    [LoggerMessage(
        6001, LogLevel.Error,
        "The sweep {Sweep} of {Period} could not look at {InstanceId}, and goes on with the others")]
    public static partial void NotLookedAt(
        ILogger log, SweepKind sweep, string period, string instanceId, Exception exception);
}
