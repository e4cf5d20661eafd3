namespace Workflows.Policies;

/// <summary>Who decides what.</summary>
/// <param name="Levels">
/// By kind of approval, such as <c>writeOff</c>, in order of rising authority. Discounts are in per cent of the list
/// price; everything else is an amount in the base currency.
/// </param>
/// <param name="ReminderHours">Business hours after which the approver is reminded.</param>
/// <param name="EscalateHours">Business hours after which the next level is asked.</param>
/// <param name="LinkDays">Calendar days a link lives.</param>
public sealed record ApprovalPolicy(
    decimal SalesDiscountPercent,
    IReadOnlyDictionary<string, IReadOnlyList<ApprovalLevel>> Levels,
    decimal ReminderHours,
    decimal EscalateHours,
    int LinkDays);

/// <summary>One level of authority.</summary>
/// <param name="Role">Who decides at it.</param>
/// <param name="UpTo">Highest value it may decide, included; null is without limit.</param>
public sealed record ApprovalLevel(StaffRole Role, decimal? UpTo);
