using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Workflows.Web.Hosting.Requests;

namespace Workflows.Web.Hosting.Security;

/// <summary>What our own server takes from strangers. On Azure the platform's front end has its own limits.</summary>
public static class KestrelLimits
{
    /// <summary>Bounds bodies, headers, connections and waiting times.</summary>
    public static IWebHostBuilder UseWorkflowsLimits(this IWebHostBuilder host) =>
        host.ConfigureKestrel((_, kestrel) =>
        {
            kestrel.AddServerHeader = false;
            var limits = kestrel.Limits;
            limits.MaxRequestBodySize = BodyLimits.Json;
            limits.MaxRequestLineSize = 8 * 1024;
            limits.MaxRequestHeadersTotalSize = 16 * 1024;
            limits.MaxRequestHeaderCount = 64;
            limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
            limits.KeepAliveTimeout = TimeSpan.FromMinutes(2);
            limits.MinRequestBodyDataRate = new MinDataRate(bytesPerSecond: 240, gracePeriod: TimeSpan.FromSeconds(5));
            limits.MaxConcurrentConnections = 10_000;
        });
}
