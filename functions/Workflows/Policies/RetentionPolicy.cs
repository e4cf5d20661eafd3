namespace Workflows.Policies;

/// <summary>How long ended things stay.</summary>
/// <param name="EndedInstanceDays">
/// Calendar days after which an ended instance's history is purged; ledger, timeline and audit stay.
/// </param>
/// <param name="WebhookDays">Calendar days a webhook's raw copy stays; at least 30.</param>
public sealed record RetentionPolicy(int EndedInstanceDays, int WebhookDays);
