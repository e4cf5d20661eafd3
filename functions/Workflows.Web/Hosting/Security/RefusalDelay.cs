using System.Net;
using System.Security.Cryptography;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;
using Workflows.Web.Hosting.Shares;

namespace Workflows.Web.Hosting.Security;

/// <summary>
/// Lets a network address wait for its answer once it is refused again and again without a key: who sends the next
/// request on the last answer is slowed down to a walk, and whom we would take is not held up. Addresses that nobody
/// asked from (requests within the process) never wait.
/// </summary>
internal sealed class RefusalDelay(RateLimitOptions options) : IDisposable
{
    private readonly PartitionedRateLimiter<IPAddress> _refusals =
        PartitionedRateLimiter.Create<IPAddress, IPAddress>(address => RateLimitPartition.GetTokenBucketLimiter(
            address,
            _ => new()
            {
                TokenLimit = options.RefusalsPerSecond,
                TokensPerPeriod = options.RefusalsPerSecond,
                ReplenishmentPeriod = TimeSpan.FromSeconds(1),
            }));

    /// <summary>Waits before a refusal is written. The time is real, whatever clock the business runs on.</summary>
    public Task WaitAsync(HttpContext context)
    {
        if (context.User.Identity?.IsAuthenticated == true || context.Connection.RemoteIpAddress is not { } address)
        {
            return Task.CompletedTask;
        }

        using var lease = _refusals.AttemptAcquire(ClientAddress.Of(address));
        return lease.IsAcquired
            ? Task.CompletedTask
            : Task.Delay(
                options.RefusalDelay * (RandomNumberGenerator.GetInt32(50, 150) / 100.0), TimeProvider.System,
                context.RequestAborted);
    }

    public void Dispose() => _refusals.Dispose();
}
