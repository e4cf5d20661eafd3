using System.Globalization;
using Workflows.Approvals.Kinds;
using Workflows.Policies;

namespace Workflows.Quotations;

/// <summary>
/// Who may give a discount. Limits are included; below the floor margin only the highest level decides.
/// </summary>
public static class DiscountRule
{
    /// <summary>Decides on a priced quotation, with a reason for each rule that spoke.</summary>
    public static DiscountDecision Decide(Quotation quotation, Policy policy)
    {
        var (percent, margin) = (quotation.Draft.DiscountPercent, quotation.MarginPercent);
        var isWithinSales = percent <= policy.Approvals.SalesDiscountPercent;
        var belowFloor = margin < policy.Quotations.FloorMarginPercent;
        var outcome = isWithinSales && !belowFloor ? DiscountOutcome.Free
            : DiscountSubject.LevelsFor(percent, margin, policy).Count == 0 ? DiscountOutcome.Refused
            : DiscountOutcome.NeedsApproval;
        return new DiscountDecision(
            outcome,
            [
                isWithinSales ? ExplainSales(percent, policy) : ExplainLevels(percent, policy),
                ExplainMargin(quotation, belowFloor, policy),
            ]);
    }

    private static string ExplainSales(decimal percent, Policy policy) =>
        $"A discount of {Text(percent)}% is within the {Text(policy.Approvals.SalesDiscountPercent)}% that sales may "
            + "give.";

    private static string ExplainLevels(decimal percent, Policy policy)
    {
        var own = Text(policy.Approvals.SalesDiscountPercent);
        var asked = $"A discount of {Text(percent)}% is above the {own}% of sales";
        return policy.LevelsFor(ApprovalKind.Discount, percent) switch
        {
            [{ UpTo: { } limit } lowest, ..] => $"{asked}; the {RoleOf(lowest)} decides up to {Text(limit)}%.",
            [var lowest, ..] => $"{asked}; the {RoleOf(lowest)} decides.",
            [] when policy.LevelsOf(ApprovalKind.Discount) is [.., { UpTo: { } top }] =>
                $"A discount of {Text(percent)}% is more than anybody may approve (the highest limit is {Text(top)}%).",
            [] => $"A discount of {Text(percent)}% is more than anybody may approve.",
        };
    }

    private static string ExplainMargin(Quotation quotation, bool belowFloor, Policy policy)
    {
        var floor = Text(policy.Quotations.FloorMarginPercent);
        return quotation.MarginPercent is not { } margin
            ? "The margin is unknown, because a line has no cost."
            : belowFloor
                ? $"The margin of {Text(margin)}% is below the floor of {floor}%: only the highest level decides."
                : $"The margin of {Text(margin)}% keeps the floor of {floor}%.";
    }

    private static string RoleOf(ApprovalLevel level) => level.Role.ToString().ToLowerInvariant();

    private static string Text(decimal percent) => percent.ToString("0.##", CultureInfo.InvariantCulture);
}
