using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.DependencyInjection;
using Workflows.Web.Hosting.Keys;
using Workflows.Web.Hosting.Problems;
using Workflows.Web.Inquiries.Webhooks;

namespace Workflows.Web.Hosting.Security;

/// <summary>How much one client may ask of us. Numbers are requests per <see cref="Window"/>.</summary>
public sealed class RateLimitOptions
{
    /// <summary>The window; counted in sixths, so that a burst cannot straddle two windows.</summary>
    public TimeSpan Window { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Per network address, without a key: approval links, pages before sign-in.</summary>
    public int Anonymous { get; set; } = 300;

    /// <summary>Per API key or signed-in person.</summary>
    public int PerKey { get; set; } = 3000;

    /// <summary>Per network address, for signing in.</summary>
    public int SignIn { get; set; } = 20;

    /// <summary>Per platform. Webhooks have a bucket of their own: a busy console never costs an inquiry.</summary>
    public int Webhooks { get; set; } = 50_000;

    /// <summary>Webhooks under way at once; as many again may queue, the rest is answered 503.</summary>
    public int ConcurrentWebhooks { get; set; } = 256;

    /// <summary>How long the body of a webhook may take to come in; then it is answered 408.</summary>
    public TimeSpan WebhookPatience { get; set; } = TimeSpan.FromSeconds(15);
}

/// <summary>Marks the routes that have a bucket of their own.</summary>
internal sealed record RateBucket(string Name)
{
    public static RateBucket Webhooks { get; } = new("webhooks");

    public static RateBucket SignIn { get; } = new("sign-in");

    /// <summary>
    /// Never limited, so that no flood makes a process look dead. For answers out of memory only: assets, and probes,
    /// which share one look at the store.
    /// </summary>
    public static RateBucket Free { get; } = new("free");
}

internal static class RateLimits
{
    public static void Add(IServiceCollection services, RateLimitOptions options) => services.AddRateLimiter(limiter =>
    {
        limiter.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(context => Rate(context, options));
        limiter.OnRejected = (rejected, _) =>
        {
            var wait = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var after)
                ? after
                : options.Window / 6;
            throw new ProblemException(ProblemType.RateLimited)
            {
                RetryAfter = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)),
            };
        };
    });

    private static RateLimitPartition<string> Rate(HttpContext context, RateLimitOptions options)
    {
        var bucket = BucketOf(context);
        if (bucket == RateBucket.Free)
        {
            return RateLimitPartition.GetNoLimiter("free");
        }

        // A platform that is not ours has no bucket: names could be made up without end.
        if (bucket == RateBucket.Webhooks && PlatformOf(context) is { } platform)
        {
            return Window($"webhooks {platform}", options.Webhooks, options);
        }

        if (bucket == RateBucket.SignIn)
        {
            return Window($"sign-in {AddressOf(context)}", options.SignIn, options);
        }

        return Actor.KeyIdOf(context.User) is { } key
            ? Window($"key {key}", options.PerKey, options)
            : Window($"address {AddressOf(context)}", options.Anonymous, options);
    }

    private static RateLimitPartition<string> Window(string key, int permits, RateLimitOptions options) =>
        RateLimitPartition.GetSlidingWindowLimiter(key, _ => new()
        {
            PermitLimit = permits,
            Window = options.Window,
            SegmentsPerWindow = 6,
            AutoReplenishment = true,
        });

    private static string? PlatformOf(HttpContext context) =>
        context.Request.RouteValues["platform"] is string name
            ? context.RequestServices.GetRequiredService<WebhookSources>().Find(name)?.Name
            : null;

    private static RateBucket? BucketOf(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<RateBucket>();

    private static string AddressOf(HttpContext context) => context.Connection.RemoteIpAddress?.ToString() ?? "";
}
