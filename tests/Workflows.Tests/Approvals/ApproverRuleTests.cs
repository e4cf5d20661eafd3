using Workflows.Approvals;
using Workflows.Policies;
using Workflows.Trade;

namespace Workflows.Tests.Approvals;

public class ApproverRuleTests
{
    private static readonly DateOnly Today = new(2026, 11, 4);

    [Fact]
    public void Who_leads_the_region_goes_before_who_leads_all()
    {
        var policy = With(Person("all"), Person("gulf", regions: ["gulf"]), Person("emea", regions: ["emea"]));

        Assert.Equal("gulf", Choose(policy, "gulf"));
        Assert.Equal("all", Choose(policy, "americas"));
    }

    [Fact]
    public void The_requester_and_a_deputy_who_is_the_requester_are_passed_over()
    {
        var policy = With(Person("ann", deputy: "bob", away: true), Person("bob"), Person("cid"));

        Assert.Equal("cid", Choose(policy, "gulf", requester: "bob"));
        Assert.Equal("bob for ann", Choose(policy, "gulf"));
    }

    [Fact]
    public void A_deputy_who_is_away_passes_it_on_and_a_circle_of_absent_people_ends_it()
    {
        Assert.Equal(
            "cid for ann",
            Choose(With(Person("ann", "bob", away: true), Person("bob", "cid", away: true), Person("cid")), "gulf"));
        Assert.Null(Choose(With(Person("ann", "bob", away: true), Person("bob", "ann", away: true)), "gulf"));
        Assert.Null(Choose(With(Person("ann", away: true)), "gulf"));
    }

    [Fact]
    public void Where_nobody_else_is_left_a_person_who_is_away_is_asked_but_never_the_requester()
    {
        var policy = With(Person("ann", away: true));

        Assert.Equal(
            "ann", ApproverRule.ChooseEvenIfAway(policy, StaffRole.Manager, "gulf", [new StaffId("mei")])!.Staff.Value);
        Assert.Null(ApproverRule.ChooseEvenIfAway(policy, StaffRole.Manager, "gulf", [new StaffId("ann")]));
    }

    private static string? Choose(Policy policy, string region, string requester = "mei") =>
        ApproverRule.Choose(policy, StaffRole.Manager, region, [new StaffId(requester)], Today) is { } approver
            ? approver.Staff + (approver.DelegateFor is { } absent ? $" for {absent}" : "")
            : null;

    private static Policy With(params StaffMember[] staff) => PolicyLoader.Default() with { Staff = staff };

    private static StaffMember Person(string id, string? deputy = null, bool away = false, string[]? regions = null) =>
        new(
        new StaffId(id),
        id,
        id + "@ridgewater.example",
        StaffRole.Manager,
        regions ?? [],
        [],
        [],
        0,
        away ? [new Absence(Today, Today, "leave")] : [],
        deputy is null ? null : new StaffId(deputy));
}
