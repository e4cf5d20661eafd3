using System.Collections.Frozen;
using System.Net;
using Microsoft.AspNetCore.Http;
using Workflows.Web.Hosting.Problems;
using Workflows.Web.Hosting.Security;
using Workflows.Web.Hosting.Shares;

namespace Workflows.Web.Hosting.Requests;

/// <summary>
/// The memory that bodies of requests under way may take, counted by what has come and not by what was announced. While
/// it comes, a body may be cut off for a newer one: one that comes at its sender's leisure holds up nobody.
/// </summary>
internal sealed class BodyRoom(RateLimitOptions options)
{
    private readonly SharedCapacity _room = new(
        options.BodyBytes, options.BodyBytesPerAddress, FrozenSet<IPAddress>.Empty);

    /// <summary>Bytes that are held now.</summary>
    public long Held => _room.Held;

    /// <summary>Begins a body. What it holds is given back when the request ends.</summary>
    public BodyShare Open(HttpContext context)
    {
        var share = new BodyShare(
            _room, ClientAddress.Of(context.Connection.RemoteIpAddress),
            retryAfter: Math.Max(1, (int)Math.Ceiling(options.Window.TotalSeconds / 6)));
        context.Response.RegisterForDispose(share);
        return share;
    }
}

/// <summary>What one body holds.</summary>
internal sealed class BodyShare : IDisposable
{
    /// <summary>The server keeps what comes in blocks of this size: a body of one byte takes one too.</summary>
    private const int Block = 4096;

    private readonly CancellationTokenSource _cutOff = new();
    private readonly Holding _holding;
    private readonly int _retryAfter;
    private long _blocks;

    public BodyShare(SharedCapacity room, IPAddress address, int retryAfter)
    {
        _holding = new Holding(room, address, () => _ = _cutOff.CancelAsync());
        _retryAfter = retryAfter;
    }

    /// <summary>Set when it has to give way.</summary>
    public CancellationToken CutOff => _cutOff.Token;

    /// <summary>503: it was cut off, or is not let in.</summary>
    public ProblemException Busy => new(ProblemType.Busy) { RetryAfter = _retryAfter };

    /// <summary>Notes how much of the body is here.</summary>
    /// <exception cref="ProblemException">503 when there is no room for it.</exception>
    public void Hold(long bytes)
    {
        var blocks = bytes / Block + 1;
        if (blocks != _blocks && !_holding.TryGrowTo(blocks * Block))
        {
            throw Busy;
        }

        _blocks = blocks;
    }

    /// <summary>All of it is here: from now on it is worked on, and never cut off.</summary>
    public void Keep() => _holding.LetGiveWay(false);

    public void Dispose() => _holding.Dispose();
}
