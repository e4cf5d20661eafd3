using System.Globalization;
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
        var (percent, levels) = (quotation.Draft.DiscountPercent, policy.Approvals.Discount);
        var byDiscount = percent <= policy.Approvals.SalesDiscountPercent ? -1 : FirstLevelFor(percent, levels);
        var belowFloor = quotation.MarginPercent < policy.Quotations.FloorMarginPercent;
        var reasons =
            new List<string> { Explain(percent, byDiscount, policy), ExplainMargin(quotation, belowFloor, policy) };
        if (byDiscount is null || belowFloor && levels.Count == 0)
        {
            return new DiscountDecision(DiscountOutcome.Refused, null, reasons);
        }

        var first = belowFloor ? levels.Count - 1 : byDiscount.Value;
        return first < 0
            ? new DiscountDecision(DiscountOutcome.Free, null, reasons)
            : new DiscountDecision(DiscountOutcome.NeedsApproval, first, reasons);
    }

    private static int? FirstLevelFor(decimal percent, IReadOnlyList<ApprovalLevel> levels)
    {
        for (var level = 0; level < levels.Count; level++)
        {
            if (levels[level].UpTo is not { } limit || percent <= limit)
            {
                return level;
            }
        }

        return null;
    }

    private static string Explain(decimal percent, int? level, Policy policy)
    {
        var own = policy.Approvals.SalesDiscountPercent;
        return level switch
        {
            -1 => $"A discount of {Text(percent)}% is within the {Text(own)}% that sales may give.",
            { } index => policy.Approvals.Discount[index] switch
            {
                { UpTo: { } limit } named =>
                    $"A discount of {Text(percent)}% is above the {Text(own)}% of sales; the {RoleOf(named)} decides "
                        + $"up to {Text(limit)}%.",
                var named =>
                    $"A discount of {Text(percent)}% is above the {Text(own)}% of sales; the {RoleOf(named)} decides.",
            },
            null => $"A discount of {Text(percent)}% is more than anybody may approve"
                + (
                    policy.Approvals.Discount is [
                        .., { UpTo: { } top }] ? $" (the highest limit is {Text(top)}%)." : "."),
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
