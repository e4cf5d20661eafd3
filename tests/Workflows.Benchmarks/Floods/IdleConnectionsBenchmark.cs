using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Workflows.Benchmarks.Measures;
using Workflows.Benchmarks.Storage;
using Workflows.Benchmarks.Webhooks;

namespace Workflows.Benchmarks.Floods;

/// <summary>Connections that are opened and ask nothing: whether others still get in, and how many stay open.</summary>
internal static class IdleConnectionsBenchmark
{
    private static readonly TimeSpan Held = TimeSpan.FromSeconds(15);

    public static async Task<IdleConnectionsFigures> RunAsync(Arguments arguments)
    {
        var count = arguments.Number("--connections", 10_000);
        var addresses = arguments.Number("--addresses", 1);
        using var file = new BenchmarkFile(arguments);
        var secret = "whsec_" + Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
        using var serve = await ServeProcess.StartAsync(file.FilePath, secret);
        await new Bystander(serve.Address, secret, perSecond: 100).RunAsync(TimeSpan.FromSeconds(5));
        var before = serve.RssMiB();
        using var over = new CancellationTokenSource();
        var open = 0;
        var opened = 0;
        var idle = new List<Task>();
        for (var number = 0; number < count; number++)
        {
            idle.Add(StayAsync(number));
            if (number % 100 == 99)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System);
            }
        }

        await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System);
        var others = await new Bystander(serve.Address, secret, perSecond: 20).RunAsync(Held);
        var figures = new IdleConnectionsFigures(
            count, addresses, opened, Volatile.Read(ref open), Durations.Round(serve.RssMiB() - before), others);
        await over.CancelAsync();
        await Task.WhenAll(idle);
        return figures;

        async Task StayAsync(int number)
        {
            var from = new IPAddress([127, 1, (byte)(number % addresses / 250), (byte)(1 + number % addresses % 250)]);
            try
            {
                using var connection = await RawConnection.OpenAsync(from, serve.Address, over.Token);
                Interlocked.Increment(ref opened);
                Interlocked.Increment(ref open);
                try
                {
                    await connection.UntilClosedAsync(over.Token);
                }
                finally
                {
                    if (!over.IsCancellationRequested)
                    {
                        Interlocked.Decrement(ref open);
                    }
                }
            }
            catch (Exception ended) when (ended is SocketException or OperationCanceledException)
            {
                // Refused, closed, or the time is over.
            }
        }
    }
}

/// <summary>Figures of one run.</summary>
/// <param name="Opened">Connections that were taken at first.</param>
/// <param name="StillOpen">Of these, when the time was over.</param>
/// <param name="RssMiBMore">What the server has resident beyond what it had before them.</param>
internal sealed record IdleConnectionsFigures(
    int Connections, int Addresses, int Opened, int StillOpen, double RssMiBMore, BystanderFigures Others);
