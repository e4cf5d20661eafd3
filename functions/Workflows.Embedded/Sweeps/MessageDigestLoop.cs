using Workflows.Inquiries;
using Workflows.Lifecycle.Messages;

namespace Workflows.Embedded.Sweeps;

/// <summary>
/// Mails owners what buyers wrote shortly after the last mail, and managers what did not come in, on the business's
/// clock.
/// </summary>
internal sealed class MessageDigestLoop(
    MessageDigests digests, DoorDigests door, TimeProvider clock, ILogger<MessageDigestLoop> log)
    : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                await Task.Delay(Interval, clock, stoppingToken);
                await SendAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopping.
        }
    }

    private async Task SendAsync(CancellationToken cancellation)
    {
        try
        {
            await digests.SendDueAsync(cancellation);
            await door.SendDueAsync(cancellation);
        }
        catch (Exception exception) when (!cancellation.IsCancellationRequested)
        {
            Log.DigestsFailed(log, exception);
        }
    }
}
