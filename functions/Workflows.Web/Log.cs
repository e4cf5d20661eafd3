using Microsoft.Extensions.Logging;

namespace Workflows.Web;

/// <summary>
/// Everything the web layer logs. Ids 3000 to 3999. No secrets, tokens, addresses with tokens, or payloads.
/// </summary>
internal static partial class Log
{
    [LoggerMessage(3000, LogLevel.Error, "Request {RequestId} failed.")]
    public static partial void Unhandled(ILogger logger, string requestId, Exception exception);

    [LoggerMessage(3001, LogLevel.Warning, "Request {RequestId}: the home cannot take it now.")]
    public static partial void HomeUnavailable(ILogger logger, string requestId, Exception exception);

    [LoggerMessage(3002, LogLevel.Error, "Request {RequestId} was refused: {Damage}")]
    public static partial void Damaged(ILogger logger, string requestId, string damage);

    [LoggerMessage(3010, LogLevel.Warning, "API key {KeyId} was added for {Name} as {Role}.")]
    public static partial void KeyAdded(ILogger logger, string keyId, string name, string role);

    [LoggerMessage(3011, LogLevel.Warning, "API key {KeyId} was revoked.")]
    public static partial void KeyRevoked(ILogger logger, string keyId);

    [LoggerMessage(3020, LogLevel.Debug, "Webhook of {Platform} refused: {Reason}.")]
    public static partial void WebhookRefused(ILogger logger, string platform, string reason);

    [LoggerMessage(3021, LogLevel.Error, "Webhook {EventId} of {Platform} came again with another body.")]
    public static partial void WebhookIdReused(ILogger logger, string platform, string eventId);

    [LoggerMessage(3022, LogLevel.Warning, "Webhook {EventId} of {Platform} went to the dead letters: {Reason}.")]
    public static partial void WebhookDeadLettered(ILogger logger, string platform, string eventId, string reason);

    [LoggerMessage(3023, LogLevel.Information, "{Count} messages of queue {Queue} were put in line again by {Who}.")]
    public static partial void MessagesPutBack(ILogger logger, int count, string queue, string who);

    [LoggerMessage(3024, LogLevel.Information, "Message {Id} of queue {Queue} was forgotten by {Who}.")]
    public static partial void MessageForgotten(ILogger logger, string id, string queue, string who);

    [LoggerMessage(3030, LogLevel.Warning, "Expired idempotency keys could not be removed; trying again in an hour.")]
    public static partial void SweepFailed(ILogger logger, Exception exception);

    [LoggerMessage(3031, LogLevel.Warning, "Expired sessions could not be removed; trying again in an hour.")]
    public static partial void SessionSweepFailed(ILogger logger, Exception exception);
}
