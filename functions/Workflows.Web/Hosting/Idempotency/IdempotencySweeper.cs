using Microsoft.Extensions.Hosting;

namespace Workflows.Web.Hosting.Idempotency;

/// <summary>Removes expired idempotency keys, once an hour.</summary>
internal sealed class IdempotencySweeper(IdempotencyKeys keys, TimeProvider clock) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromHours(1), clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await keys.SweepAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException)
        {
            // Stopping.
        }
    }
}
