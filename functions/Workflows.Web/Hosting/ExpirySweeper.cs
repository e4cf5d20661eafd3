using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Workflows.Platform;
using Workflows.Web.Hosting.Idempotency;
using Workflows.Web.Hosting.Sessions;

namespace Workflows.Web.Hosting;

/// <summary>Removes expired idempotency keys and sessions, once an hour.</summary>
internal sealed class ExpirySweeper(
    IdempotencyKeys keys, OpenSessions sessions, TimeProvider clock, ILogger<ExpirySweeper> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromHours(1), clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await keys.SweepAsync(stoppingToken);
                await SweepSessionsAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException)
        {
            // Stopping.
        }
    }

    private async Task SweepSessionsAsync(CancellationToken cancellation)
    {
        try
        {
            await sessions.SweepAsync(clock.GetUtcNow(), cancellation);
        }
        catch (HomeUnavailableException exception)
        {
            Log.SessionSweepFailed(logger, exception);
        }
    }
}
