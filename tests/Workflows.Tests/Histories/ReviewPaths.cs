using Workflows.Lifecycle;
using Workflows.Policies;
using Workflows.Reviews;
using Workflows.Trade;

namespace Workflows.Tests.Histories;

/// <summary>The months around a deal.</summary>
internal static class ReviewPaths
{
    public static IReadOnlyList<LifecyclePath> All { get; } =
    [
        new("monthly-review", Stage.Paid, async deal =>
        {
            var scenario = deal.Scenario;
            await ReviewSchedule.EnsureStartedAsync(scenario.Client, scenario.Get<PolicyStore>(), scenario.Bound);
            await deal.OrderAsync();
            await SalesPaths.PayAllAsync(deal);
            await scenario.AdvanceAsync(TimeSpan.FromDays(40));
            await scenario.Get<ReviewService>().RequestAsync("2026-11", new StaffId("hanna"), scenario.Bound);
            await ReviewSchedule.EnsureStartedAsync(scenario.Client, scenario.Get<PolicyStore>(), scenario.Bound);
            await scenario.SettleAsync();
        }),
    ];
}
