using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Workflows.Azure.Durable;
using Workflows.Azure.Durable.Signals;
using Workflows.Azure.Mail;
using Workflows.Inquiries;
using Workflows.Lifecycle.Messages;
using Workflows.Platform;
using Workflows.Policies;
using Workflows.Web.Inquiries.Webhooks;
using Workflows.Web.Operations;

namespace Workflows.Azure.Triggers;

/// <summary>
/// The clock's part, in UTC. Reviews, first responses, quotations and receivables keep their own time in durable
/// orchestrations, which catch up what they missed; a timer only sees to it that these are there and move. Running one
/// of them twice, or late, does no harm. What the business itself looks after is in <see cref="SweepFunctions"/>.
/// </summary>
public sealed class TimerFunctions(
    IOrchestrationClient orchestrations,
    PolicyStore policies,
    PoisonMessages poison,
    WebhookRetention webhooks,
    DurableClient durable,
    StuckInstances stuck,
    TimeProvider clock,
    IServiceProvider services,
    ILogger<TimerFunctions> log)
{
    private const int MostReported = 20;

    /// <summary>Mails whose message was lost: every quarter of an hour.</summary>
    [Function("SweepMails")]
    public Task SweepMailsAsync([TimerTrigger("0 */15 * * * *")] TimerInfo timer, CancellationToken stopping) =>
        services.GetRequiredService<MailSweep>().RunAsync(stopping);

    /// <summary>
    /// What buyers wrote within the window after the last mail about it, and what did not come in: every five minutes.
    /// </summary>
    [Function("MessageDigests")]
    public async Task MessageDigestsAsync(
        [TimerTrigger("45 */5 * * * *")] TimerInfo timer, CancellationToken stopping)
    {
        await services.GetRequiredService<MessageDigests>().SendDueAsync(stopping);
        await services.GetRequiredService<DoorDigests>().SendDueAsync(stopping);
    }

    /// <summary>Signals whose wake-up was lost: every ten minutes.</summary>
    [Function("SweepWakeUps")]
    public Task SweepWakeUpsAsync(
        [TimerTrigger("0 */10 * * * *")] TimerInfo timer, [DurableClient] DurableTaskClient host,
        CancellationToken stopping)
    {
        durable.Use(host);
        return services.GetRequiredService<WakeUpOutbox>().SweepAsync(stopping);
    }

    /// <summary>
    /// Logs what an admin must look at, every day before work begins in Europe. Alerts look for these lines.
    /// </summary>
    [Function("HealthAlerts")]
    public async Task ReportHealthAsync(
        [TimerTrigger("0 0 5 * * *")] TimerInfo timer, [DurableClient] DurableTaskClient host,
        CancellationToken stopping)
    {
        durable.Use(host);
        foreach (var instance in await ReadAsync(OrchestrationStatus.Failed, _ => Task.FromResult(true), stopping))
        {
            Log.InstanceFailed(log, instance.InstanceId, instance.Orchestration, instance.LastUpdatedAt);
        }

        foreach (
            var instance in await ReadAsync(
                OrchestrationStatus.Running, each => stuck.IsStuckAsync(each, stopping), stopping))
        {
            Log.InstanceStuck(log, instance.InstanceId, instance.Orchestration, instance.LastUpdatedAt);
        }

        foreach (var message in (await poison.LatestAsync(MostReported, stopping)).Latest)
        {
            Log.PoisonWaits(log, message.Queue, message.At);
        }
    }

    /// <summary>
    /// What the policy no longer keeps: every night. What deals, invoices and approvals were stays in their tables.
    /// </summary>
    [Function("PurgeExpired")]
    public async Task PurgeExpiredAsync(
        [TimerTrigger("0 30 2 * * *")] TimerInfo timer, [DurableClient] DurableTaskClient host,
        CancellationToken stopping)
    {
        durable.Use(host);
        var (now, days) = (clock.GetUtcNow(), policies.Current.Retention);
        var ended = new InstanceQuery { EndedBefore = now.AddDays(-days.EndedInstanceDays) };
        var instances = 0;
        while (await orchestrations.PurgeAsync(ended, stopping) is > 0 and var purged)
        {
            instances += purged;
        }

        Log.PurgeExpired(log, instances, await webhooks.ForgetAsync(now.AddDays(-days.WebhookDays), stopping));
    }

    private async Task<List<OrchestrationState>> ReadAsync(
        OrchestrationStatus status, Func<OrchestrationState, Task<bool>> fits, CancellationToken stopping)
    {
        var found = new List<OrchestrationState>();
        var query = new InstanceQuery { Statuses = [status], PageSize = 1000 };
        var pages = Pages.ReadAllAsync(
            from => orchestrations.QueryAsync(query with { Continuation = from }, stopping));
        await foreach (var page in pages)
        {
            foreach (var instance in page.Items)
            {
                if (await fits(instance))
                {
                    found.Add(instance);
                }

                if (found.Count == MostReported)
                {
                    return found;
                }
            }
        }

        return found;
    }
}
