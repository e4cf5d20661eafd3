using System.Text.Json;

namespace Workflows.Policies;

/// <summary>Every kind of approval has levels of authority, they rise, and staff hold each.</summary>
internal static class AuthorityRules
{
    private const string Discount = "discount";

    // The kinds of approvals are known above this folder; a test holds that the built-in policy names each.
    private static readonly string[] Kinds = KindsOf(PolicyLoader.DefaultDocument);

    public static IEnumerable<PolicyError> Check(Policy policy)
    {
        var levels = policy.Approvals.Levels;
        return
        [
            .. Kinds.Except(levels.Keys).Select(kind => new PolicyError(PathOf(kind), "is missing.")),
            .. levels.Keys.Except(Kinds).Select(kind => new PolicyError(
                PathOf(kind), $"is no kind of approval; there are {string.Join(", ", Kinds)}.")),
            .. levels.SelectMany(kind => Rise(
                policy,
                kind.Value,
                PathOf(kind.Key),
                above: kind.Key == Discount ? policy.Approvals.SalesDiscountPercent : null)),
            .. levels.Where(kind => kind.Key != Discount).SelectMany(kind => MustEndOpen(kind.Value, PathOf(kind.Key))),
        ];
    }

    private static string PathOf(string kind) => $"/approvals/levels/{kind}";

    private static string[] KindsOf(byte[] document)
    {
        using var policy = JsonDocument.Parse(document);
        var levels = policy.RootElement.GetProperty("approvals").GetProperty("levels");
        return [.. levels.EnumerateObject().Select(kind => kind.Name)];
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

    // A discount may be beyond every level; a customer's credit or a bad debt must find an approver.
    private static IEnumerable<PolicyError> MustEndOpen(IReadOnlyList<ApprovalLevel> levels, string path)
    {
        if (levels.Count == 0 || levels[^1].UpTo is not null)
        {
            yield return new PolicyError(
                path, "The last level must be without a limit: somebody must be able to decide any amount.");
        }
    }
}
