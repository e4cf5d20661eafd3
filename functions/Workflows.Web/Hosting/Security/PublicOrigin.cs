using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.DependencyInjection;

namespace Workflows.Web.Hosting.Security;

/// <summary>
/// Sees requests as their senders do when something in front of us ends TLS: it speaks plain HTTP to us, under a host
/// name of its own choice, and every request comes from its address. A host that starts us undoes its own hop before
/// (docs/decisions/0051-whose-address-counts.md).
/// </summary>
internal static class PublicOrigin
{
    public static void Use(IApplicationBuilder app)
    {
        var options = app.ApplicationServices.GetRequiredService<WebOptions>();
        if (options.KnownProxies.Count > 0)
        {
            // Without a proxy that it knows, the framework would believe everybody.
            app.UseForwardedHeaders(Believed(options.KnownProxies));
        }

        if (options.PublicAddress.Scheme != Uri.UriSchemeHttps)
        {
            return;
        }

        var host = HostOf(options.PublicAddress);
        app.Use((context, next) =>
        {
            // The setting says it, no header: a browser that reaches us past the proxy gets cookies that a browser
            // drops.
            if (!context.Request.IsHttps)
            {
                context.Request.Scheme = Uri.UriSchemeHttps;
                context.Request.Host = host;
            }

            return next(context);
        });
    }

    /// <summary>An address as browsers write it in an Origin.</summary>
    public static string Of(Uri address) => $"{address.Scheme}://{HostOf(address)}";

    // Only the last hop is believed, and only when it is a proxy of ours: the rest of the list is the sender's
    // invention. Not the options that all of the process shares: those are the host's, whose hop says more than a
    // proxy's.
    private static ForwardedHeadersOptions Believed(IEnumerable<string> proxies)
    {
        var forwarded = new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedFor,
            ForwardLimit = 1,
        };

        // The framework knows the loopback addresses by itself; anybody on this machine has one.
        forwarded.KnownIPNetworks.Clear();
        forwarded.KnownProxies.Clear();
        foreach (var proxy in proxies)
        {
            forwarded.KnownProxies.Add(
                IPAddress.TryParse(proxy, out var address)
                    ? address
                    : throw new FormatException($"The known proxy '{proxy}' is no network address."));
        }

        return forwarded;
    }

    // The default port left out, other scripts in ASCII.
    private static HostString HostOf(Uri address)
    {
        var name = address.HostNameType == UriHostNameType.Dns ? address.IdnHost : address.Host;
        return address.IsDefaultPort ? new HostString(name) : new HostString(name, address.Port);
    }
}
