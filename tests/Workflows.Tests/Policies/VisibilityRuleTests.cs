using Workflows.Policies;
using Workflows.Trade;

namespace Workflows.Tests.Policies;

public class VisibilityRuleTests
{
    private static readonly DateOnly Today = new(2026, 11, 4);

    private static readonly Policy Policy = PolicyLoader.Default() with
    {
        Staff =
        [
            Person("ann", StaffRole.Sales, "gulf"),
            Person("bob", StaffRole.Sales, "gulf") with { Deputy = new StaffId("cid") },
            Person("cid", StaffRole.Sales, "emea"),
            Person("max", StaffRole.Manager, "gulf"),
            Person("eva", StaffRole.Manager, "emea"),
            Person("top", StaffRole.Director, "gulf"),
        ],
    };

    [Theory]
    [InlineData(RowScope.Own, "ann", "ann", true)]
    [InlineData(RowScope.Own, "bob", "ann", false)]
    [InlineData(RowScope.Own, "max", "ann", false)]
    [InlineData(RowScope.Team, "bob", "ann", true)]
    [InlineData(RowScope.Team, "cid", "ann", false)]
    [InlineData(RowScope.Team, "max", "ann", true)]
    [InlineData(RowScope.Team, "eva", "ann", false)]
    [InlineData(RowScope.Team, "ann", "max", false)]
    [InlineData(RowScope.Team, "top", "ann", true)]
    [InlineData(RowScope.Region, "ann", "cid", true)]
    [InlineData(RowScope.Region, "eva", "ann", false)]
    [InlineData(RowScope.Region, "cid", "cid", true)]
    [InlineData(RowScope.All, "eva", "ann", true)]
    public void A_scope_holds_one_s_own_and_what_it_names(
        RowScope scope, string person, string owner, bool isCovered) =>
        Assert.Equal(isCovered, Covers(Policy, scope, person, owner));

    [Theory]
    [InlineData(RowScope.Own, false)]
    [InlineData(RowScope.Team, false)]
    [InlineData(RowScope.Region, false)]
    [InlineData(RowScope.All, true)]
    public void A_person_whom_the_staff_list_does_not_name_owns_nothing(RowScope scope, bool isCovered) =>
        Assert.Equal(isCovered, Covers(Policy, scope, "nobody", "nobody"));

    [Theory]
    [InlineData(null)]
    [InlineData("left-last-year")]
    public void What_nobody_of_the_staff_has_waits_for_those_who_lead_its_region(string? owner)
    {
        Assert.True(Covers(Policy, RowScope.Team, "max", owner));
        Assert.True(Covers(Policy, RowScope.Team, "top", owner));
        Assert.False(Covers(Policy, RowScope.Team, "eva", owner));
        Assert.False(Covers(Policy, RowScope.Team, "ann", owner));
        Assert.False(Covers(Policy, RowScope.Own, "ann", owner));
    }

    [Fact]
    public void A_stand_in_counts_as_the_owner_while_the_owner_is_away_and_not_before_or_after()
    {
        var away = Policy with
        {
            Staff =
            [
                .. Policy.Staff.Select(member => member.Id.Value == "bob"
                    ? member with { Absences = [new Absence(Today, Today, "Leave.")] }
                    : member),
            ],
        };

        Assert.True(Covers(away, RowScope.Own, "cid", "bob"));
        Assert.True(Covers(away, RowScope.Own, "bob", "bob"));
        Assert.False(Covers(away, RowScope.Own, "ann", "bob"));
        Assert.False(VisibilityRule.Covers(away, RowScope.Own, new StaffId("cid"), Row("bob"), Today.AddDays(1)));
        Assert.False(VisibilityRule.Covers(away, RowScope.Own, new StaffId("cid"), Row("bob"), Today.AddDays(-1)));
    }

    [Fact]
    public void The_manager_whom_the_staff_list_names_goes_before_those_of_the_region()
    {
        var named = Policy with
        {
            Staff =
            [
                .. Policy.Staff.Select(member => member.Id.Value == "ann"
                    ? member with { Manager = new StaffId("eva") }
                    : member),
            ],
        };

        Assert.True(Covers(named, RowScope.Team, "eva", "ann"));
        Assert.False(Covers(named, RowScope.Team, "max", "ann"));
        Assert.True(Covers(named, RowScope.Team, "cid", "ann"));
    }

    [Fact]
    public void Two_people_who_are_each_other_s_manager_lead_each_other_and_nothing_hangs()
    {
        var circle = Policy with
        {
            Staff =
            [
                Person("ann", StaffRole.Sales, "gulf") with { Manager = new StaffId("bob") },
                Person("bob", StaffRole.Sales, "gulf") with { Manager = new StaffId("ann") },
                Person("cid", StaffRole.Sales, "emea"),
            ],
        };

        Assert.True(Covers(circle, RowScope.Team, "ann", "bob"));
        Assert.False(Covers(circle, RowScope.Team, "cid", "ann"));
    }

    private static bool Covers(Policy policy, RowScope scope, string person, string? owner) =>
        VisibilityRule.Covers(policy, scope, new StaffId(person), Row(owner), Today);

    private static RowOwner Row(string? owner) =>
        RowOwner.Of(Policy, owner is null ? null : new StaffId(owner), country: "SA");

    private static StaffMember Person(string id, StaffRole role, string region) => new(
        new StaffId(id), id, id + "@ridgewater.example", role, [region], Languages: [], Products: [], MaxOpenDeals: 9,
        Absences: [], Deputy: null);
}
