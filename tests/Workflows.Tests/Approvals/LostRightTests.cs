using Workflows.Approvals;
using Workflows.Approvals.Kinds;
using Workflows.Policies;
using Workflows.Trade;

namespace Workflows.Tests.Approvals;

/// <summary>Who may decide at a moment, by plain values.</summary>
public class LostRightTests
{
    private static readonly DateOnly Today = new(2026, 11, 4);

    [Theory]
    [InlineData("hanna", null, null)]
    [InlineData("viktor", null, null)]
    [InlineData("nobody", null, "Left")]
    [InlineData("jonas", null, "Role")]
    [InlineData("mei", null, "Requester")]
    [InlineData("viktor", "hanna", "Deputy")]
    public void A_person_may_decide_whose_role_is_a_level_and_who_has_no_part_in_it(
        string approver, string? absent, string? loss) =>
        Assert.Equal(loss, Right(PolicyLoader.Default(), owner: "diego").LossOf(Ask(approver, absent))?.ToString());

    [Fact]
    public void The_deals_owner_may_not_and_lends_a_deputy_nothing()
    {
        var right = Right(Away(PolicyLoader.Default(), "hanna"), owner: "hanna");

        Assert.Equal(LostRight.Owner, right.LossOf(Ask("hanna", absent: null)));
        Assert.Equal(LostRight.Deputy, right.LossOf(Ask("viktor", "hanna")));
        Assert.Null(right.AtLevel(0, silent: []));
        Assert.Equal(new Approver(new StaffId("viktor"), DelegateFor: null), right.AtLevel(1, silent: []));
    }

    [Fact]
    public void Leave_takes_the_question_away_and_not_the_right()
    {
        var right = Right(Away(PolicyLoader.Default(), "hanna"), owner: null);

        Assert.Null(right.LossOf(Ask("hanna", absent: null)));
        Assert.False(right.IsThere(Ask("hanna", absent: null)));
        Assert.Null(right.LossOf(Ask("viktor", "hanna")));
        Assert.Equal(new Approver(new StaffId("viktor"), new StaffId("hanna")), right.AtLevel(0, silent: []));
    }

    [Fact]
    public void After_a_deputy_who_holds_the_next_level_too_nobody_is_left()
    {
        var right = Right(Away(PolicyLoader.Default(), "hanna"), owner: null);

        Assert.Null(right.Above(Ask("viktor", "hanna")));
        Assert.Equal(StaffRole.Director, right.Above(Ask("hanna", absent: null))?.Role);
    }

    [Fact]
    public void At_the_last_level_a_person_who_is_away_is_asked_when_nobody_else_is_left()
    {
        var right = Right(Away(PolicyLoader.Default(), "viktor", deputies: false), owner: null);

        Assert.Equal("viktor", right.AtLevel(1, silent: [new StaffId("hanna")])?.Staff.Value);
    }

    private static RightToDecide Right(Policy policy, string? owner) => new(
        policy,
        new ApprovalRequest(
            new ApprovalId("D-1-A1"),
            new DealId("D-1"),
            ApprovalKind.Discount,
            "8% discount",
            [],
            new StaffId("mei"),
            policy.LevelsFor(ApprovalKind.Discount, 8),
            "asia-pacific",
            policy.Version),
        owner is null ? null : new StaffId(owner),
        Today);

    private static ApprovalAsk Ask(string approver, string? absent) => new(
        1, 0, StaffRole.Manager, new StaffId(approver), absent is null ? null : new StaffId(absent),
        default, default, default, default, "k1", Before: null);

    private static Policy Away(Policy policy, string id, bool deputies = true) => policy with
    {
        Staff = [.. policy.Staff.Select(member => member.Id.Value == id
            ? member with
            {
                Absences = [new Absence(Today, Today, "leave")],
                Deputy = deputies ? member.Deputy : null,
            }
            : member)],
    };
}
