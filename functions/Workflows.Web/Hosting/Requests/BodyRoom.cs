using System.Collections.Frozen;
using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Workflows.Web.Hosting.Problems;
using Workflows.Web.Hosting.Security;
using Workflows.Web.Hosting.Shares;

namespace Workflows.Web.Hosting.Requests;

/// <summary>
/// The memory that bodies of requests under way may take, counted by what has come and not by what was announced. While
/// it comes, a stranger's body may be cut off for a newer one: one that comes at its sender's leisure holds up nobody.
/// </summary>
internal sealed class BodyRoom(RateLimitOptions options)
{
    private readonly SharedCapacity _room = new(
        options.BodyBytes, options.BodyBytesPerAddress, FrozenSet<IPAddress>.Empty);

    /// <summary>Bytes that are held now.</summary>
    public long Held => _room.Held;

    /// <summary>Within which a body must be here.</summary>
    public TimeSpan Timeout => options.BodyTimeout;

    /// <summary>Begins a body. What it holds is given back when the request ends.</summary>
    public BodyShare Open(HttpContext context)
    {
        // The server's own part of the request, which outlives the context: a body may be cut off as its request ends.
        var request = context.Features.GetRequiredFeature<IHttpRequestLifetimeFeature>();
        var address = ClientAddress.Of(context.Connection.RemoteIpAddress);
        var share = new BodyShare(
            new Holding(_room, address, request.Abort),
            retryAfter: Math.Max(1, (int)Math.Ceiling(options.Window.TotalSeconds / 6)));
        if (context.User.Identity?.IsAuthenticated == true)
        {
            // A large body of ours would be the first to give way to many small ones of strangers.
            share.Keep();
        }

        context.Response.RegisterForDispose(share);
        return share;
    }
}

/// <summary>
/// What one body holds. It is cut off with its connection: an answer would leave the rest of it to be read and thrown
/// away.
/// </summary>
internal sealed class BodyShare(Holding holding, int retryAfter) : IDisposable
{
    /// <summary>The server keeps what comes in blocks of this size: a body of one byte takes one too.</summary>
    private const int Block = 4096;

    private long _blocks;

    /// <summary>Notes how much of the body is here.</summary>
    /// <exception cref="ProblemException">503 when there is no room for it.</exception>
    public void Hold(long bytes)
    {
        var blocks = bytes / Block + 1;
        if (blocks != _blocks && !holding.TryGrowTo(blocks * Block))
        {
            throw new ProblemException(ProblemType.Busy) { RetryAfter = retryAfter };
        }

        _blocks = blocks;
    }

    /// <summary>It is never cut off from now on: all of it is here and worked on, or its sender is known.</summary>
    public void Keep() => holding.LetGiveWay(false);

    public void Dispose() => holding.Dispose();
}
