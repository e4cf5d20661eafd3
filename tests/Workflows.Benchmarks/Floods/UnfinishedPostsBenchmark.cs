using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Workflows.Benchmarks.Measures;
using Workflows.Benchmarks.Storage;
using Workflows.Benchmarks.Webhooks;

namespace Workflows.Benchmarks.Floods;

/// <summary>
/// Webhooks with good headers and a wrong signature, whose bodies stop before their last byte: how much memory they
/// take of the server, whether it comes back, and what a well-behaved sender waits meanwhile.
/// </summary>
internal static class UnfinishedPostsBenchmark
{
    private static readonly TimeSpan Held = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Afterwards = TimeSpan.FromSeconds(30);

    public static async Task<UnfinishedPostsFigures> RunAsync(Arguments arguments)
    {
        var posts = arguments.Number("--posts", 1_500);
        var bytes = arguments.Number("--kilobytes", 750) * 1000;
        var addresses = arguments.Number("--addresses", 1);
        using var file = new BenchmarkFile(arguments);
        var secret = "whsec_" + Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
        using var serve = await ServeProcess.StartAsync(file.FilePath, secret);

        // A server that works grows by itself: the flood is compared with the same time before it.
        await new Bystander(serve.Address, secret, perSecond: 400).RunAsync(WarmUp);
        var quiet = PeakAsync(serve, Held);
        await new Bystander(serve.Address, secret, perSecond: 20).RunAsync(Held);
        var others = new Bystander(serve.Address, secret, perSecond: 20).RunAsync(Held);
        var flooded = PeakAsync(serve, Held);
        using var over = new CancellationTokenSource(Held, TimeProvider.System);
        await Task.WhenAll(Enumerable.Range(0, posts).Select(
            number => Task.Run(() => PostAsync(serve.Address, number, bytes, addresses, over.Token))));
        var figures = new UnfinishedPostsFigures(
            posts, addresses, await quiet, await flooded, Durations.Round(await flooded - await quiet), RssMiBAfter: 0,
            await others);
        await Task.Delay(Afterwards, TimeProvider.System);
        return figures with { RssMiBAfter = serve.RssMiB() };
    }

    private static async Task PostAsync(Uri server, int number, int bytes, int addresses, CancellationToken over)
    {
        var from = new IPAddress([127, 1, (byte)(number % addresses / 250), (byte)(1 + number % addresses % 250)]);
        try
        {
            using var connection = await RawConnection.OpenAsync(from, server, over);
            await connection.SendAsync(RawRequests.Unauthentic("standard", number, bytes), over);
            var part = new byte[10_000];
            for (var left = bytes - 1; left > 0; left -= part.Length)
            {
                await connection.SendAsync(part.AsMemory(0, Math.Min(left, part.Length)), over);
            }

            await connection.UntilClosedAsync(over);
        }
        catch (Exception ended) when (ended is SocketException or OperationCanceledException)
        {
            // Refused, cut off, or the time is over.
        }
    }

    private static async Task<double> PeakAsync(ServeProcess serve, TimeSpan time)
    {
        var started = Stopwatch.GetTimestamp();
        var peak = 0.0;
        while (Stopwatch.GetElapsedTime(started) < time)
        {
            peak = Math.Max(peak, serve.RssMiB());
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        }

        return peak;
    }
}

/// <summary>Figures of one run.</summary>
/// <param name="RssMiBQuiet">Of the server, at most, in the time before the flood.</param>
/// <param name="RssMiBPeak">The same in the time of the flood.</param>
/// <param name="RssMiBAfter">Of the server, half a minute after the posts were given up.</param>
internal sealed record UnfinishedPostsFigures(
    int Posts, int Addresses, double RssMiBQuiet, double RssMiBPeak, double RssMiBMore, double RssMiBAfter,
    BystanderFigures Others);
