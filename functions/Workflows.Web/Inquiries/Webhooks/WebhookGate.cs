using System.Threading.RateLimiting;
using Workflows.Web.Hosting.Problems;
using Workflows.Web.Hosting.Security;

namespace Workflows.Web.Inquiries.Webhooks;

/// <summary>
/// Bounds authentic webhooks by their source: how many in a window, how many a second, and how many are under way at
/// once. A source that floods waits for itself; what nobody signed never comes this far, so that no stranger uses up a
/// source's share.
/// </summary>
internal sealed class WebhookGate : IDisposable
{
    private const int MostPortionsPerSecond = 10;

    private readonly RateLimitOptions _options;
    private readonly PartitionedRateLimiter<string> _rates;
    private readonly PartitionedRateLimiter<string> _turns;

    public WebhookGate(RateLimitOptions options)
    {
        _options = options;

        // Sources are those of the settings: names that strangers make up open no bucket.
        _rates = PartitionedRateLimiter.Create<string, string>(
            source => RateLimits.Window(source, options.Webhooks, options));
        _turns = PartitionedRateLimiter.CreateChained(
            PartitionedRateLimiter.Create<string, string>(source => Pace(source, options)),
            PartitionedRateLimiter.Create<string, string>(source => AtOnce(
                source, options.ConcurrentWebhooksPerPlatform, options.QueuedWebhooksPerPlatform)),
            PartitionedRateLimiter.Create<string, string>(_ => AtOnce(
                "all", options.ConcurrentWebhooks, queued: int.MaxValue)));
    }

    /// <summary>Counts a delivery of a source.</summary>
    /// <exception cref="ProblemException">429 rate-limited.</exception>
    public void Count(string source)
    {
        using var lease = _rates.AttemptAcquire(source);
        if (!lease.IsAcquired)
        {
            throw RateLimits.Refused(ProblemType.RateLimited, lease, _options);
        }
    }

    /// <summary>Waits for a turn. Disposing ends it.</summary>
    /// <exception cref="ProblemException">503 busy.</exception>
    public async Task<IDisposable> EnterAsync(string source, CancellationToken cancellation)
    {
        var lease = await _turns.AcquireAsync(source, permitCount: 1, cancellation);
        return lease.IsAcquired ? lease : throw RateLimits.Refused(ProblemType.Busy, lease, _options);
    }

    public void Dispose()
    {
        _rates.Dispose();
        _turns.Dispose();
    }

    /// <summary>So many a second in small portions, the first come first.</summary>
    private static RateLimitPartition<string> Pace(string source, RateLimitOptions options)
    {
        var portions = Math.Min(options.WebhooksPerSecond, MostPortionsPerSecond);
        var portion = options.WebhooksPerSecond / portions;
        return RateLimitPartition.GetTokenBucketLimiter(source, _ => new()
        {
            TokenLimit = portion,
            TokensPerPeriod = portion,
            ReplenishmentPeriod = TimeSpan.FromSeconds(1) / portions,
            QueueLimit = options.QueuedWebhooksPerPlatform,
        });
    }

    private static RateLimitPartition<string> AtOnce(string key, int permits, int queued) =>
        RateLimitPartition.GetConcurrencyLimiter(
            key, _ => new() { PermitLimit = permits, QueueLimit = queued });
}
