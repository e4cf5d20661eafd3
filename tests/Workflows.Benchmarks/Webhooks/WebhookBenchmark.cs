using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using Workflows.Benchmarks.Measures;
using Workflows.Benchmarks.Storage;

namespace Workflows.Benchmarks.Webhooks;

/// <summary>
/// Correctly signed inquiries to a serve process, from so many clients of an outside process, each on a connection of
/// its own: the time of the 202, paced (all of them together send so many a second) and flat out (each sends as soon as
/// it is answered, which asks for more than the machine can carry on with and measures the standing in line).
/// Then the process is killed and started again, and every inquiry that was answered 202 must be known to it.
/// </summary>
internal sealed class WebhookBenchmark
{
    private const int WarmUp = 500;

    private readonly string _secret = "whsec_" + Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
    private int _next;

    public static async Task<WebhookFigures> RunAsync(Arguments arguments)
    {
        var requests = arguments.Number("--requests", 5_000);
        var clients = arguments.Number("--clients", 64);
        var rate = arguments.Number("--rate", 128);
        using var file = new BenchmarkFile(arguments);
        return await new WebhookBenchmark().RunAsync(file, requests, clients, rate);
    }

    private async Task<WebhookFigures> RunAsync(BenchmarkFile file, int requests, int clients, int rate)
    {
        double firstReady;
        LoadFigures paced;
        LoadFigures flatOut;
        double cpu;
        double rss;
        using (var serve = await ServeProcess.StartAsync(file.FilePath, _secret))
        {
            firstReady = serve.ReadyMs;
            await LoadAsync(serve.Address, WarmUp, clients, TimeSpan.Zero);
            paced = await LoadAsync(serve.Address, requests, clients, TimeSpan.FromSeconds((double)clients / rate));
            flatOut = await LoadAsync(serve.Address, requests, clients, TimeSpan.Zero);
            (cpu, rss) = (serve.CpuSeconds(), serve.PeakRssMiB());
            await serve.KillAsync();
        }

        using var again = await ServeProcess.StartAsync(file.FilePath, _secret);
        var lost = await CountLostAsync(again.Address, clients);
        return new WebhookFigures(
            clients, firstReady, again.ReadyMs, paced, flatOut, _next, lost, cpu, rss, Durations.Round(file.SizeMiB()));
    }

    private async Task<LoadFigures> LoadAsync(Uri address, int requests, int clients, TimeSpan pace)
    {
        var durations = new Durations(requests);
        var last = _next + requests;
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, clients).Select(client => Task.Run(async () =>
        {
            using var http = NewClient();
            await Task.Delay(pace * client / clients, TimeProvider.System);
            for (var number = TakeNumber(last); number > 0; number = TakeNumber(last))
            {
                using var request = SignedInquiry.Create(address, _secret, number);
                var sent = Stopwatch.GetTimestamp();
                using var answer = await http.SendAsync(request);
                var took = Stopwatch.GetElapsedTime(sent);
                durations.Add(took);
                await ExpectAsync(answer, number, isDuplicate: false);
                await Task.Delay(pace > took ? pace - took : TimeSpan.Zero, TimeProvider.System);
            }
        })));
        var elapsed = Stopwatch.GetElapsedTime(started);
        return new LoadFigures(requests, Durations.Round(requests / elapsed.TotalSeconds), durations.Percentiles());
    }

    /// <summary>Sends everything once more: what was durable is answered as a repetition.</summary>
    private async Task<int> CountLostAsync(Uri address, int clients)
    {
        using var http = NewClient();
        var lost = 0;
        await Parallel.ForEachAsync(
            Enumerable.Range(1, _next),
            new ParallelOptions { MaxDegreeOfParallelism = clients },
            async (number, cancellation) =>
            {
                using var request = SignedInquiry.Create(address, _secret, number);
                using var answer = await http.SendAsync(request, cancellation);
                var receipt = await answer.Content.ReadFromJsonAsync<Receipt>(cancellation);
                if (answer.StatusCode != HttpStatusCode.Accepted || receipt?.Duplicate != true)
                {
                    Interlocked.Increment(ref lost);
                }
            });
        return lost;
    }

    private int TakeNumber(int last)
    {
        while (true)
        {
            var seen = Volatile.Read(ref _next);
            if (seen >= last)
            {
                return 0;
            }

            if (Interlocked.CompareExchange(ref _next, seen + 1, seen) == seen)
            {
                return seen + 1;
            }
        }
    }

    private static HttpClient NewClient() =>
        new(
            new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseProxy = false,
                PooledConnectionLifetime = Timeout.InfiniteTimeSpan,
            });

    private static async Task ExpectAsync(HttpResponseMessage answer, int number, bool isDuplicate)
    {
        var body = await answer.Content.ReadAsStringAsync();
        if (answer.StatusCode != HttpStatusCode.Accepted || Json.Read<Receipt>(body).Duplicate != isDuplicate)
        {
            throw new InvalidOperationException($"Inquiry {number} was answered {(int)answer.StatusCode}: {body}");
        }
    }

    private sealed record Receipt(bool Duplicate);
}

/// <summary>Figures of one load. Times are milliseconds, from sending the request to its 202.</summary>
internal sealed record LoadFigures(int Requests, double RequestsPerSecond, Percentiles AcceptedMs);

/// <summary>Figures of one run.</summary>
/// <param name="FirstReadyMs">From process start to ready on no database.</param>
/// <param name="ReadyMs">The same on the database that the kill left.</param>
/// <param name="LostAfterKill">Inquiries answered 202 before the kill that are not known after it.</param>
internal sealed record WebhookFigures(
    int Clients,
    double FirstReadyMs,
    double ReadyMs,
    LoadFigures Paced,
    LoadFigures FlatOut,
    int Accepted,
    int LostAfterKill,
    double CpuSeconds,
    double PeakRssMiB,
    double DbMiB);
