using Workflows.Platform;

namespace Workflows.Azure.Mail;

/// <summary>What became of one try.</summary>
/// <param name="Reason">Why not, for people; empty when it went out.</param>
/// <param name="ProviderId">The provider's id of it, when it went out.</param>
/// <param name="RetryAfter">How long the provider asks to wait.</param>
internal sealed record Delivery(
    DeliveryVerdict Verdict, string Reason = "", string? ProviderId = null, TimeSpan? RetryAfter = null);
