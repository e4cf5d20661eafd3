using Workflows.Facts;
using Workflows.Platform;
using Workflows.Reviews;
using Workflows.Trade;
using static Workflows.Tests.Reviews.Given;
using PolicyStore = Workflows.Policies.PolicyStore;

namespace Workflows.Tests.Reviews;

public class ReviewScheduleTests
{
    [Fact]
    public async Task A_month_is_reviewed_at_the_policys_hour_and_then_the_next()
    {
        await using var scenario = await StartAsync("2025-10-15T00:00Z", Received("D-1", "2025-10-14T03:00Z"));

        await scenario.AdvanceToAsync(At("2025-11-03T00:59Z"));
        Assert.Empty(await MonthsAsync(scenario));

        await scenario.AdvanceToAsync(At("2025-11-03T01:00Z"));
        Assert.Equal(["2025-10"], await MonthsAsync(scenario));
        var state = await scenario.Client.GetAsync("review-2025-10", scenario.Bound);
        Assert.Equal(OrchestrationStatus.Completed, state!.Status);
        Assert.Equal(2, (await scenario.MailsAsync<ReviewReady>()).Count);

        await scenario.AdvanceToAsync(At("2025-12-03T01:00Z"));
        Assert.Equal(["2025-11", "2025-10"], await MonthsAsync(scenario));
    }

    [Fact]
    public async Task Months_that_passed_while_nothing_ran_are_caught_up_each_once()
    {
        await using var scenario = await StartAsync("2025-10-15T00:00Z", Received("D-1", "2025-10-14T03:00Z"));

        // As after a long downtime: the clock is far past the due time when the timer is looked at again.
        scenario.Clock.Advance(At("2026-01-20T00:00Z") - scenario.Clock.GetUtcNow());
        await scenario.SettleAsync();

        Assert.Equal(["2025-12", "2025-11", "2025-10"], await MonthsAsync(scenario));
        Assert.Equal(6, (await scenario.MailsAsync<ReviewReady>()).Count);
    }

    [Fact]
    public async Task A_schedule_that_starts_late_catches_up_a_month_in_which_something_happened()
    {
        await using var scenario = await StartAsync("2025-11-15T00:00Z", Received("D-1", "2025-10-14T03:00Z"));

        Assert.Equal(["2025-10"], await MonthsAsync(scenario));
    }

    [Fact]
    public async Task A_fresh_home_does_not_review_the_time_before_it()
    {
        await using var scenario = await StartAsync("2025-11-15T00:00Z");

        Assert.Empty(await MonthsAsync(scenario));
        await scenario.AdvanceToAsync(At("2025-12-03T01:00Z"));
        Assert.Equal(["2025-11"], await MonthsAsync(scenario));
    }

    [Fact]
    public async Task Starting_it_again_or_under_another_policy_doubles_nothing()
    {
        await using var scenario = await StartAsync("2025-10-15T00:00Z", Received("D-1", "2025-10-14T03:00Z"));
        await scenario.RestartAsync();
        await ReviewSchedule.EnsureStartedAsync(scenario.Client, scenario.Get<PolicyStore>(), scenario.Bound);
        var other = new PolicyStore(Policy with { Version = "test-2" });
        await ReviewSchedule.EnsureStartedAsync(scenario.Client, other, scenario.Bound);

        await scenario.AdvanceToAsync(At("2025-11-03T01:00Z"));

        Assert.Equal(["2025-10"], await MonthsAsync(scenario));
        Assert.Equal(2, (await scenario.MailsAsync<ReviewReady>()).Count);
    }

    [Fact]
    public async Task A_review_asked_for_in_mid_month_does_not_stand_in_the_way_of_the_scheduled_one()
    {
        await using var scenario = await StartAsync("2025-10-15T00:00Z", Received("D-1", "2025-10-14T03:00Z"));
        await scenario.Get<ReviewService>().RequestAsync("2025-10", new StaffId("lena"), scenario.Bound);

        await scenario.AdvanceToAsync(At("2025-11-03T01:00Z"));

        var review = (await ReviewRepository.FindAsync(scenario.Tables, "2025-10", scenario.Bound))!;
        Assert.Equal((false, StaffId.System), (review.Report.IsProvisional, review.By));
        Assert.Equal(4, (await scenario.MailsAsync<ReviewReady>()).Count);
    }

    private static async Task<Scenario> StartAsync(string at, params Fact[] facts)
    {
        var scenario = await Scenario.StartAsync(_ => Policy, At(at));
        await FactLog.WriteAsync(scenario.Tables, facts, Policy, scenario.Bound);
        await ReviewSchedule.EnsureStartedAsync(scenario.Client, scenario.Get<PolicyStore>(), scenario.Bound);
        await scenario.SettleAsync();
        return scenario;
    }

    private static async Task<IReadOnlyList<string>> MonthsAsync(Scenario scenario) =>
        [.. (await scenario.Get<ReviewService>().ListAsync(12, null, scenario.Bound)).Items
            .Select(review => review.Month)];
}
