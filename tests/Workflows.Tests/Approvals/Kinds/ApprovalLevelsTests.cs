using System.Text.Json;
using Workflows.Approvals.Kinds;
using Workflows.Policies;

namespace Workflows.Tests.Approvals.Kinds;

public class ApprovalLevelsTests
{
    private static readonly ApprovalLevel Manager = new(StaffRole.Manager, 10);
    private static readonly ApprovalLevel Finance = new(StaffRole.Finance, 20);
    private static readonly ApprovalLevel Director = new(StaffRole.Director, UpTo: null);

    [Theory]
    [InlineData(0.00, "Manager Finance Director")]
    [InlineData(10.00, "Manager Finance Director")]
    [InlineData(10.01, "Finance Director")]
    [InlineData(20.00, "Finance Director")]
    [InlineData(20.01, "Director")]
    [InlineData(1_000_000.00, "Director")]
    [InlineData(null, "Director")]
    public void Levels_whose_limit_reaches_the_value_decide(double? value, string roles)
    {
        var policy = Subjects.Policy.With(ApprovalKind.Credit, Manager, Finance, Director);

        Assert.Equal(roles, string.Join(' ', policy.LevelsFor(ApprovalKind.Credit, (decimal?)value).Roles()));
    }

    [Theory]
    [InlineData(20.01)]
    [InlineData(null)]
    public void Nobody_decides_what_no_limit_reaches(double? value)
    {
        var policy = Subjects.Policy.With(ApprovalKind.Discount, Manager, Finance);

        Assert.Empty(policy.LevelsFor(ApprovalKind.Discount, (decimal?)value));
    }

    [Fact]
    public void The_built_in_policy_has_levels_for_each_kind_and_for_nothing_else() =>
        Assert.Equal(
            Enum.GetNames<ApprovalKind>().Select(JsonNamingPolicy.CamelCase.ConvertName).Order(),
            Subjects.Policy.Approvals.Levels.Keys.Order());
}
