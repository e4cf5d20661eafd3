namespace Workflows.Policies;

/// <summary>The first-response clock. Hours are business hours of the company.</summary>
/// <param name="NudgeAt">Share of the time after which the owner is reminded, such as 0.75.</param>
/// <param name="EscalateAt">Share after which the manager is notified, such as 1.0.</param>
/// <param name="ReassignAt">Share after which another owner takes over, such as 1.5.</param>
public sealed record FirstResponsePolicy(
    decimal HotHours, decimal WarmHours, decimal ColdHours, decimal NudgeAt, decimal EscalateAt, decimal ReassignAt);
