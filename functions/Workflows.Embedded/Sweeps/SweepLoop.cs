using Workflows.Sweeps;

namespace Workflows.Embedded.Sweeps;

/// <summary>
/// Looks after the business's sweeps, on the business's clock: more often than there is something to do, since each
/// period is swept once.
/// </summary>
internal sealed class SweepLoop(Sweeper sweeper, TimeProvider clock, ILogger<SweepLoop> log) : BackgroundService
{
    // The first not right at the start, when what was missed is being caught up.
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(15);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                await Task.Delay(Interval, clock, stoppingToken);
                foreach (var kind in Enum.GetValues<SweepKind>())
                {
                    await SweepAsync(kind, stoppingToken);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopping.
        }
    }

    private async Task SweepAsync(SweepKind kind, CancellationToken cancellation)
    {
        try
        {
            if (await sweeper.RunAsync(kind, cancellation) is { } report && report.MailsSent + report.MailsPutOff > 0)
            {
                Log.Unattended(log, kind, report.Period, report.Unattended, report.MailsSent, report.MailsPutOff);
            }
        }
        catch (Exception exception) when (!cancellation.IsCancellationRequested)
        {
            Log.SweepFailed(log, kind, exception);
        }
    }
}
