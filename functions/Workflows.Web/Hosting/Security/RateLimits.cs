using System.Net;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.DependencyInjection;
using Workflows.Web.Hosting.Keys;
using Workflows.Web.Hosting.Problems;
using Workflows.Web.Hosting.Shares;
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

    /// <summary>
    /// Authentic webhooks per platform, and webhooks of any kind per platform and network address. They have buckets of
    /// their own: a busy console never costs an inquiry.
    /// </summary>
    public int Webhooks { get; set; } = 50_000;

    /// <summary>
    /// Authentic webhooks of one platform that are taken in a second, evenly; more wait for their turn. It is less than
    /// the store can take, so that a platform that floods leaves room for the others.
    /// </summary>
    public int WebhooksPerSecond { get; set; } = 500;

    /// <summary>Authentic webhooks under way at once; the copies of one count once.</summary>
    public int ConcurrentWebhooks { get; set; } = 256;

    /// <summary>
    /// Of these, those of one platform. Others find the store less busy than the platform would make it alone.
    /// </summary>
    public int ConcurrentWebhooksPerPlatform { get; set; } = 32;

    /// <summary>Webhooks of one platform that may wait for their turn; the rest is answered 503.</summary>
    public int QueuedWebhooksPerPlatform { get; set; } = 1024;

    /// <summary>
    /// Refusals in a second that one network address without a key is answered at once; the others wait.
    /// </summary>
    public int RefusalsPerSecond { get; set; } = 500;

    /// <summary>How long these wait, give or take a half: together they would come back together.</summary>
    public TimeSpan RefusalDelay { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How long the body of a webhook may take to come in; then it is answered 408.</summary>
    public TimeSpan WebhookPatience { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>The same for every other body.</summary>
    public TimeSpan BodyTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long any request may take, its body included; then it is answered 503.</summary>
    public TimeSpan RequestTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>Bytes of all bodies under way.</summary>
    public long BodyBytes { get; set; } = 12 * 1024 * 1024;

    /// <summary>Of these, bytes of one network address.</summary>
    public long BodyBytesPerAddress { get; set; } = 4 * 1024 * 1024;

    /// <summary>Connections to our own server; Azure's front end has its own.</summary>
    public int Connections { get; set; } = 10_000;

    /// <summary>Of these, connections of one network address. A known proxy has no share: it speaks for many.</summary>
    public int ConnectionsPerAddress { get; set; } = 1250;
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
        limiter.OnRejected = (rejected, _) => throw Refused(ProblemType.RateLimited, rejected.Lease, options);
    });

    /// <summary>The answer to a request that a limit refuses, and when it is worth another try.</summary>
    public static ProblemException Refused(ProblemType type, RateLimitLease lease, RateLimitOptions options)
    {
        var wait = lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : options.Window / 6;
        return new ProblemException(type) { RetryAfter = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)) };
    }

    /// <summary>So many a window, by a key.</summary>
    public static RateLimitPartition<string> Window(string key, int permits, RateLimitOptions options) =>
        RateLimitPartition.GetSlidingWindowLimiter(key, _ => new()
        {
            PermitLimit = permits,
            Window = options.Window,
            SegmentsPerWindow = 6,
            AutoReplenishment = true,
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
            // Whatever comes before it is known to be the platform's counts for its sender alone.
            return Window($"webhooks {platform} {AddressOf(context)}", options.Webhooks, options);
        }

        if (bucket == RateBucket.SignIn)
        {
            return Window($"sign-in {AddressOf(context)}", options.SignIn, options);
        }

        return Actor.KeyIdOf(context.User) is { } key
            ? Window($"key {key}", options.PerKey, options)
            : Window($"address {AddressOf(context)}", options.Anonymous, options);
    }

    private static string? PlatformOf(HttpContext context) =>
        context.Request.RouteValues["platform"] is string name
            ? context.RequestServices.GetRequiredService<WebhookSources>().Find(name)?.Name
            : null;

    private static RateBucket? BucketOf(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<RateBucket>();

    private static IPAddress AddressOf(HttpContext context) => ClientAddress.Of(context.Connection.RemoteIpAddress);
}
