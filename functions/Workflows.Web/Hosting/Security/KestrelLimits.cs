using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Workflows.Web.Hosting.Requests;

namespace Workflows.Web.Hosting.Security;

/// <summary>What our own server takes from strangers. On Azure the platform's front end has its own limits.</summary>
public static class KestrelLimits
{
    /// <summary>
    /// What one connection may have sent that nobody has read yet, in bytes; it may take twice as much memory. Bodies
    /// are read as they come, so this is what a request keeps that waits for something else.
    /// </summary>
    private const int Unread = 16 * 1024;

    /// <summary>The same for a stream of HTTP/2; the least that it allows (RFC 9113, 6.9.2).</summary>
    private const int Http2Window = 64 * 1024 - 1;

    /// <summary>Bounds bodies, headers, connections and waiting times.</summary>
    public static IWebHostBuilder UseWorkflowsLimits(this IWebHostBuilder host) =>
        host.ConfigureKestrel((_, kestrel) =>
        {
            kestrel.AddServerHeader = false;
            var limits = kestrel.Limits;
            limits.MaxRequestBodySize = BodyLimits.Json;
            limits.MaxRequestBufferSize = Unread;
            limits.MaxRequestLineSize = 2 * HeaderLimits.RequestLine;
            limits.MaxRequestHeadersTotalSize = 2 * HeaderLimits.Total;
            limits.MaxRequestHeaderCount = 2 * HeaderLimits.Count;
            limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
            limits.KeepAliveTimeout = TimeSpan.FromMinutes(2);
            limits.MinRequestBodyDataRate = new MinDataRate(bytesPerSecond: 240, gracePeriod: TimeSpan.FromSeconds(5));
            limits.Http2.InitialConnectionWindowSize = 2 * Http2Window;
            limits.Http2.InitialStreamWindowSize = Http2Window;

            // The outermost of a connection, before TLS: who has too many costs no handshake.
            kestrel.ConfigureEndpointDefaults(listen => listen.Use(
                next => listen.ApplicationServices.GetRequiredService<OpenConnections>().Bound(next)));
        });
}
