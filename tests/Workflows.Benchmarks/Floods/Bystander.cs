using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Workflows.Benchmarks.Measures;

namespace Workflows.Benchmarks.Floods;

/// <summary>
/// A well-behaved sender beside a flood: signed inquiries of the source <c>other</c> from an address of its own, so
/// many a second, on several connections; each tenth on a new one. Each has a thread of its own: on the pool that the
/// flood's clients share it would measure how long it waits for them.
/// </summary>
internal sealed class Bystander(Uri server, string secret, int perSecond)
{
    private const int Connections = 4;
    private const int MostRequests = 100_000;

    private static readonly IPAddress Address = IPAddress.Parse("127.0.0.3");

    // Each has numbers of its own: the same one again would be a repetition.
    private static int _last = 10_000_000;

    private readonly Durations _took = new(MostRequests);
    private int _answered;
    private int _refused;
    private int _shutOut;

    public async Task<BystanderFigures> RunAsync(TimeSpan time)
    {
        using var over = new CancellationTokenSource(time, TimeProvider.System);
        await Task.WhenAll(Enumerable.Range(0, Connections).Select(_ => Task.Factory.StartNew(
            () => Send(over.Token), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)));
        return new BystanderFigures(_answered, _refused, _shutOut, _answered == 0 ? null : _took.Percentiles());
    }

    private void Send(CancellationToken stopping)
    {
        var pace = TimeSpan.FromSeconds((double)Connections / perSecond);
        RawConnection? connection = null;
        for (var count = 1; !stopping.IsCancellationRequested; count++)
        {
            var request = RawRequests.Inquiry("other", secret, Interlocked.Increment(ref _last));
            var sent = Stopwatch.GetTimestamp();
            connection ??= TryOpen();
            var status = connection?.Ask(request);
            var took = Stopwatch.GetElapsedTime(sent);
            Count(status, took);
            if (status is null || count % 10 == 0)
            {
                connection?.Dispose();
                connection = null;
            }

            stopping.WaitHandle.WaitOne(took < pace ? pace - took : TimeSpan.Zero);
        }

        connection?.Dispose();
    }

    private void Count(int? status, TimeSpan took)
    {
        switch (status)
        {
            case 202:
                Interlocked.Increment(ref _answered);
                _took.Add(took);
                break;
            case null:
                Interlocked.Increment(ref _shutOut);
                break;
            default:
                Interlocked.Increment(ref _refused);
                break;
        }
    }

    private RawConnection? TryOpen()
    {
        try
        {
            return RawConnection.Open(Address, server);
        }
        catch (SocketException)
        {
            return null;
        }
    }
}

/// <summary>What a well-behaved sender saw.</summary>
/// <param name="Refused">Answered otherwise than 202.</param>
/// <param name="ShutOut">Not answered at all: no connection, or one that was closed.</param>
/// <param name="AcceptedMs">From sending, a new connection included, to the 202; null without one.</param>
internal sealed record BystanderFigures(int Accepted, int Refused, int ShutOut, Percentiles? AcceptedMs);
