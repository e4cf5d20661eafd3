using Workflows.Platform;
using Workflows.Policies;
using Workflows.Web.Inquiries.Webhooks;

namespace Workflows.Embedded.Retention;

/// <summary>
/// Lets go of what the policy no longer keeps: histories of instances that ended, raw copies of webhooks. Now and then,
/// in small steps, on the business's clock. What deals, invoices and approvals were stays in their tables.
/// </summary>
internal sealed class RetentionLoop(
    IOrchestrationClient orchestrations, WebhookRetention webhooks, PolicyStore policies, TimeProvider clock,
    ILogger<RetentionLoop> log)
    : BackgroundService
{
    // Not right at the start, when there is more urgent work.
    private static readonly TimeSpan FirstAfter = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Interval = TimeSpan.FromHours(6);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            for (var pause = FirstAfter; ; pause = Interval)
            {
                await Task.Delay(pause, clock, stoppingToken);
                await SweepAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopping.
        }
    }

    private async Task SweepAsync(CancellationToken cancellation)
    {
        try
        {
            var (now, days) = (clock.GetUtcNow(), policies.Current.Retention);
            var purged = await PurgeAsync(now.AddDays(-days.EndedInstanceDays), cancellation);
            var forgotten = await webhooks.ForgetAsync(now.AddDays(-days.WebhookDays), cancellation);
            if (purged + forgotten > 0)
            {
                Log.PurgeExpired(log, purged, forgotten);
            }
        }
        catch (Exception exception) when (!cancellation.IsCancellationRequested)
        {
            Log.RetentionFailed(log, exception);
        }
    }

    private async Task<int> PurgeAsync(DateTimeOffset endedBefore, CancellationToken cancellation)
    {
        var purged = 0;
        while (
            await orchestrations.PurgeAsync(
                new InstanceQuery { EndedBefore = endedBefore }, cancellation) is > 0 and var some)
        {
            purged += some;
        }

        return purged;
    }
}
