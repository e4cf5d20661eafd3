namespace Workflows.Policies;

/// <summary>Levels of authority rise, and staff hold each.</summary>
internal static class AuthorityRules
{
    public static IEnumerable<PolicyError> Check(Policy policy)
    {
        var approvals = policy.Approvals;
        return
        [
            .. Rise(policy, approvals.Discount, "/approvals/discount", above: approvals.SalesDiscountPercent),
            .. Rise(policy, approvals.Credit, "/approvals/credit", above: null),
            .. Rise(policy, approvals.WriteOff, "/approvals/writeOff", above: null),
            .. MustEndOpen(approvals.Credit, "/approvals/credit"),
            .. MustEndOpen(approvals.WriteOff, "/approvals/writeOff"),
        ];
    }

    private static IEnumerable<PolicyError> Rise(
        Policy policy, IReadOnlyList<ApprovalLevel> levels, string path, decimal? above)
    {
        for (var i = 0; i < levels.Count; i++)
        {
            var level = levels[i];
            if (policy.Staff.All(member => member.Role != level.Role))
            {
                yield return new PolicyError($"{path}/{i}/role", $"Nobody of the staff is {level.Role}.");
            }

            if (level.UpTo is null && i < levels.Count - 1)
            {
                yield return new PolicyError($"{path}/{i}/upTo", "Only the last level may be without a limit.");
            }

            if (level.UpTo <= above)
            {
                yield return new PolicyError(
                    $"{path}/{i}/upTo", $"must be above {above}, which the level below may decide.");
            }

            above = level.UpTo ?? above;
        }
    }

    // A discount may be out of everybody's reach; a customer's credit or a bad debt must find an approver.
    private static IEnumerable<PolicyError> MustEndOpen(IReadOnlyList<ApprovalLevel> levels, string path)
    {
        if (levels.Count == 0 || levels[^1].UpTo is not null)
        {
            yield return new PolicyError(
                path, "The last level must be without a limit: somebody must be able to decide any amount.");
        }
    }
}
