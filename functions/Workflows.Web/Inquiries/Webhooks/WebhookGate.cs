using System.Threading.RateLimiting;
using Workflows.Web.Hosting.Problems;
using Workflows.Web.Hosting.Security;

namespace Workflows.Web.Inquiries.Webhooks;

/// <summary>
/// Bounds the webhooks under way at once. They enter with their body read: a slow sender holds up nobody else.
/// </summary>
internal sealed class WebhookGate(RateLimitOptions options) : IDisposable
{
    private readonly ConcurrencyLimiter _limiter = new(new()
    {
        PermitLimit = options.ConcurrentWebhooks,
        QueueLimit = options.ConcurrentWebhooks,
    });

    /// <exception cref="ProblemException">503 busy.</exception>
    public async Task<IDisposable> EnterAsync(CancellationToken cancellation)
    {
        var lease = await _limiter.AcquireAsync(permitCount: 1, cancellation);
        return lease.IsAcquired ? lease : throw new ProblemException(ProblemType.Busy)
        {
            RetryAfter = Math.Max(1, (int)Math.Ceiling(options.Window.TotalSeconds / 6)),
        };
    }

    public void Dispose() => _limiter.Dispose();
}
