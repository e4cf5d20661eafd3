using Workflows.Approvals;

namespace Workflows.Tests.Approvals;

public class ShortLivedLinkTests : ApprovalCase
{
    protected override Task<Scenario> StartAsync() =>
        Scenario.StartAsync(
            policy => policy with { Approvals = policy.Approvals with { LinkDays = 1, ReminderHours = 17 } });

    [Fact]
    public async Task A_link_past_its_time_decides_nothing_while_the_request_goes_on()
    {
        await AskAsync();
        var token = await LastTokenAsync();

        await Scenario.AdvanceToAsync(Thursday9.AddSeconds(-1));
        Assert.Equal(ApprovalLinkState.Open, (await OpenAsync(token)).State);
        await Scenario.AdvanceToAsync(Thursday9);

        Assert.Equal(new ApprovalView(ApprovalLinkState.Expired, null, null), await OpenAsync(token));
        Assert.IsType<DecisionResult.Expired>(await ApproveAsync(token));
        await Scenario.AdvanceToAsync(Friday9);
        Assert.IsType<DecisionResult.Recorded>(await ApproveAsync(await LastTokenAsync()));
        Assert.Equal("viktor", (await OutcomeAsync()).DecidedBy.Value);
    }
}
