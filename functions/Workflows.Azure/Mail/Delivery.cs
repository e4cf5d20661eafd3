namespace Workflows.Azure.Mail;

/// <summary>What became of one try.</summary>
internal enum DeliveryVerdict
{
    /// <summary>The provider has it.</summary>
    Sent,

    /// <summary>The provider does not have it, and may take it later.</summary>
    Temporary,

    /// <summary>The provider will never take it.</summary>
    Permanent,

    /// <summary>The provider may have it: its answer did not come.</summary>
    Unknown,
}

/// <summary>What became of one try.</summary>
/// <param name="Reason">Why not, for people; empty when it went out.</param>
/// <param name="ProviderId">The provider's id of it, when it went out.</param>
/// <param name="RetryAfter">How long the provider asks to wait.</param>
internal sealed record Delivery(
    DeliveryVerdict Verdict, string Reason = "", string? ProviderId = null, TimeSpan? RetryAfter = null);
