using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Workflows.Benchmarks.Lifecycles;
using Workflows.Engine;
using Workflows.Platform;

namespace Workflows.Benchmarks.Engines;

/// <summary>The engine as the product runs it: its defaults, warnings on stderr.</summary>
internal static class BenchmarkEngine
{
    public static DurableCatalog Catalog() => new DurableCatalog()
        .AddOrchestration<BenchmarkLifecycle>()
        .AddActivity<BenchmarkStep>()
        .AddOrchestration<LongHistory>()
        .AddOrchestration<FanOut>()
        .AddOrchestration<Parked>();

    public static async Task<DurableEngine> StartAsync(string path, TimeProvider? clock = null)
    {
        var logging = LoggerFactory.Create(builder => builder
            .AddSimpleConsole()
            .SetMinimumLevel(LogLevel.Warning)
            .Services.Configure<Microsoft.Extensions.Logging.Console.ConsoleLoggerOptions>(
                options => options.LogToStandardErrorThreshold = LogLevel.Trace));
        var options = new EngineOptions { DatabasePath = path, TimeProvider = clock ?? TimeProvider.System };
        var engine = new DurableEngine(options, Catalog(), new ServiceCollection().BuildServiceProvider(), logging);
        await engine.StartAsync();
        return engine;
    }
}
