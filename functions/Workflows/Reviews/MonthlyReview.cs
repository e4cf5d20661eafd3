using Workflows.Trade;

namespace Workflows.Reviews;

/// <summary>A request to review a month.</summary>
/// <param name="Month">As <c>yyyy-MM</c>, in the company's zone.</param>
/// <param name="By">Who asked; the system for the schedule.</param>
/// <param name="IsByHand">A person asked: the review is mailed even when nothing changed.</param>
public sealed record ReviewInput(string Month, StaffId By, bool IsByHand);

/// <summary>What became of a review.</summary>
/// <param name="IsProvisional">The month was not over.</param>
/// <param name="HasChanged">The figures differ from those kept before, or there were none.</param>
/// <param name="MailsSent">How many managers and directors were told.</param>
public sealed record ReviewResult(string Month, bool IsProvisional, bool HasChanged, int MailsSent);
