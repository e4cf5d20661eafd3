using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using Workflows.Azure.Durable;
using Workflows.Platform;
using Workflows.Policies;
using Workflows.Reviews;
using Workflows.Sweeps;

namespace Workflows.Azure.Triggers;

/// <summary>
/// The business's own timers, in UTC. The business knows its periods in the company's zone and does each once, so they
/// tick more often than there is something to do: a tick that was missed is made up for by the next one.
/// </summary>
public sealed class SweepFunctions(
    Sweeper sweeper, IOrchestrationClient orchestrations, PolicyStore policies, DurableClient durable,
    ILogger<SweepFunctions> log)
{
    /// <summary>
    /// Unsettled invoices that nobody chases, once a working day: every half hour, until it was done.
    /// </summary>
    [Function("DailyReceivables")]
    public Task DailyReceivablesAsync(
        [TimerTrigger("0 5,35 * * * *")] TimerInfo timer, [DurableClient] DurableTaskClient host,
        CancellationToken stopping) =>
        SweepAsync(SweepKind.Receivables, host, stopping);

    /// <summary>Other deals that nothing moves, once a working day: every half hour, until it was done.</summary>
    [Function("DailyDeals")]
    public Task DailyDealsAsync(
        [TimerTrigger("0 10,40 * * * *")] TimerInfo timer, [DurableClient] DurableTaskClient host,
        CancellationToken stopping) =>
        SweepAsync(SweepKind.Deals, host, stopping);

    /// <summary>
    /// Buyers who wait for us, once in each hour of work: every quarter of an hour, until it was done.
    /// </summary>
    [Function("ResponseSweep")]
    public Task ResponseSweepAsync(
        [TimerTrigger("30 */15 * * * *")] TimerInfo timer, [DurableClient] DurableTaskClient host,
        CancellationToken stopping) =>
        SweepAsync(SweepKind.Responses, host, stopping);

    /// <summary>
    /// The schedule that starts each month's review, and those of months that were missed: every six hours, so that a
    /// first deployment has it the same day.
    /// </summary>
    [Function("MonthlyReviews")]
    public Task MonthlyReviewsAsync(
        [TimerTrigger("0 20 */6 * * *")] TimerInfo timer, [DurableClient] DurableTaskClient host,
        CancellationToken stopping)
    {
        durable.Use(host);
        return ReviewSchedule.EnsureStartedAsync(orchestrations, policies, stopping);
    }

    private async Task SweepAsync(SweepKind kind, DurableTaskClient host, CancellationToken stopping)
    {
        durable.Use(host);
        if (await sweeper.RunAsync(kind, stopping) is { } report)
        {
            Log.Swept(
                log, kind, report.Period, report.Looked, report.Unattended, report.NotLookedAt, report.MailsSent,
                report.MailsPutOff);
        }
    }
}
