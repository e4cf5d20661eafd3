using Microsoft.Extensions.Logging;
using Workflows.Sweeps;

namespace Workflows.Azure;

/// <summary>
/// Everything this home logs. Ids 4000 to 4999; 40xx orchestrations, 41xx activities, 42xx triggers, 43xx mails, 44xx
/// the start.
/// </summary>
internal static partial class Log
{
    /// <summary>Category of these lines.</summary>
    public const string Category = "Workflows.Azure";

    [LoggerMessage(
        4001, LogLevel.Warning, "Instance {InstanceId} goes on without {Count} events that nobody waited for")]
    public static partial void EventsDropped(ILogger logger, string instanceId, int count);

    [LoggerMessage(4002, LogLevel.Error, "Instance {InstanceId} of {Orchestration} failed")]
    public static partial void OrchestrationFailed(
        ILogger logger, string instanceId, string orchestration, Exception exception);

    [LoggerMessage(
        4003, LogLevel.Information,
        "Instance {InstanceId} ended and hands {Count} events that it had not taken over to {Receiver}")]
    public static partial void EventsHandedOver(ILogger logger, string instanceId, int count, string receiver);

    [LoggerMessage(4201, LogLevel.Error, "Instance {InstanceId} of {Orchestration} has failed, at {At}")]
    public static partial void InstanceFailed(
        ILogger logger, string instanceId, string orchestration, DateTimeOffset at);

    [LoggerMessage(4202, LogLevel.Error, "Instance {InstanceId} of {Orchestration} stands still since {At}")]
    public static partial void InstanceStuck(
        ILogger logger, string instanceId, string orchestration, DateTimeOffset at);

    [LoggerMessage(4203, LogLevel.Error, "A message of queue {Queue} was given up at {At} and waits for a person")]
    public static partial void PoisonWaits(ILogger logger, string queue, DateTimeOffset at);

    [LoggerMessage(
        4204, LogLevel.Information, "Purged {Instances} ended instances and {Webhooks} copies of webhooks")]
    public static partial void PurgeExpired(ILogger logger, int instances, int webhooks);

    [LoggerMessage(
        4205, LogLevel.Information,
        "Swept {Sweep} of {Period}: {Looked} open, {Unattended} of them unattended, {NotLookedAt} not looked at, "
            + "{Sent} mails, {PutOff} put off")]
    public static partial void Swept(
        ILogger logger, SweepKind sweep, string period, int looked, int unattended, int notLookedAt, int sent,
        int putOff);

    [LoggerMessage(
        4206, LogLevel.Warning,
        "A wake-up of instance {InstanceId} does not go through, and is tried again with the next sweep")]
    public static partial void WakeUpPutOff(ILogger logger, string? instanceId, Exception exception);

    [LoggerMessage(4101, LogLevel.Warning, "Activity {Activity} of instance {InstanceId} failed in attempt {Attempt}")]
    public static partial void ActivityFailed(
        ILogger logger, string activity, string instanceId, int attempt, Exception exception);

    [LoggerMessage(
        4401, LogLevel.Warning,
        "The built-in policy is in force: its staff, its addresses and its bank account are samples. Deploy your own "
            + "as {File}")]
    public static partial void BuiltInPolicy(ILogger logger, string file);
}
