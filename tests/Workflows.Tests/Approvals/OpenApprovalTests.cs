using Workflows.Approvals;
using Workflows.Approvals.Kinds;
using Workflows.Policies;
using Workflows.Tests.Approvals.Kinds;

namespace Workflows.Tests.Approvals;

public class OpenApprovalTests : ApprovalCase
{
    [Fact]
    public async Task What_was_opened_keeps_its_levels_and_words_when_the_policy_changes()
    {
        var first = await OpenAsync(Scenario.Policy);
        var second = await OpenAsync(
            Scenario.Policy.With(ApprovalKind.Discount, new ApprovalLevel(StaffRole.Director, 15)));

        Assert.Equal((2, 2), (first.Levels, second.Levels));
        var file = (await Service.GetAsync(Id, Scenario.Bound))!;
        Assert.Equal([StaffRole.Manager, StaffRole.Director], file.Request.Levels.Roles());
        Assert.Equal(AuditEntry.Fingerprint(file.Request), Assert.Single(file.Audit).Shown);
    }

    [Fact]
    public async Task What_nobody_may_decide_is_recorded_and_expires_at_once()
    {
        await AskAsync(Request(discountPercent: 15.01m));

        var outcome = await OutcomeAsync();
        Assert.Equal(
            (ApprovalVerdict.Expired, "The policy names nobody who may decide this."),
            (outcome.Verdict, outcome.Comment));
        Assert.Empty((await Service.GetAsync(Id, Scenario.Bound))!.Request.Levels);
    }

    [Fact]
    public void The_version_of_the_deals_policy_is_shown_or_else_that_of_the_day_it_is_asked()
    {
        var asked = Request() with { PolicyVersion = "2026-10" };

        Assert.Equal("2026-10", Shown(asked, Scenario.Policy).PolicyVersion);
        Assert.Equal("2026-11", Shown(asked with { PolicyVersion = null }, Scenario.Policy).PolicyVersion);
    }

    [Fact]
    public void Days_overdue_are_counted_in_the_companys_zone()
    {
        // Half past midnight of 5 November in Shanghai.
        var now = new DateTimeOffset(2026, 11, 4, 16, 30, 0, TimeSpan.Zero);

        var request = ApprovalRequest.Of(Request() with { Subject = Subjects.WriteOff }, Scenario.Policy, now);

        Assert.Contains(new ApprovalFact("Due", "2026-10-31, 5 days overdue"), request.Facts);
    }

    private static ApprovalRequest Shown(ApprovalInput input, Policy policy) =>
        ApprovalRequest.Of(input, policy, Scenario.Morning);

    private Task<OpenedApproval> OpenAsync(Policy policy) => Scenario.InActivityAsync(
        context => new OpenApproval(new PolicyStore(policy)).RunAsync(context, Request()));
}
