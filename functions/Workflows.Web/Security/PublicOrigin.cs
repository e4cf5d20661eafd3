using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.DependencyInjection;

namespace Workflows.Web.Security;

/// <summary>
/// Sees requests as their senders do when something in front of us ends TLS: it speaks plain HTTP to us, under a host name
/// of its own choice, and every request comes from its address.
/// </summary>
internal static class PublicOrigin
{
    public static void Add(IServiceCollection services, WebOptions options) => services.Configure<ForwardedHeadersOptions>(forwarded =>
    {
        // Only the last hop is believed, and only when it is a proxy of ours: the rest of the list is the sender's invention.
        forwarded.ForwardedHeaders = ForwardedHeaders.XForwardedFor;
        forwarded.ForwardLimit = 1;
        foreach (var proxy in options.KnownProxies)
        {
            forwarded.KnownProxies.Add(System.Net.IPAddress.Parse(proxy));
        }
    });

    public static void Use(IApplicationBuilder app)
    {
        app.UseForwardedHeaders();
        var address = app.ApplicationServices.GetRequiredService<WebOptions>().PublicAddress;
        if (address.Scheme != Uri.UriSchemeHttps)
        {
            return;
        }

        // As browsers write it in an Origin: the default port left out, other scripts in ASCII.
        var name = address.HostNameType == UriHostNameType.Dns ? address.IdnHost : address.Host;
        var host = address.IsDefaultPort ? new HostString(name) : new HostString(name, address.Port);
        app.Use((context, next) =>
        {
            // The setting says it, no header: whoever reaches us past the proxy gets cookies that a browser drops.
            if (!context.Request.IsHttps)
            {
                context.Request.Scheme = Uri.UriSchemeHttps;
                context.Request.Host = host;
            }

            return next(context);
        });
    }
}
