using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Workflows.Benchmarks.Measures;
using Workflows.Benchmarks.Storage;
using Workflows.Benchmarks.Webhooks;

namespace Workflows.Benchmarks.Floods;

/// <summary>
/// The source <c>standard</c> floods from one address, as fast as so many clients are answered: copies of one delivery,
/// new inquiries, or deliveries with a wrong signature. What another source waits for its 202 meanwhile.
/// </summary>
internal sealed class WebhookFloodBenchmark
{
    private static readonly IPAddress Address = IPAddress.Parse("127.0.0.2");

    private readonly string _secret = "whsec_" + Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
    private readonly ConcurrentDictionary<string, int> _answers = [];
    private int _next;

    public static async Task<WebhookFloodFigures> RunAsync(Arguments arguments)
    {
        var kind = arguments.Text("--kind") ?? "copies";
        var clients = arguments.Number("--clients", 128);
        var seconds = arguments.Number("--seconds", 10);
        using var file = new BenchmarkFile(arguments);
        return await new WebhookFloodBenchmark().RunAsync(file, kind, clients, TimeSpan.FromSeconds(seconds));
    }

    private async Task<WebhookFloodFigures> RunAsync(BenchmarkFile file, string kind, int clients, TimeSpan time)
    {
        using var serve = await ServeProcess.StartAsync(file.FilePath, _secret);
        await new Bystander(serve.Address, _secret, perSecond: 100).RunAsync(TimeSpan.FromSeconds(5));
        await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System);
        var quiet = await new Bystander(serve.Address, _secret, perSecond: 20).RunAsync(time);
        var copy = RawRequests.Inquiry("standard", _secret, 0);
        Func<byte[]> next = kind switch
        {
            "copies" => () => copy,
            "new" => () => RawRequests.Inquiry("standard", _secret, Interlocked.Increment(ref _next)),
            "unauthentic" => () =>
                [.. RawRequests.Unauthentic("standard", Interlocked.Increment(ref _next), 20_000), .. new byte[20_000]],
            _ => throw new ArgumentException($"--kind is copies, new or unauthentic, not '{kind}'."),
        };
        using var over = new CancellationTokenSource(time, TimeProvider.System);
        var flood = Enumerable.Range(0, clients).Select(
            _ => Task.Run(() => FloodAsync(serve.Address, next, over.Token)));
        var others = new Bystander(serve.Address, _secret, perSecond: 20).RunAsync(time);
        await Task.WhenAll(flood);
        var answers = new SortedDictionary<string, int>(_answers, StringComparer.Ordinal);
        return new WebhookFloodFigures(
            kind, clients, Durations.Round(answers.Values.Sum() / time.TotalSeconds), answers, quiet, await others);
    }

    private async Task FloodAsync(Uri server, Func<byte[]> next, CancellationToken over)
    {
        while (!over.IsCancellationRequested)
        {
            try
            {
                using var connection = await RawConnection.OpenAsync(Address, server, over);
                int? status;
                do
                {
                    status = await connection.AskAsync(next(), over);
                    var answer = status?.ToString(CultureInfo.InvariantCulture) ?? "closed";
                    _answers.AddOrUpdate(answer, 1, (_, count) => count + 1);
                }
                while (status is not null);
            }
            catch (Exception ended) when (ended is SocketException or OperationCanceledException)
            {
                // Refused, or the time is over.
            }
        }
    }
}

/// <summary>Figures of one run.</summary>
/// <param name="Answers">What the flood was answered, by status.</param>
/// <param name="Quiet">What the other source saw before the flood.</param>
/// <param name="Others">What it saw during the flood.</param>
internal sealed record WebhookFloodFigures(
    string Kind, int Clients, double FloodPerSecond, IReadOnlyDictionary<string, int> Answers, BystanderFigures Quiet,
    BystanderFigures Others);
