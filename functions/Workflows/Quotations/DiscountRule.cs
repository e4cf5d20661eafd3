using System.Globalization;
using Workflows.Approvals.Kinds;
using Workflows.Policies;
using Workflows.Trade;

namespace Workflows.Quotations;

/// <summary>
/// Who may give a discount. Limits are included; below the floor margin only the highest level decides. What is not
/// known passes no check: an offer with an unknown cost asks an approver, and a list price that is lower than the one
/// before counts as a discount.
/// </summary>
public static class DiscountRule
{
    /// <summary>Decides on a priced quotation, with a reason for each rule that spoke.</summary>
    public static DiscountDecision Decide(Quotation quotation, Policy policy)
    {
        var (percent, margin) = (quotation.JudgedDiscountPercent, quotation.MarginPercent);
        var isWithinSales = percent <= policy.Approvals.SalesDiscountPercent;
        var belowFloor = margin < policy.Quotations.FloorMarginPercent;
        var cheap = CheapLines(quotation, policy);
        var isFree = isWithinSales && margin is not null && !belowFloor && cheap.Count == 0;
        var levels = DiscountSubject.LevelsFor(
            quotation.Draft.DiscountPercent, quotation.EffectiveDiscountPercent, margin, policy);
        var outcome = isFree ? DiscountOutcome.Free
            : levels.Count == 0 ? DiscountOutcome.Refused
            : DiscountOutcome.NeedsApproval;
        return new DiscountDecision(
            outcome,
            [
                .. quotation.EffectiveDiscountPercent is { } effective ? [ExplainListPrices(effective)] : (string[])[],
                isWithinSales ? ExplainSales(percent, policy) : ExplainLevels(percent, policy),
                ExplainMargin(quotation, belowFloor, policy),
                .. cheap,
            ]);
    }

    private static List<string> CheapLines(Quotation quotation, Policy policy) =>
    [
        .. from line in quotation.Draft.Lines
           let product = policy.Scoring.Products.FirstOrDefault(product =>
               string.Equals(product.Sku, line.Sku.Trim(), StringComparison.OrdinalIgnoreCase))
           where product is not null
           let price = QuotationPricing.NetPrice(line, quotation.Draft)
           where policy.Company.ToBase(price) < policy.Company.ToBase(product.Floor)
           select $"The price of {line.Sku}, {price.Rounded()} after discount, is below the policy's floor of "
               + $"{product.Floor}: an approver decides.",
    ];

    private static string ExplainListPrices(decimal percent) =>
        $"The list prices are lower than in offers before: against those the discount is {Text(percent)}%.";

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
            ? $"The margin is unknown, because no cost is given for {string.Join(", ", quotation.UnknownCosts ?? [])}: "
                + $"the floor of {floor}% is not proven, and an approver decides."
            : belowFloor
                ? $"The margin of {Text(margin)}% is below the floor of {floor}%: only the highest level decides."
                : $"The margin of {Text(margin)}% keeps the floor of {floor}%.";
    }

    private static string RoleOf(ApprovalLevel level) => level.Role.ToString().ToLowerInvariant();

    private static string Text(decimal percent) => percent.ToString("0.##", CultureInfo.InvariantCulture);
}
