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
    private static readonly TimeSpan Afterwards = TimeSpan.FromSeconds(45);

    public static async Task<UnfinishedPostsFigures> RunAsync(Arguments arguments)
    {
        var posts = arguments.Number("--posts", 1_500);
        var bytes = arguments.Number("--kilobytes", 750) * 1000;
        var addresses = arguments.Number("--addresses", 1);
        using var file = new BenchmarkFile(arguments);
        var secret = "whsec_" + Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
        using var serve = await ServeProcess.StartAsync(file.FilePath, secret);

        // A server that has worked a while holds more than a fresh one, whoever comes.
        using (var warm = new CancellationTokenSource(TimeSpan.FromSeconds(8), TimeProvider.System))
        {
            await new Bystander(serve.Address, secret, perSecond: 200).RunAsync(warm.Token);
        }

        await Task.Delay(TimeSpan.FromSeconds(3), TimeProvider.System);
        var before = serve.RssMiB();
        using var over = new CancellationTokenSource(Held, TimeProvider.System);
        var others = new Bystander(serve.Address, secret, perSecond: 20).RunAsync(over.Token);
        var peak = PeakAsync(serve, over.Token);
        await Task.WhenAll(Enumerable.Range(0, posts).Select(
            number => Task.Run(() => PostAsync(serve.Address, number, bytes, addresses, over.Token))));
        var figures = new UnfinishedPostsFigures(
            posts, addresses, before, await peak, Durations.Round(await peak - before), RssMiBAfter: 0, await others);
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

    private static async Task<double> PeakAsync(ServeProcess serve, CancellationToken over)
    {
        var peak = 0.0;
        while (!over.IsCancellationRequested)
        {
            peak = Math.Max(peak, serve.RssMiB());
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, CancellationToken.None);
        }

        return peak;
    }
}

/// <summary>Figures of one run.</summary>
/// <param name="RssMiBBefore">Of the server, warm.</param>
/// <param name="RssMiBAfter">Of the server, three quarters of a minute after the posts were given up.</param>
internal sealed record UnfinishedPostsFigures(
    int Posts, int Addresses, double RssMiBBefore, double RssMiBPeak, double RssMiBMore, double RssMiBAfter,
    BystanderFigures Others);
