using System.Collections.Frozen;
using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Workflows.Web.Hosting.Shares;

namespace Workflows.Web.Hosting.Security;

/// <summary>
/// The connections of our own server, by address. One without a request under way gives way to a newer one, so that
/// nobody is shut out by connections that ask nothing.
/// </summary>
internal sealed class OpenConnections(WebOptions options)
{
    private readonly SharedCapacity _connections = new(
        options.RateLimits.Connections, options.RateLimits.ConnectionsPerAddress,
        options.KnownProxies.Select(IPAddress.Parse).Select(ClientAddress.Of).ToFrozenSet());

    /// <summary>How many there are.</summary>
    public long Count => _connections.Held;

    /// <summary>Serves a connection when there is room for it, and closes it at once when there is not.</summary>
    public ConnectionDelegate Bound(ConnectionDelegate next) => async context =>
    {
        var address = ClientAddress.Of((context.RemoteEndPoint as IPEndPoint)?.Address);
        using var holding = new Holding(_connections, address, context.Abort);
        if (holding.TryGrowTo(1))
        {
            context.Features.Set(new OpenConnection(holding));
            await next(context);
        }
        else
        {
            context.Abort();
        }
    };

    /// <summary>A connection stays as long as a request of it is under way.</summary>
    public static async Task WorkAsync(HttpContext context, RequestDelegate next)
    {
        var connection = context.Features.Get<OpenConnection>();
        connection?.Begin();
        try
        {
            await next(context);
        }
        finally
        {
            connection?.End();
        }
    }

    /// <summary>One connection, of which HTTP/2 has several requests at once.</summary>
    private sealed class OpenConnection(Holding holding)
    {
        private readonly Lock _lock = new();
        private int _requests;

        public void Begin()
        {
            lock (_lock)
            {
                if (_requests++ == 0)
                {
                    holding.LetGiveWay(false);
                }
            }
        }

        public void End()
        {
            lock (_lock)
            {
                if (--_requests == 0)
                {
                    holding.LetGiveWay(true);
                }
            }
        }
    }
}
