using Workflows.Benchmarks;
using Workflows.Benchmarks.Azure;
using Workflows.Benchmarks.Engines;
using Workflows.Benchmarks.Floods;
using Workflows.Benchmarks.Webhooks;

// Each benchmark prints one JSON line on stdout; what it is doing goes to stderr.
var benchmarks = new Dictionary<string, Func<Arguments, Task<object?>>>
{
    ["engine"] = async arguments => await EngineBenchmark.RunAsync(arguments),
    ["history"] = async arguments => await HistoryBenchmark.RunAsync(arguments),
    ["fanout"] = async arguments => await FanOutBenchmark.RunAsync(arguments),
    ["parked"] = async arguments => await ParkedBenchmark.RunAsync(arguments),
    ["azure"] = async arguments => await HubBenchmark.RunAsync(arguments),
    ["webhook"] = async arguments => await WebhookBenchmark.RunAsync(arguments),
    ["unfinished-posts"] = async arguments => await UnfinishedPostsBenchmark.RunAsync(arguments),
    ["idle-connections"] = async arguments => await IdleConnectionsBenchmark.RunAsync(arguments),
    ["webhook-flood"] = async arguments => await WebhookFloodBenchmark.RunAsync(arguments),
    ["parked-child"] = async arguments => await ParkedChild.RunAsync(arguments),
    ["recovery"] = async arguments => await RecoveryBenchmark.RunAsync(arguments),
    ["recovery-victim"] = async arguments => await RecoveryBenchmark.LiveAsync(arguments),
    ["recovery-heir"] = async arguments => await RecoveryBenchmark.RecoverAsync(arguments),
};

if (args.Length == 0 || !benchmarks.TryGetValue(args[0], out var benchmark))
{
    await Console.Error.WriteLineAsync(
        """
        engine   --lifecycles N --concurrency 64 --db FILE [--closed]
                 lifecycles per second at full durability
        history  --events N --db FILE
                 time per activity as the history grows, and replay
        parked   --count N --db FILE
                 a million timers a month away, 10,000 due at once
        fanout   --width N --db FILE
                 one orchestration, N parallel activities
        recovery --count N --db FILE
                 kill -9 with N open instances, time to serving
        webhook  --requests N --clients 64 --db FILE
                 signed inquiries to a serve process: time of the 202
        unfinished-posts --posts 1500 --kilobytes 750 --addresses 1 --db FILE
                 webhooks whose body never ends: memory of the server, and what others wait meanwhile
        idle-connections --connections 10000 --addresses 1 --db FILE
                 connections that ask nothing: who else gets in
        webhook-flood --kind copies|new|unauthentic --clients 128 --seconds 10 --db FILE
                 one source floods: what another source waits for its 202
        azure    --requests N --clients 16 --partitions 4 --concurrent 20 --polling 10 [--sessions]
                 signed inquiries to the Azure home on Durable's own host
        Without --db a temporary file is used and removed.
        """);
    return 2;
}

try
{
    if (await benchmark(new Arguments(args[1..])) is { } figures)
    {
        Console.WriteLine(Json.Line(figures));
    }

    return 0;
}
catch (ArgumentException wrong)
{
    await Console.Error.WriteLineAsync(wrong.Message);
    return 2;
}
