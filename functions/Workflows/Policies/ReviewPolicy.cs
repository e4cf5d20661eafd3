namespace Workflows.Policies;

/// <summary>The monthly review.</summary>
/// <param name="Day">Day of the following month, 1 to 28.</param>
/// <param name="Hour">Hour of that day in the company's zone.</param>
/// <param name="DiscountBudgetPercent">Discounts given may reach this share of list value.</param>
public sealed record ReviewPolicy(int Day, int Hour, decimal DiscountBudgetPercent);
