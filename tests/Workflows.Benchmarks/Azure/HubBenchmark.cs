using System.Diagnostics;
using System.Net;
using Workflows.Azure.Tests.DurableHost;
using Workflows.Azure.Tests.Emulator;
using Workflows.Azure.Tests.Story;
using Workflows.Benchmarks.Measures;

namespace Workflows.Benchmarks.Azure;

/// <summary>
/// Signed inquiries to the Azure home, on Durable's own host and the storage emulator, all in this process: the time of
/// the 202, and how long after the first one the last deal has an owner. The queues have been empty for long before.
/// </summary>
internal static class HubBenchmark
{
    private const string LastActivity = "PublishDeal";

    public static async Task<HubFigures> RunAsync(Arguments arguments)
    {
        var requests = arguments.Number("--requests", 100);
        var clients = arguments.Number("--clients", 16);
        var pause = TimeSpan.FromSeconds(arguments.Number("--polling", 10));
        var settings = new HubSettings(
            arguments.Number("--partitions", 4), arguments.Number("--concurrent", 20), pause,
            arguments.Flag("--sessions"));
        await using var home = await AzureStory.StartAsync(settings);
        var assigned = new Assigned();
        var publish = home.Durable.Activities[LastActivity];
        home.Durable.Activities[LastActivity] = async (input, stopping) =>
        {
            var result = await publish(input, stopping);
            assigned.Add();
            return result;
        };
        using var end = new CancellationTokenSource();
        var listening = home.Queues.ListenAsync(pause, end.Token);
        await Task.Delay(pause * 2, TimeProvider.System);

        var before = await CountRequestsAsync(home);
        var accepted = new Durations(requests);
        var started = Stopwatch.GetTimestamp();
        await Parallel.ForEachAsync(
            Enumerable.Range(1, requests),
            new ParallelOptions { MaxDegreeOfParallelism = clients },
            async (number, _) =>
            {
                var sent = Stopwatch.GetTimestamp();
                using var answer = await home.DeliverAsync($"evt_{number:D8}", Inquiry(number));
                accepted.Add(Stopwatch.GetElapsedTime(sent));
                if (answer.StatusCode != HttpStatusCode.Accepted)
                {
                    throw new InvalidOperationException($"Inquiry {number} was answered {(int)answer.StatusCode}.");
                }
            });
        var lastAccepted = Stopwatch.GetElapsedTime(started);
        while (assigned.Count < requests)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System);
        }

        var figures = new HubFigures(
            settings.Partitions, settings.Concurrent, pause.TotalSeconds, settings.KeepsSessions,
            accepted.Percentiles(),
            Durations.Round(lastAccepted.TotalSeconds),
            Durations.Round((assigned.FirstAt - started) / (double)Stopwatch.Frequency),
            Durations.Round((assigned.LastAt - started) / (double)Stopwatch.Frequency),
            await CountRequestsAsync(home) - before);
        await end.CancelAsync();
        await listening.WaitAsync(TimeSpan.FromSeconds(5)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return figures;
    }

    private static async Task<int> CountRequestsAsync(AzureStory home) =>
        (await Azurite.RequestsAsync(home.Connection)).Count + (await Azurite.RequestsAsync(home.HubConnection)).Count;

    private static object Inquiry(int number) => new
    {
        platformInquiryId = $"INQ-{number}",
        buyer = new
        {
            name = "Anna Brandt",
            company = $"Buyer {number} GmbH",
            email = $"anna@buyer{number}.example",
            countryISO2 = "DE",
        },
        products = new[] { new { sku = "RF-BV50", name = "Ball valve DN50", qty = 400, unit = "pcs" } },
        message = "Please quote 400 ball valves.",
        language = "de",
    };

    private sealed class Assigned
    {
        private int _count;

        public int Count => Volatile.Read(ref _count);

        public long FirstAt { get; private set; }

        public long LastAt { get; private set; }

        public void Add()
        {
            LastAt = Stopwatch.GetTimestamp();
            if (Interlocked.Increment(ref _count) == 1)
            {
                FirstAt = LastAt;
            }
        }
    }
}

/// <summary>Figures of one run; times from the first request, in seconds where they do not say otherwise.</summary>
/// <param name="StorageRequests">What the hub and the app asked of the storage until then.</param>
internal sealed record HubFigures(
    int Partitions,
    int Concurrent,
    double PollingSeconds,
    bool Sessions,
    Percentiles AcceptedMs,
    double LastAccepted,
    double FirstAssigned,
    double LastAssigned,
    int StorageRequests);
