namespace Workflows.Policies;

/// <summary>Who decides what. Levels are in order of rising authority.</summary>
/// <param name="Discount">By discount in per cent of the list price; a level's limit is included.</param>
/// <param name="Credit">By amount over the limit in the base currency.</param>
/// <param name="WriteOff">By amount in the base currency.</param>
/// <param name="ReminderHours">Business hours after which the approver is reminded.</param>
/// <param name="EscalateHours">Business hours after which the next level is asked.</param>
/// <param name="LinkDays">Calendar days a link lives.</param>
public sealed record ApprovalPolicy(
    decimal SalesDiscountPercent,
    IReadOnlyList<ApprovalLevel> Discount,
    IReadOnlyList<ApprovalLevel> Credit,
    IReadOnlyList<ApprovalLevel> WriteOff,
    decimal ReminderHours,
    decimal EscalateHours,
    int LinkDays);

/// <summary>One level of authority.</summary>
/// <param name="Role">Who decides at it.</param>
/// <param name="UpTo">Highest value it may decide, included; null is without limit.</param>
public sealed record ApprovalLevel(StaffRole Role, decimal? UpTo);
