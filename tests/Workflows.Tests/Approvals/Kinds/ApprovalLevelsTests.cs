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
    public void Levels_whose_limit_reaches_the_value_decide(double? value, string roles) =>
        Assert.Equal(
            roles,
            string.Join(' ', ApprovalLevels.LevelsFor([Manager, Finance, Director], (decimal?)value).Roles()));

    [Theory]
    [InlineData(20.01)]
    [InlineData(null)]
    public void Nobody_decides_what_no_limit_reaches(double? value) =>
        Assert.Empty(ApprovalLevels.LevelsFor([Manager, Finance], (decimal?)value));
}
